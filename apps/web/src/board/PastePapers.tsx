import { type DragEvent, useState } from 'react'
import { TextArea } from '../ui/Field.tsx'
import { textOfFile } from './DropTarget.tsx'
import styles from './ImportDialog.module.css'
import type { Mend, Typed } from './importing.ts'

/** Takes any text. `onWhole` is told of one that came at once: pasted into the empty box, or dropped as a file below what is there. */
export function PastePapers({ typed, mend, onText, onWhole }: { typed: Typed; mend: Mend; onText: (text: string) => void; onWhole: (text: string) => void }) {
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
    const text = [typed.text.trimEnd(), ...read].filter(part => part !== '').join('\n')
    if (read.length > 0) onWhole(text)
  }
  return (
    <TextArea
      label="Paste a Daily Papers page, arXiv ids or links"
      hint="Or drop a text file here. Nothing is added before you have seen what was understood."
      rows={10}
      placeholder={'2206.03382\nhttps://arxiv.org/abs/2308.12066\nhttps://doi.org/10.1145/3292500.3330919'}
      spellCheck={false}
      className={`${styles.paste} ${over ? styles.over : ''}`}
      value={typed.text}
      error={mend.text}
      onChange={event => onText(event.target.value)}
      onPaste={event => {
        const pasted = event.clipboardData.getData('text/plain')
        if (typed.text.trim() !== '' || pasted.trim() === '') return
        // Into an empty box, a paste is the whole of it.
        event.preventDefault()
        onWhole(pasted)
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
