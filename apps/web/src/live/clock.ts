import { readItem, writeItem } from './storage.ts'

const key = 'paperboard:clock'
let ahead: number | null = null

/** Tells what time (ms) it is at the server. Kept for the next start without a connection. */
export const setServerTime = (now: number) => {
  ahead = now - Date.now()
  writeItem(key, String(ahead))
}

/** The time (ms) at the server, so that a device whose clock runs ahead does not write records from the future. */
export const serverNow = (): number => {
  ahead ??= Number(readItem(key) ?? 0) || 0
  return Date.now() + ahead
}
