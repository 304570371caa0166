import { Connection } from '../../board/Connection.tsx'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { PageIcon } from '../../ui/icons.tsx'
import { MinutesWait } from '../minutes/MinutesWait.tsx'
import { bringTo, endWord, giveWordTo, moreTime, toggleClock } from './acts.ts'
import { Time, useItemClock } from './Clock.tsx'
import { CutOff } from './CutOff.tsx'
import { Ending } from './Ending.tsx'
import { useFacilitates, useFloor } from './floor.ts'
import { nameOfItem } from './items.ts'
import { LeadLost } from './LeadLost.tsx'
import { useMeetingAct } from './meetings.ts'
import styles from './Remote.module.css'
import { floorNow, hands, stateNow, word } from './views.ts'

/** The phone of who leads as a remote: where the meeting is, how long still, who speaks, under buttons that a thumb finds without looking. */
export function Remote() {
  const { title, group, meeting, room, at, papers } = useFloor()
  const { state } = useView(room, stateNow)
  const facilitates = useFacilitates()
  return (
    <main className={styles.remote}>
      <header className={styles.top}>
        <p className={styles.meeting}>{title}</p>
        <Connection rooms={[room]} />
        <ButtonLink href={paths.meeting(group.id, meeting)} size="small" variant="quiet">
          Whole page
        </ButtonLink>
      </header>
      <CutOff />
      <LeadLost />
      <h1 className={styles.title}>{state === 'ended' ? 'The meeting has ended' : <MathText>{nameOfItem(at, papers)}</MathText>}</h1>
      {state === 'ended' ? <Over /> : facilitates ? <Controls /> : <NotMine />}
    </main>
  )
}

/** Nothing is left to be led: where all is that is left of it. */
function Over() {
  const { group, meeting } = useFloor()
  return (
    <>
      <MinutesWait meeting={meeting} />
      <ButtonLink href={paths.minutes(group.id, meeting)} variant="primary" icon={PageIcon}>
        Minutes
      </ButtonLink>
      <ButtonLink href={paths.meeting(group.id, meeting)}>What was decided, and what comes next</ButtonLink>
    </>
  )
}

function NotMine() {
  const { room, me, group, meeting, nameOf } = useFloor()
  const facilitator = useView(room, floorNow)?.facilitator ?? null
  const act = useMeetingAct(group.id, meeting)
  const organizes = me.role === 'owner' || me.role === 'organizer'
  return (
    <>
      <p>{facilitator === null ? 'Nobody leads yet.' : `${nameOf(facilitator)} leads.`} The buttons are there for who does.</p>
      {(organizes || facilitator === null) && (
        <Button wide className={styles.big} busy={act.isPending} onClick={() => act.mutate({ lead: me.id, instead: facilitator })}>
          Lead it
        </Button>
      )}
    </>
  )
}

function Controls() {
  const floor = useFloor()
  const { room, items, at, look, group, meeting, papers } = floor
  const { state } = useView(room, stateNow)
  const act = useMeetingAct(group.id, meeting)
  const place = items.indexOf(at)
  const [before, next] = [items[place - 1], items[place + 1]]
  const bring = (item: typeof next) => item !== undefined && bringTo(floor, item) && look(item)
  if (state === 'planned')
    return (
      <Button wide variant="primary" className={styles.big} busy={act.isPending} onClick={() => act.mutate('start')}>
        Start the meeting
      </Button>
    )
  return (
    <>
      <Pace />
      <Speaking />
      <nav className={styles.move} aria-label="Move everyone">
        <Button className={styles.big} denied={before === undefined ? 'This is the first item.' : null} onClick={() => bring(before)}>
          Back
        </Button>
        {next === undefined ? (
          <Ending className={styles.big} variant="primary">
            End the meeting…
          </Ending>
        ) : (
          <Button className={styles.big} variant="primary" onClick={() => bring(next)}>
            Next
          </Button>
        )}
        {next !== undefined && (
          <p className={styles.then}>
            Next: <MathText>{nameOfItem(next, papers)}</MathText>
          </p>
        )}
      </nav>
    </>
  )
}

function Pace() {
  const floor = useFloor()
  const { clock, now } = useItemClock()
  if (floor.at === 'lobby') return null
  return (
    <section className={styles.pace} aria-label="Time">
      {clock !== null && <Time clock={clock} now={now} />}
      <div className={styles.row}>
        <Button className={styles.big} onClick={() => toggleClock(floor)}>
          {clock === null || clock.since === null ? 'Start' : 'Pause'}
        </Button>
        <Button className={styles.big} onClick={() => moreTime(floor, 1)}>
          +1 min
        </Button>
        <Button className={styles.big} onClick={() => moreTime(floor, 5)}>
          +5 min
        </Button>
      </div>
    </section>
  )
}

function Speaking() {
  const floor = useFloor()
  const { room, nameOf } = floor
  const speaking = useView(room, word)
  const queue = useView(room, hands)
  if (speaking === null && queue.length === 0) return <p className={styles.quiet}>Nobody wants to speak.</p>
  return (
    <section className={styles.pace} aria-label="Who speaks">
      {speaking !== null && (
        <div className={styles.row}>
          <p className={styles.speaker}>{nameOf(speaking.member)} has the word</p>
          <Button onClick={() => endWord(floor)}>Done</Button>
        </div>
      )}
      {queue.length > 0 && (
        <Button wide className={styles.big} onClick={() => giveWordTo(floor)}>
          Give the word to {nameOf(queue[0]?.member ?? '')}
        </Button>
      )}
      {queue.length > 1 && (
        <p className={styles.quiet}>
          Then{' '}
          {queue
            .slice(1, 5)
            .map(({ member }) => nameOf(member))
            .join(', ')}
          {queue.length > 5 && ` and ${queue.length - 5} more`}
        </p>
      )}
    </section>
  )
}
