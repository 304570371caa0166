import { limits } from '@paperboard/shared/limits'
import { useEffect, useRef, useState } from 'react'
import { toast } from '../ui/toast.ts'
import styles from './DropTarget.module.css'

const busyElsewhere = (target: EventTarget | null) =>
  document.querySelector('dialog[open]') !== null || (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select')))

/** The text of a dropped file, or null with a word about why not. */
export const textOfFile = async (file: File): Promise<string | null> => {
  if (file.size > limits.pasteBytes) {
    toast(`${file.name} is too large: at most ${limits.pasteBytes / 1024 / 1024} MB of text`, { tone: 'warn' })
    return null
  }
  const text = await file.text()
  if (!text.includes('\0')) return text
  toast(`${file.name} is not a text file`, { tone: 'warn' })
  return null
}

/** Takes text that is pasted anywhere on the page, and text files dropped on it, as papers to add. */
export function DropTarget({ onText }: { onText: (text: string) => void }) {
  const [over, setOver] = useState(false)
  const latest = useRef(onText)
  latest.current = onText
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (busyElsewhere(event.target) || text.trim() === '') return
      event.preventDefault()
      latest.current(text)
    }
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true && document.querySelector('dialog[open]') === null
    const onDragOver = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const onDrop = async (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      const text = file === undefined ? null : await textOfFile(file)
      if (text !== null) latest.current(text)
    }
    document.addEventListener('paste', onPaste)
    document.addEventListener('dragover', onDragOver)
    document.addEventListener('dragleave', onDragLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('dragover', onDragOver)
      document.removeEventListener('dragleave', onDragLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className={styles.over} aria-hidden="true">
      <p>Drop the file to see its papers</p>
    </div>
  )
}
