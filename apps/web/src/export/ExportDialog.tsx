import { type ExportFormat, type ExportOf, exportFormats } from '@paperboard/shared/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../api.ts'
import { readItem, writeItem } from '../live/storage.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { CopyIcon, DownloadIcon } from '../ui/icons.tsx'
import { SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import styles from './ExportDialog.module.css'
import { fetchExport, formatNames, saveFile } from './exporting.ts'

/** Who exports once exports again in the same format. */
const lastKey = 'paperboard:export-format'
/** Letters of the file that are shown. */
const shown = 6_000

/** Copies papers or saves them as a file, in one of the formats. `what` names them: "this board", "12 papers". */
export default function ExportDialog({ group, papers, what, onClose }: { group: string; papers: ExportOf; what: string; onClose: () => void }) {
  const [format, setFormat] = useState<ExportFormat>(() => exportFormats.find(known => known === readItem(lastKey)) ?? 'bibtex')
  const {
    data: file,
    error,
    isFetching,
  } = useQuery({
    queryKey: ['export', group, format, papers],
    queryFn: () => fetchExport(group, format, papers),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })
  const copy = async (text: string) => {
    if (!(await copyText(text))) return toast('The browser did not allow copying. Save the file instead.', { tone: 'warn' })
    toast(`${formatNames[format].name} copied`)
    onClose()
  }
  const choose = (next: ExportFormat) => {
    setFormat(next)
    writeItem(lastKey, next)
  }
  return (
    <Dialog
      title={`Export ${what}`}
      onClose={onClose}
      footer={
        <>
          <Button icon={DownloadIcon} denied={file === undefined ? 'The file is not there yet.' : null} onClick={() => file && saveFile(file)}>
            Save the file
          </Button>
          <Button
            variant="primary"
            icon={CopyIcon}
            denied={file === undefined ? 'The text is not there yet.' : null}
            onClick={() => file && void copy(file.text)}
          >
            Copy
          </Button>
        </>
      }
    >
      <fieldset className={styles.formats}>
        <legend className="visually-hidden">Format</legend>
        {exportFormats.map(each => (
          <label key={each} className={styles.format}>
            <input type="radio" name="format" value={each} checked={each === format} onChange={() => choose(each)} />
            <span className={styles.name}>{formatNames[each].name}</span>
            <span className={styles.about}>{formatNames[each].about}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.preview} aria-live="polite" aria-busy={isFetching}>
        {file !== undefined ? (
          <textarea
            readOnly
            aria-label="What is copied"
            rows={12}
            spellCheck={false}
            value={file.text === '' ? 'No papers.' : file.text.length > shown ? `${file.text.slice(0, shown)}\n…` : file.text}
          />
        ) : error !== null ? (
          <p role="alert">{sentenceOf(error)}</p>
        ) : (
          <SkeletonText lines={6} label="Writing the papers" />
        )}
      </div>
    </Dialog>
  )
}
