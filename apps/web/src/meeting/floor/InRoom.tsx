import type { MeetingItem } from '@paperboard/shared/meetingFloor'
import { type RefObject, useRef } from 'react'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Notice } from '../../ui/states.tsx'
import { Afterwards } from './Afterwards.tsx'
import { bringTo } from './acts.ts'
import { Closing } from './Closing.tsx'
import { CutOff } from './CutOff.tsx'
import { Discussion } from './Discussion.tsx'
import { Talk, Written } from './Floor.tsx'
import { FloorNews } from './FloorNews.tsx'
import { useEnded, useFacilitates, useFloor } from './floor.ts'
import styles from './InRoom.module.css'
import { nameOfItem } from './items.ts'
import { Lead } from './Lead.tsx'
import { LeadLost } from './LeadLost.tsx'
import { Lobby } from './Lobby.tsx'
import { Rail } from './Rail.tsx'
import { Ready } from './Ready.tsx'

/** A meeting as a member has it: who leads, its items, the one that is shown, and what is said and written down about that. */
export function InRoom() {
  const floor = useFloor()
  const { title, at, item, items } = floor
  const facilitates = useFacilitates()
  const isOver = useEnded() && item === 'closing'
  const shown = useRef<HTMLElement>(null)
  const next = items[items.indexOf(at) + 1]
  useKeys([
    {
      keys: 'n',
      does: 'Take everyone to the next item',
      under: 'In a meeting',
      when: () => facilitates,
      act: () => next !== undefined && bringTo(floor, next) && floor.look(next),
    },
  ])
  return (
    <div className={styles.page} data-over={isOver || undefined}>
      <header className={styles.top}>
        <p className={styles.meeting}>{title}</p>
        {!isOver && <Lead />}
      </header>
      <Rail />
      <section ref={shown} tabIndex={-1} className={styles.item} aria-label="What is shown">
        <CutOff />
        <LeadLost />
        {item !== at && <Elsewhere shown={shown} />}
        {item === 'lobby' ? <Lobby /> : isOver ? <Afterwards /> : item === 'closing' ? <Closing /> : <Discussion />}
        <Ready />
      </section>
      {!isOver && (
        <aside className={styles.talk} aria-label="Who speaks, questions and polls">
          <Talk />
        </aside>
      )}
      <section className={styles.written} aria-label={isOver ? 'What came of it' : 'What the group writes down'}>
        <Written />
      </section>
      <FloorNews />
    </div>
  )
}

/** One looks around, and comes back; the facilitator brings all along. */
function Elsewhere({ shown }: { shown: RefObject<HTMLElement | null> }) {
  const floor = useFloor()
  const { at, item, papers, look, writing } = floor
  const facilitates = useFacilitates()
  // What is pressed goes: the focus goes to what is shown then.
  const show = (to: MeetingItem) => {
    look(to)
    shown.current?.focus({ preventScroll: true })
  }
  if (useEnded()) return null
  return (
    <Notice
      action={
        <span className={styles.acts}>
          <Button size="small" onClick={() => show(at)}>
            Back to the meeting
          </Button>
          {facilitates && (
            <Button size="small" variant="primary" onClick={() => bringTo(floor, item) && show(item)}>
              Bring everyone here
            </Button>
          )}
        </span>
      }
    >
      {item === writing ? 'The meeting went on while you write here. It is at:' : 'You look around. The meeting is at:'}{' '}
      <MathText>{nameOfItem(at, papers)}</MathText>
    </Notice>
  )
}
