import { meetingNote } from '@paperboard/shared/notes'
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { listed } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { readItem, writeItem } from '../../live/storage.ts'
import { tickIn } from '../../live/ticking.ts'
import { view } from '../../live/views.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Notice, SkeletonText } from '../../ui/states.tsx'
import { paperOf, useEnded, useFloor } from '../floor/floor.ts'
import { Nothing, Panel } from '../floor/Panel.tsx'
import { useWhyNotWrite } from './mayWrite.ts'
import type NoteDeskOf from './NoteDesk.tsx'
import { NoteReader } from './NoteReader.tsx'
import styles from './Notes.module.css'
import { useOffers } from './offers.ts'
import { noteText } from './views.ts'
import { useWriters } from './writers.ts'

type DeskProps = Parameters<typeof NoteDeskOf>[0]

const NoEditor = () => <Notice tone="warn">The editor could not be loaded. It needs a connection the first time; then it works without one.</Notice>
const NoteDesk = lazy((): Promise<{ default: ComponentType<DeskProps> }> => import('./NoteDesk.tsx').catch(() => ({ default: NoEditor })))

const ways = [
  { value: 'write', label: 'Write' },
  { value: 'both', label: 'Both' },
  { value: 'read', label: 'Read' },
] as const
type Way = (typeof ways)[number]['value']
const wayKey = 'paperboard:notes'
const usualWay = (): Way => ways.find(({ value }) => value === readItem(wayKey))?.value ?? 'write'

/**
 * The note on the paper that is shown, and the one of the meeting. Whoever writes stays in theirs until they leave it,
 * wherever the meeting goes. Once it has ended notes are read first, and at the closing only read.
 */
export function Notes() {
  const { room, item } = useFloor()
  const ended = useEnded()
  const isOver = ended && item === 'closing'
  const paper = paperOf(item)
  const [ofMeeting, setOfMeeting] = useState(false)
  const [writing, setWriting] = useState<string | null>(null)
  const here = paper === null || ofMeeting ? meetingNote : paper
  const note = writing ?? here
  const [usual, setUsual] = useState(usualWay)
  const [afterwards, setAfterwards] = useState<Way | null>(null)
  const denied = useWhyNotWrite(note)
  const isEmpty = useView(room, noteText(here), text => text.trim() === '')
  const choose = (to: Way) => {
    if (ended) return setAfterwards(to)
    setUsual(to)
    writeItem(wayKey, to)
  }
  if (isOver && isEmpty && writing === null) return null
  const mayWrite = denied === null && (!isOver || writing !== null)
  // Who writes when it ends is not interrupted.
  const way = !mayWrite ? 'read' : !ended ? usual : (afterwards ?? (writing === null ? 'read' : usual))
  return (
    <Panel
      title={isOver ? 'Notes on the meeting' : 'Notes'}
      actions={
        <>
          {denied === null && !isOver && <Segmented label="Write or read" options={ways} value={way} onChange={choose} />}
          {/* At the end, so that it does not move while one presses it. */}
          {paper !== null && (
            <Segmented
              label="Which note"
              options={[
                { value: 'paper', label: 'This paper' },
                { value: 'meeting', label: 'Meeting' },
              ]}
              value={ofMeeting ? 'meeting' : 'paper'}
              onChange={to => setOfMeeting(to === 'meeting')}
            />
          )}
        </>
      }
    >
      {(note !== here || (isOver && writing !== null)) && <Behind note={note} />}
      <Note key={note} note={note} way={way} denied={isOver ? null : denied} ticks={mayWrite} onWriting={setWriting} />
    </Panel>
  )
}

/** The meeting has gone on while one writes. */
function Behind({ note }: { note: string }) {
  const { titleOf } = useFloor()
  const ended = useEnded()
  const leave = () => document.activeElement instanceof HTMLElement && document.activeElement.blur()
  return (
    <Notice
      action={
        // The focus stays in the text until this is pressed.
        <Button size="small" onPointerDown={event => event.preventDefault()} onClick={leave}>
          Go along
        </Button>
      }
    >
      {ended ? 'The meeting has ended.' : 'The meeting went on.'} You still write on:{' '}
      <MathText>{note === meetingNote ? 'the meeting' : titleOf(note)}</MathText>
    </Notice>
  )
}

/** Another document of the room is another editor. */
const documentNow = view([], doc => doc.guid)

interface NoteProps {
  note: string
  way: Way
  denied: string | null
  /** Whether boxes can be ticked. */
  ticks: boolean
  /** Told which note has the focus, null for none. */
  onWriting: (note: string | null) => void
}

function Note({ note, way, denied, ticks, onWriting }: NoteProps) {
  const { room, nameOf, titleOf } = useFloor()
  const guid = useView(room, documentNow)
  const offers = useOffers()
  const writers = useWriters(room, note)
  const of = note === meetingNote ? 'the meeting' : titleOf(note)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to what its parts tell of the focus.
    <div
      className={styles.note}
      onFocus={({ target }) => target.isContentEditable && onWriting(note)}
      // Of another window nobody writes; whoever comes back finds their note.
      onBlur={() => document.hasFocus() && onWriting(null)}
    >
      {denied !== null && <Nothing>{denied}</Nothing>}
      <div className={way === 'both' ? styles.both : undefined}>
        <div className={styles.sides}>
          {way !== 'read' && (
            <Suspense fallback={<SkeletonText lines={4} label="Loading the editor" />}>
              <NoteDesk
                key={guid}
                room={room}
                note={note}
                label={`Notes on ${of}`}
                empty="What is said here, written by all: in Markdown, with $mathematics$, @ for members and [[ for papers."
                offers={offers}
                nameOf={nameOf}
              />
            </Suspense>
          )}
          {way !== 'write' && (
            <div className={styles.read}>
              <Read note={note} mayTick={ticks} />
            </div>
          )}
        </div>
      </div>
      {writers.length > 0 && (
        <p className={styles.writers}>
          {listed(writers.map(nameOf))} {writers.length === 1 ? 'writes' : 'write'} here now.
        </p>
      )}
    </div>
  )
}

/** A note as it is read. Whoever only writes has no need of it, and it is made anew with each key of anybody. */
function Read({ note, mayTick }: { note: string; mayTick: boolean }) {
  const { room, group } = useFloor()
  const text = useView(room, noteText(note))
  if (text.trim() === '') return <Nothing>Nothing is written yet.</Nothing>
  const onTick = mayTick ? (box: Parameters<typeof tickIn>[2]) => tickIn(room, note, box) : null
  return <NoteReader text={text} members={group.members.map(({ name }) => name)} onTick={onTick} />
}
