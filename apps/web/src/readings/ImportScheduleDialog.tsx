import { type DragEvent, useId, useRef, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { count } from '../board/names.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Notice } from '../ui/states.tsx'
import styles from './ImportScheduleDialog.module.css'
import { type ShownSchedule, scheduleIn, useScheduleImport } from './importingSchedule.ts'
import { SchedulePreviewList } from './SchedulePreviewList.tsx'

const example = `date,paper,presenter,url
2027-01-14,Attention Is All You Need,Ada,https://arxiv.org/abs/1706.03762
2027-01-28,Boards and Votes,Ben & Chen,`

/** A schedule as text or file, what it would become, and one press that makes it so. */
export default function ImportScheduleDialog({ onClose }: { onClose: () => void }) {
  const { group } = useGroupView()
  const [text, setText] = useState('')
  const [mend, setMend] = useState<string | null>(null)
  const form = useId()
  const { shown, look, looking, take, taking, error, back, leave, choose } = useScheduleImport(group.id, onClose)
  const send = (whole: string) => {
    setText(whole)
    setMend(whole.trim() === '' ? 'Paste a schedule, or choose a file' : null)
    if (whole.trim() !== '' && !looking) look(whole)
  }
  const sessions = shown === null ? 0 : sessionsIn(shown)
  return (
    <Dialog
      title="Import a schedule"
      size="large"
      onClose={onClose}
      unsaved={text !== ''}
      footer={
        shown === null ? (
          <>
            <Button key="cancel" variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button key="preview" variant="primary" type="submit" form={form} busy={looking}>
              Preview
            </Button>
          </>
        ) : (
          <>
            <Button key="back" variant="quiet" onClick={back}>
              Back
            </Button>
            <Button key="take" variant="primary" busy={taking} denied={sessions === 0 ? 'There is nothing to plan in this.' : null} onClick={() => take(shown)}>
              Plan {count(sessions, 'session')}
            </Button>
          </>
        )
      }
    >
      <div className={styles.form}>
        {error !== null && (
          <div role="alert">
            <Notice tone="danger">{sentenceOf(error)} What you entered is kept.</Notice>
          </div>
        )}
        {shown === null ? (
          <form
            id={form}
            noValidate
            className={styles.form}
            onSubmit={event => {
              event.preventDefault()
              send(text)
            }}
          >
            <ScheduleText text={text} error={mend} onText={setText} onWhole={send} />
          </form>
        ) : (
          <SchedulePreviewList shown={shown} onLeave={leave} onChoose={choose} />
        )}
      </div>
    </Dialog>
  )
}

/** Days with a session that is taken. */
const sessionsIn = ({ preview, left }: ShownSchedule): number =>
  new Set(preview.items.filter(({ status, line }) => status !== 'out' && !left.has(line)).map(({ day }) => day)).size

interface ScheduleTextProps {
  text: string
  error: string | null
  onText: (text: string) => void
  /** A text that came at once, as a file. */
  onWhole: (text: string) => void
}

function ScheduleText({ text, error, onText, onWhole }: ScheduleTextProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const read = async (file: File | undefined) => {
    const found = file === undefined ? null : await scheduleIn(file)
    if (found !== null) onWhole(found)
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    void read(event.dataTransfer.files[0])
  }
  return (
    <>
      <TextArea
        label="Paste a table from a spreadsheet, a Markdown table or list, or YAML"
        hint="Or drop a file here. Nothing is planned before you have seen what was understood."
        rows={10}
        placeholder={example}
        spellCheck={false}
        className={`${styles.text} ${over ? styles.over : ''}`}
        value={text}
        error={error}
        onChange={event => onText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
        }}
        onDragOver={event => {
          if (!event.dataTransfer.types.includes('Files')) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      />
      <div>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of a schedule"
          accept=".csv,.tsv,.txt,.md,.markdown,.yml,.yaml,text/*"
          onChange={event => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button size="small" onClick={() => input.current?.click()}>
          Choose a file…
        </Button>
      </div>
    </>
  )
}
