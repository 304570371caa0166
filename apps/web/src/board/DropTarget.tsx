import { limits } from '@paperboard/shared/limits'
import { useEffect, useRef, useState } from 'react'
import { toast } from '../ui/toast.ts'
import styles from './DropTarget.module.css'

const busyElsewhere = (target: EventTarget | null) =>
  document.querySelector('dialog[open]') !== null || (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select')))

/** The files that can be sent together; of the others a word is said. */
export const filesToSend = (files: readonly File[]): File[] => {
  const kept = files.slice(0, limits.files)
  if (kept.length < files.length) toast(`${files.length - kept.length} files are left out: ${limits.files} can be read at a time`, { tone: 'warn' })
  if (kept.reduce((bytes, file) => bytes + file.size, 0) <= limits.fileBytes) return kept
  toast(`These files are too large: at most ${limits.fileBytes / 1024 / 1024} MB can be read at a time`, { tone: 'warn' })
  return []
}

/** Takes text that is pasted anywhere on the page, and files dropped on it, as papers to add. */
export function DropTarget(props: { onText: (text: string) => void; onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (busyElsewhere(event.target) || text.trim() === '') return
      event.preventDefault()
      latest.current.onText(text)
    }
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true && document.querySelector('dialog[open]') === null
    const onDragOver = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const onDrop = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(false)
      const files = filesToSend([...(event.dataTransfer?.files ?? [])])
      if (files.length > 0) latest.current.onFiles(files)
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
      <p>Drop files to see their papers</p>
    </div>
  )
}
