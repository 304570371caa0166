import { setTimeout as pause } from 'node:timers/promises'
import type { Writer } from './writer.ts'

/** Lets writers write in turns at a steady rate. Resolves with how many records were sent, and in how many seconds. */
export async function drive(
  writers: readonly Writer[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<{ sent: number; seconds: number }> {
  const total = Math.round(perSecond * seconds)
  const begun = performance.now()
  let sent = 0
  while (sent < total) {
    const now = performance.now()
    const due = Math.min(total, Math.floor(((now - begun) * perSecond) / 1_000) + 1)
    give(writers, sent, due, now)
    sent = due
    if (sent < total) await pause(1)
  }
  return { sent, seconds: (performance.now() - begun) / 1_000 }
}

/** Sends the records from number `from` up to `to`, each writer its share in one write. */
function give(writers: readonly Writer[], from: number, to: number, now: number) {
  const { length } = writers
  for (let turn = 0; turn < Math.min(length, to - from); turn++) {
    const share = Math.ceil((to - from - turn) / length)
    writers[(from + turn) % length]?.send(share, now)
  }
}

/** Waits until a condition holds. Gives up, with false, when `ms` have passed and `progress` (if there is any) stood still as long. */
export async function until(condition: () => boolean, ms: number, progress: () => number = () => 0): Promise<boolean> {
  let since = performance.now()
  let last = progress()
  while (!condition()) {
    const now = progress()
    if (now !== last) since = performance.now()
    last = now
    if (performance.now() - since > ms) return false
    await pause(10)
  }
  return true
}

/** Waits until a number has stood still for `ms`. Resolves with when it last changed, by `performance.now()`. */
export async function standstill(value: () => number, ms: number): Promise<number> {
  let since = performance.now()
  for (let last = value(); performance.now() - since < ms; ) {
    await pause(20)
    if (value() !== last) since = performance.now()
    last = value()
  }
  return since
}
