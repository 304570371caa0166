import type { ImportPreview } from '@paperboard/shared/api'
import { type DragEvent, useRef, useState } from 'react'
import { Button, IconButton } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import { CloseIcon } from '../ui/icons.tsx'
import { filesToSend } from './DropTarget.tsx'
import styles from './ImportDialog.module.css'
import { type Mend, papersInWords, type Typed } from './importing.ts'
import { kindInWords } from './importKinds.ts'
import { useRecognised } from './importSteps.ts'

interface PastePapersProps {
  typed: Typed
  files: readonly File[]
  mend: Mend
  onText: (text: string) => void
  onFiles: (files: readonly File[]) => void
  /** Told of a text that came at once, pasted into the empty box: it is looked at without a further press. */
  onWhole: (text: string) => void
}

/** One box that takes anything: text of any format, and files as they are. Below it stands what the text is taken for. */
export function PastePapers({ typed, files, mend, onText, onFiles, onWhole }: PastePapersProps) {
  const [over, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const add = (more: readonly File[]) => {
    const kept = filesToSend([...files, ...more])
    if (kept.length > 0) onFiles(kept)
  }
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    add([...event.dataTransfer.files])
  }
  return (
    <>
      <TextArea
        label="Paste anything that names papers"
        hint="A Daily Papers page, arXiv ids, DOIs, links, BibTeX, RIS, JSON, feeds, or a mix. Nothing is added before you have seen what was understood."
        rows={10}
        placeholder={'2206.03382\nhttps://doi.org/10.1145/3292500.3330919\n@article{…}'}
        spellCheck={false}
        className={`${styles.paste} ${over ? styles.over : ''}`}
        value={typed.text}
        error={mend.text}
        onChange={event => onText(event.target.value)}
        onPaste={event => {
          const pasted = event.clipboardData.getData('text/plain')
          if (event.clipboardData.files.length > 0 && pasted === '') {
            event.preventDefault()
            add([...event.clipboardData.files])
            return
          }
          if (typed.text.trim() !== '' || files.length > 0 || pasted.trim() === '') return
          // Into an empty box, a paste is the whole of it.
          event.preventDefault()
          onWhole(pasted)
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
        }}
        onDragOver={onDragOver}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      />
      <Recognised text={typed.text} />
      <div className={styles.files}>
        <input ref={chooser} type="file" multiple hidden onChange={event => add([...(event.target.files ?? [])])} aria-label="Files to read" />
        <Button size="small" onClick={() => chooser.current?.click()}>
          Choose files…
        </Button>
        <span className={styles.filesHint}>or drop them on the box: .bib, .ris, .json, .xml, .html, .csv, .txt in any encoding</span>
        {files.length > 0 && (
          <ul className={styles.fileList} aria-label="Files">
            {files.map((file, at) => (
              <li key={`${file.name} ${file.lastModified} ${file.size}`} className={styles.file}>
                <span className={styles.fileName}>{file.name}</span>
                <span className={styles.filesHint}>{sizeInWords(file.size)}</span>
                <IconButton label={`Leave out ${file.name}`} icon={CloseIcon} onClick={() => onFiles(files.filter((_, other) => other !== at))} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}

const sizeInWords = (bytes: number) =>
  bytes < 1_000 ? `${bytes} bytes` : bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** What the text is taken for, while it is being written. */
function Recognised({ text }: { text: string }) {
  const preview = useRecognised(text)
  return (
    <p className={styles.recognised} role="status">
      {preview === null ? '\u00a0' : inWords(preview)}
    </p>
  )
}

const inWords = ({ kind, parts, items, problems }: ImportPreview): string => {
  const formats = kind === 'mixed' ? parts.filter(({ papers }) => papers > 0).map(part => `${kindInWords[part.kind]} (${part.papers})`) : [kindInWords[kind]]
  const unread = problems.length === 0 ? '' : ` · ${problems.length === 1 ? '1 line cannot be read' : `${problems.length} lines cannot be read`}`
  return items.length === 0 ? `${kindInWords.nothing} yet${unread}` : `${formats.join(', ')}: ${papersInWords(items.length)}${unread}`
}
