import { addDays, Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { useEffect, useId, useRef, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Notice } from '../ui/states.tsx'
import { ByHand } from './ByHand.tsx'
import { useBoard } from './board.ts'
import { dayNear } from './dates.ts'
import styles from './ImportDialog.module.css'
import { ImportPreviewList } from './ImportPreviewList.tsx'
import { type Mend, papersInWords, type Shown, sourceOf, type Typed } from './importing.ts'
import { useAdding, useLeftOut, usePreview, useTyped } from './importSteps.ts'
import type { ImportStart } from './nav.ts'
import { PastePapers } from './PastePapers.tsx'
import type { Progress } from './upload.ts'

const tabs = [
  { value: 'paste', label: 'Paste' },
  { value: 'hand', label: 'By hand' },
  { value: 'sample', label: 'Sample' },
] as const

/** Adds papers in two steps: what there is to read, then what was understood of it and where it goes. */
export default function ImportDialog({ start, onClose }: { start: ImportStart; onClose: () => void }) {
  const [tab, setTab] = useState(start.tab)
  const [typed, setTyped] = useTyped()
  const [files, setFiles] = useState<readonly File[]>(start.files ?? [])
  const [mend, setMend] = useState<Mend>({})
  const { shown, day, error, asking, preview, setDay, again, back } = usePreview()
  const { left, leave, forget } = useLeftOut()
  const adding = useAdding(() => {
    change(tab === 'hand' ? { title: '', authors: '', url: '', abstract: '' } : { text: '' })
    setFiles([])
    onClose()
  })
  const form = useId()
  const element = useRef<HTMLFormElement>(null)

  const change = (more: Partial<Typed>) => {
    setTyped(more)
    setMend({})
  }
  const send = (more: Partial<Typed> = {}, given = files) => {
    const read = sourceOf(tab, { ...typed, ...more }, given)
    setMend('mend' in read ? read.mend : {})
    if ('mend' in read) return
    forget()
    preview(read.source)
  }
  /** A text that came whole is looked at without a further press. */
  const read = (text: string) => {
    change({ text })
    send({ text })
  }
  /** Files are looked at at once, too. */
  const take = (given: readonly File[]) => {
    const more = given.length > files.length
    setFiles(given)
    setMend({})
    if (more) send({}, given)
  }
  const first = useRef(() => (start.text !== undefined ? read(start.text) : (start.tab === 'sample' || start.files !== undefined) && send()))
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('textarea, input[type=text]')?.focus()
    first.current()
  }, [])
  const failed = adding.error ?? error
  return (
    <Dialog
      title="Add papers"
      size="large"
      onClose={onClose}
      unsaved={shown !== null || files.length > 0 || Object.values(typed).some(text => text !== '')}
      footer={
        shown === null ? (
          <>
            <Button key="cancel" variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button key="preview" variant="primary" type="submit" form={form} busy={asking}>
              Preview
            </Button>
          </>
        ) : (
          <>
            <Button
              key="back"
              variant="quiet"
              onClick={() => {
                adding.reset()
                back()
              }}
            >
              Back
            </Button>
            <AddButton shown={shown} day={day} left={left} asking={asking} busy={adding.isPending} onAdd={() => adding.mutate({ shown, left })} />
          </>
        )
      }
    >
      <div className={styles.form}>
        {failed !== null && (
          <div role="alert">
            <Notice
              tone="danger"
              action={
                adding.error === null &&
                shown !== null && (
                  <Button size="small" onClick={again}>
                    Try again
                  </Button>
                )
              }
            >
              {sentenceOf(failed)} What you entered is kept.
            </Notice>
          </div>
        )}
        {shown === null ? (
          <form
            ref={element}
            id={form}
            noValidate
            className={styles.form}
            onSubmit={event => {
              event.preventDefault()
              if (!asking) send()
            }}
          >
            <Segmented
              label="From"
              options={tabs}
              value={tab}
              onChange={next => {
                setTab(next)
                setMend({})
                back()
              }}
            />
            {tab === 'paste' && <PastePapers typed={typed} files={files} mend={mend} onText={text => change({ text })} onFiles={take} onWhole={read} />}
            {tab === 'hand' && <ByHand typed={typed} mend={mend} onType={change} />}
            {tab === 'sample' && <p className={styles.sample}>A day of papers to try the board with. They can be taken off again one by one.</p>}
          </form>
        ) : (
          <div className={styles.shown}>
            <BoardDay
              shown={shown}
              day={day}
              onDay={next => {
                adding.reset()
                setDay(next)
              }}
            />
            {adding.isPending && <Adding progress={adding.progress} />}
            <ImportPreviewList preview={shown.preview} left={left} onLeave={leave} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** How far a long import is. A short one is over before this can be read. */
function Adding({ progress }: { progress: Progress }) {
  return (
    <div className={styles.progress} role="status">
      <span>{progress === null ? 'Reading …' : `${progress.done.toLocaleString('en')} of ${progress.of.toLocaleString('en')} papers`}</span>
      <progress aria-label="Papers added" {...(progress === null ? {} : { value: progress.done, max: progress.of })} />
    </div>
  )
}

function BoardDay({ shown, day, onDay }: { shown: Shown; day: string; onDay: (day: string) => void }) {
  const { group } = useBoard()
  const named = shown.preview.day
  return (
    <div className={styles.day}>
      <TextField
        label="Board"
        type="date"
        required
        min={limits.firstBoardDay}
        max={addDays(group.today, limits.boardDaysAhead)}
        value={day}
        hint={named?.yearGuessed ? 'The page names no year: please check' : undefined}
        onChange={event => onDay(event.target.value)}
      />
    </div>
  )
}

interface AddButtonProps {
  shown: Shown
  day: string
  left: ReadonlySet<number>
  asking: boolean
  busy: boolean
  onAdd: () => void
}

function AddButton({ shown, day, left, asking, busy, onAdd }: AddButtonProps) {
  const { group } = useBoard()
  const possible = shown.preview.items.filter(({ status }) => status === 'new' || status === 'known')
  const count = possible.filter(({ number }) => !left.has(number)).length
  const denied = () => {
    if (day !== shown.day) return 'Please choose the day of a board that can take papers.'
    if (shown.preview.items.length === 0) return 'No papers were found.'
    if (possible.length === 0) return 'All of these papers are on the board already.'
    return count === 0 ? 'All of these papers are left out.' : null
  }
  return (
    <Button key="add" variant="primary" busy={asking || busy} denied={asking ? null : denied()} onClick={onAdd}>
      {count === 0 ? 'Add papers' : `Add ${papersInWords(count)}`} to {dayNear(Day.safeParse(day).success ? day : shown.day, group.today)}
    </Button>
  )
}
