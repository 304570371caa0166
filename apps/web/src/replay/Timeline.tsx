import { useEffect, useMemo, useState } from 'react'
import { timeLong, timeOf } from '../board/dates.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { ChevronLeftIcon, ChevronRightIcon, PauseIcon, PlayIcon } from '../ui/icons.tsx'
import { useKeys } from '../ui/keys.ts'
import type { Step } from './steps.ts'
import styles from './Timeline.module.css'

/** How long (ms) a step stands while it plays. */
const pace = 900
/** Bars that show when much happened. */
const bars = 80

/** Goes through the steps by hand, by key, or by itself. */
export function Timeline({ steps, now, onGo }: { steps: readonly Step[]; now: number; onGo: (step: number) => void }) {
  const [plays, setPlays] = useState(false)
  const last = steps.length - 1
  useEffect(() => {
    if (!plays) return
    if (now >= last) return setPlays(false)
    const timer = setTimeout(() => onGo(now + 1), pace)
    return () => clearTimeout(timer)
  }, [plays, now, last, onGo])
  const play = () => {
    if (!plays && now >= last) onGo(0)
    setPlays(!plays)
  }
  const go = (to: number) => onGo(Math.max(0, Math.min(last, to)))
  useKeys([
    { keys: 'space', does: 'Play, or stop', under: 'Through what was', act: play },
    { keys: 'left', does: 'One step back', under: 'Through what was', act: () => go(now - 1) },
    { keys: 'right', does: 'One step on', under: 'Through what was', act: () => go(now + 1) },
  ])
  const at = steps[now]?.at ?? 0
  return (
    <div className={styles.timeline}>
      <Button size="small" variant="primary" icon={plays ? PauseIcon : PlayIcon} kbd="space" onClick={play}>
        {plays ? 'Stop' : 'Play'}
      </Button>
      <IconButton size="small" icon={ChevronLeftIcon} label="One step back" kbd="left" onClick={() => go(now - 1)} />
      <IconButton size="small" icon={ChevronRightIcon} label="One step on" kbd="right" onClick={() => go(now + 1)} />
      <div className={styles.track}>
        <Busy steps={steps} />
        <input
          type="range"
          className={styles.slider}
          aria-label="Moment"
          aria-valuetext={`${now + 1} of ${steps.length}, ${timeLong(at)}: ${steps[now]?.said[0] ?? ''}`}
          min={0}
          max={last}
          value={now}
          onChange={({ target }) => {
            setPlays(false)
            go(Number(target.value))
          }}
        />
      </div>
      <p className={styles.when}>
        <time title={timeLong(at)}>{timeOf(at)}</time>
        <span className={styles.of}>
          {now + 1} of {steps.length}
        </span>
      </p>
    </div>
  )
}

/** Where among the steps much happened. */
function Busy({ steps }: { steps: readonly Step[] }) {
  const heights = useMemo(() => {
    const sums = Array.from({ length: Math.min(bars, steps.length) }, () => 0)
    for (const [n, { said }] of steps.entries()) {
      const bar = Math.floor((n * sums.length) / steps.length)
      sums[bar] = (sums[bar] ?? 0) + said.length
    }
    const most = Math.max(1, ...sums)
    return sums.map(sum => sum / most)
  }, [steps])
  return (
    <svg className={styles.busy} viewBox={`0 0 ${Math.max(1, heights.length)} 1`} preserveAspectRatio="none" aria-hidden="true">
      {heights.map((height, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
        <rect key={n} x={n + 0.1} y={1 - Math.max(0.08, height)} width={0.8} height={Math.max(0.08, height)} />
      ))}
    </svg>
  )
}
