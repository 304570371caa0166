import { addTime, type Clock as ClockRecord, clockOf, leftAt, type MeetingItem, pauseClock, spentAt, startClock } from '@paperboard/shared/meetingFloor'
import { useEffect, useState } from 'react'
import { serverNow } from '../../live/clock.ts'
import { useView } from '../../live/hooks.ts'
import { view, viewBy } from '../../live/views.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Clock.module.css'
import { useFacilitates, useFloor } from './floor.ts'

const clocks = viewBy((item: MeetingItem) => view(['clock'], doc => clockOf(doc, item)))
const minutes = 60_000

/** The server's time, told anew each second while a clock runs. */
const useSeconds = (runs: boolean) => {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    setNow(serverNow())
    if (!runs) return
    const timer = setInterval(() => setNow(serverNow()), 250)
    return () => clearInterval(timer)
  }, [runs])
  return now
}

/** "4:05"; what is over is told by its sign and its words. */
const told = (ms: number) => {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How long the item that is shown has still, or has taken; who facilitates lets it run, stand, or last longer. */
export function Clock({ large = false }: { large?: boolean }) {
  const { room, item, at } = useFloor()
  const mine = useFacilitates()
  const facilitates = mine && !large && item === at
  const clock = useView(room, clocks(item))
  const now = useSeconds(clock !== null && clock.since !== null)
  if (clock === null && !facilitates) return null
  return (
    <div className={styles.clock} data-large={large || undefined}>
      {clock !== null && <Time clock={clock} now={now} />}
      {facilitates && (
        <span className={styles.tools}>
          {clock === null || clock.since === null ? (
            <Button size="small" onClick={() => startClock(room.doc, item, { now: serverNow(), minutes: 15 })}>
              Start the clock
            </Button>
          ) : (
            <Button size="small" onClick={() => pauseClock(room.doc, item, serverNow())}>
              Pause
            </Button>
          )}
          <Button size="small" onClick={() => addTime(room.doc, item, { ms: 5 * minutes, now: serverNow() })}>
            5 minutes more
          </Button>
        </span>
      )}
    </div>
  )
}

function Time({ clock, now }: { clock: ClockRecord; now: number }) {
  const left = leftAt(clock, now)
  const words = left === null ? 'so far' : left >= 0 ? 'left' : 'over'
  return (
    <p className={styles.time} data-over={(left !== null && left < 0) || undefined} role="timer">
      <span className={styles.digits}>{told(left ?? spentAt(clock, now))}</span> {words}
      {clock.since === null && ', paused'}
    </p>
  )
}
