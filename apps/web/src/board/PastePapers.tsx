import { type DragEvent, useState } from 'react'
import { TextArea } from '../ui/Field.tsx'
import { textOfFile } from './DropTarget.tsx'
import styles from './ImportDialog.module.css'
import type { Mend, Typed } from './importing.ts'

/** Takes any text; a file dropped on it goes below what is there. */
export function PastePapers({ typed, mend, onText }: { typed: Typed; mend: Mend; onText: (change: (text: string) => string) => void }) {
  const [over, setOver] = useState(false)
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = async (event: DragEvent) => {
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length === 0) return
    event.preventDefault()
    const texts = await Promise.all(files.map(textOfFile))
    const read = texts.filter(text => text !== null)
    onText(text => [text.trimEnd(), ...read].filter(part => part !== '').join('\n'))
  }
  return (
    <TextArea
      label="Paste a Daily Papers page, arXiv ids or links"
      hint="Or drop a text file here. Nothing is added before you have seen what was understood."
      rows={10}
      spellCheck={false}
      className={`${styles.paste} ${over ? styles.over : ''}`}
      value={typed.text}
      error={mend.text}
      onChange={event => {
        const { value } = event.target
        onText(() => value)
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
      }}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={event => void onDrop(event)}
    />
  )
}
