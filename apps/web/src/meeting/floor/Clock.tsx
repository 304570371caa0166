import { type Clock as ClockRecord, clockOf, leftAt, type MeetingItem, setBox, spentAt } from '@paperboard/shared/meetingFloor'
import { useEffect, useState } from 'react'
import { serverNow } from '../../live/clock.ts'
import { useView } from '../../live/hooks.ts'
import { view, viewBy } from '../../live/views.ts'
import { Button } from '../../ui/Button.tsx'
import { moreTime, toggleClock } from './acts.ts'
import styles from './Clock.module.css'
import { useEnded, useFacilitates, useFloor } from './floor.ts'

const clocks = viewBy((item: MeetingItem) => view(['clock'], doc => clockOf(doc, item)))
const minute = 60_000
/** Minutes that an item may be bounded to; none for no bound. */
const boxes = [0, 3, 5, 10, 15, 20, 30, 45, 60, 90]

/** What a clock shows: ms left, negative once it is over; or ms spent, where nothing bounds it. */
const shownAt = (clock: ClockRecord, now: number) => leftAt(clock, now) ?? spentAt(clock, now)

/** The clock of the item that is shown, and the server's time: told anew just when what the clock shows changes, so that all screens change at once. */
export const useItemClock = (): { clock: ClockRecord | null; now: number } => {
  const { room, item } = useFloor()
  const clock = useView(room, clocks(item))
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const at = serverNow()
      setNow(at)
      if (clock === null || clock.since === null) return
      const shown = shownAt(clock, at)
      const counts = leftAt(clock, at) === null || shown < 0 ? 1000 - (Math.abs(shown) % 1000) : (shown % 1000) + 1
      timer = setTimeout(tick, counts)
    }
    tick()
    return () => clearTimeout(timer)
  }, [clock])
  return { clock, now }
}

/** "4:05"; what is over is told by its sign and its words. */
const told = (ms: number) => {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How long the item that is shown has still, or has taken; who facilitates lets it run, stand, or last longer. */
export function Clock({ large = false }: { large?: boolean }) {
  const floor = useFloor()
  const { item, at } = floor
  const { clock, now } = useItemClock()
  const mine = useFacilitates()
  const facilitates = mine && !large && item === at
  if (clock === null && !facilitates) return null
  return (
    <div className={styles.clock} data-large={large || undefined}>
      {clock !== null && <Time clock={clock} now={now} />}
      {facilitates && (
        <span className={styles.tools}>
          <Button size="small" onClick={() => toggleClock(floor)}>
            {clock === null || clock.since === null ? 'Start the clock' : 'Pause'}
          </Button>
          <Button size="small" onClick={() => moreTime(floor, 5)}>
            5 minutes more
          </Button>
          <Box clock={clock} />
        </span>
      )}
    </div>
  )
}

/** The bound of the item, to be set anew. */
function Box({ clock }: { clock: ClockRecord | null }) {
  const { room, item } = useFloor()
  const minutes = Math.round((clock?.box ?? 0) / minute)
  return (
    <select className={styles.box} aria-label="Time for this item" value={minutes} onChange={event => setBox(room.doc, item, Number(event.target.value))}>
      {[...new Set([...boxes, minutes])]
        .sort((a, b) => a - b)
        .map(each => (
          <option key={each} value={each}>
            {each === 0 ? 'No limit' : `${each} min`}
          </option>
        ))}
    </select>
  )
}

/** The end comes gently: it is told a minute before, and when it has come nothing stops by itself. */
export function Time({ clock, now }: { clock: ClockRecord; now: number }) {
  const ended = useEnded()
  const left = ended ? null : leftAt(clock, now)
  const stage = left === null ? 'open' : left < 0 ? 'over' : left <= minute ? 'soon' : 'open'
  const words = ended ? 'were spent' : left === null ? 'so far' : left >= 0 ? 'left' : 'over'
  return (
    <div className={styles.time} data-stage={stage}>
      <p role="timer">
        <span className={styles.digits}>{told(left ?? spentAt(clock, now))}</span> {words}
        {clock.since === null && !ended && ', paused'}
      </p>
      <p className={styles.end} role="status">
        {stage === 'soon' ? 'Less than a minute left.' : stage === 'over' ? 'The time is up: finish your thought.' : ''}
      </p>
    </div>
  )
}
