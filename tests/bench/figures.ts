import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Linux counts the time of processes in hundredths of a second. */
const ticks = 100

/** CPU seconds a process has used so far, its own and the system's on its behalf; not a number where there is no /proc. */
export function cpuOf(pid: number): number {
  try {
    // The name in parentheses may hold spaces; fields 14 and 15 are the 12th and 13th after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / ticks
  } catch {
    return Number.NaN
  }
}

/** Seconds that a process's main thread was ready to run and had no CPU to run on: with much of that, latencies say more about the neighbours. */
export function waitOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e9
  } catch {
    return Number.NaN
  }
}

/** The value below which a share of all lies. Sorts the list. */
export const percentile = (values: number[], share: number): number =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

export const spread = (values: number[]): string => `p50 ${percentile(values, 0.5).toFixed(2)} ms, p99 ${percentile(values, 0.99).toFixed(2)} ms`

/** How long the disk alone takes to make one page durable, ms, many times over: what no server that stores first can beat. */
export function syncTimes(folder: string): number[] {
  const page = Buffer.alloc(4_096)
  const file = openSync(join(folder, 'page'), 'w')
  const times = Array.from({ length: 500 }, (_, n) => {
    const begun = performance.now()
    writeSync(file, page, 0, page.length, n * page.length)
    fdatasyncSync(file)
    return performance.now() - begun
  })
  closeSync(file)
  return times
}
