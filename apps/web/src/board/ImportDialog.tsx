import type { ImportFrom } from '@paperboard/shared/api'
import { addDays, Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { sentenceOf } from '../api.ts'
import { paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Notice } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import { ByHand } from './ByHand.tsx'
import { useBoard } from './board.ts'
import { dayShort } from './dates.ts'
import styles from './ImportDialog.module.css'
import { ImportPreviewList } from './ImportPreviewList.tsx'
import { addPapers, type Mend, papersInWords, previewFor, type Shown, sourceOf, type Typed } from './importing.ts'
import type { ImportStart } from './nav.ts'
import { PastePapers } from './PastePapers.tsx'

const tabs = [
  { value: 'paste', label: 'Paste' },
  { value: 'hand', label: 'By hand' },
  { value: 'sample', label: 'Sample' },
] as const

const nothingTyped: Typed = { text: '', title: '', authors: '', url: '', abstract: '' }

/** Adds papers in two steps: what there is to read, then what was understood of it and where it goes. */
export default function ImportDialog({ start, onClose }: { start: ImportStart; onClose: () => void }) {
  const [tab, setTab] = useState(start.tab)
  const [typed, setTyped] = useState<Typed>({ ...nothingTyped, text: start.text ?? '' })
  const [mend, setMend] = useState<Mend>({})
  const { shown, day, error, asking, preview, setDay, again, back } = usePreview()
  const { left, leave, forget } = useLeftOut()
  const adding = useAdding(onClose)
  const form = useId()
  const element = useRef<HTMLFormElement>(null)

  const send = useCallback(() => {
    const read = sourceOf(tab, typed)
    setMend('mend' in read ? read.mend : {})
    if ('mend' in read) return
    forget()
    preview(read.source)
  }, [tab, typed, forget, preview])

  const first = useRef(send)
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('textarea, input[type=text]')?.focus()
    // What was brought along needs no further word.
    if (start.text !== undefined || start.tab === 'sample') first.current()
  }, [start])

  const change = (more: Partial<Typed>) => {
    setTyped(now => ({ ...now, ...more }))
    setMend({})
  }
  const failed = adding.error ?? error
  return (
    <Dialog
      title="Add papers"
      size="large"
      onClose={onClose}
      dismissable={shown === null && Object.values(typed).every(text => text === '')}
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
              {sentenceOf(failed)}
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
            <Segmented label="From" options={tabs} value={tab} onChange={setTab} />
            {tab === 'paste' && <PastePapers typed={typed} mend={mend} onText={next => setTyped(now => ({ ...now, text: next(now.text) }))} />}
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
            <ImportPreviewList preview={shown.preview} left={left} onLeave={leave} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** Asks what is understood, for the board of the page first, and for the day the text names where that is another. */
const usePreview = () => {
  const { group, day: here } = useBoard()
  const [shown, setShown] = useState<Shown | null>(null)
  const [day, setDraft] = useState<string>(here)
  const { mutate, reset, error, isPending } = useMutation({
    mutationFn: ({ source, day }: { source: ImportFrom; day: Day }) => previewFor(group.id, day, source),
  })
  // Handlers given to mutate() run for the latest question only: an answer that comes late shows nothing.
  const ask = useCallback((source: ImportFrom, day: Day) => mutate({ source, day }, { onSuccess: setShown }), [mutate])
  const preview = useCallback(
    (source: ImportFrom) =>
      mutate(
        { source, day: here },
        {
          onSuccess: answered => {
            const proposed = answered.preview.day?.day ?? here
            setShown(answered)
            setDraft(proposed)
            if (proposed !== here) ask(source, proposed)
          },
        },
      ),
    [mutate, ask, here],
  )
  const setDay = (next: string) => {
    setDraft(next)
    // A year being typed passes through 0002 and 0020.
    if (shown !== null && Day.safeParse(next).success && next >= limits.firstBoardDay) ask(shown.source, next)
  }
  const back = () => {
    reset()
    setShown(null)
  }
  return { shown, day, error, asking: isPending, preview, setDay, again: () => setDay(day), back }
}

/** The numbers of the items to leave out. */
const useLeftOut = () => {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const leave = useCallback((number: number, out: boolean) => {
    setLeft(now => {
      const next = new Set(now)
      if (out) next.add(number)
      else next.delete(number)
      return next
    })
  }, [])
  const forget = useCallback(() => setLeft(new Set()), [])
  return { left, leave, forget }
}

const useAdding = (onClose: () => void) => {
  const { group } = useBoard()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: ({ shown, left }: { shown: Shown; left: ReadonlySet<number> }) => addPapers(group.id, shown, left),
    onSuccess: ({ added, day }) => {
      toast(`${papersInWords(added.length)} added to ${dayShort(day)}`)
      onClose()
      navigate(paths.board(group.id, day))
    },
  })
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
      Add {papersInWords(count)} to {dayShort(Day.safeParse(day).success ? day : shown.day)}
    </Button>
  )
}
