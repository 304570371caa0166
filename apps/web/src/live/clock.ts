import { readItem, writeItem } from './storage.ts'

const key = 'paperboard:clock'
let ahead: number | null = null
/** It was found out as exactly as can be: what comes by the way is told too late by as long as it took. */
let tuned = false
/** What is off by more (ms) is no delay of an answer: a clock was set. */
const setAnew = 5_000

/** Tells what time (ms) it was at the server when it answered something. Kept for the next start without a connection. */
export const setServerTime = (now: number) => {
  if (tuned && Math.abs(now - serverNow()) < setAnew) return
  keep(now)
}

const keep = (now: number) => {
  // Whole ms, as all times in records are.
  ahead = Math.round(now - Date.now())
  writeItem(key, String(ahead))
}

/** The time (ms) at the server, so that a device whose clock runs ahead does not write records from the future. */
export const serverNow = (): number => {
  ahead ??= Math.round(Number(readItem(key) ?? 0)) || 0
  return Date.now() + ahead
}

/**
 * Asks the server several times what time it is, and goes by the answer that came back soonest: it was on its way for half
 * of that, give or take what the two ways differ.
 */
export const tuneClock = async (ask: () => Promise<number>, times = 5) => {
  let best = { took: Number.POSITIVE_INFINITY, now: 0, at: 0 }
  for (let n = 0; n < times; n++) {
    const sent = performance.now()
    const now = await ask()
    const at = performance.now()
    if (at - sent < best.took) best = { took: at - sent, now, at }
  }
  tuned = true
  keep(best.now + best.took / 2 + (performance.now() - best.at))
}
