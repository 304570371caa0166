import { closeSync, fdatasyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * CPU seconds that the threads of a process have used so far, their own and the system's on their behalf. From the
 * scheduler's counts, which are exact where those in `stat` go by hundredths. Not a number where there is no /proc.
 */
export function cpuOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + schedstat(`${pid}/task/${thread}`, 0), 0)
  } catch {
    return Number.NaN
  }
}

/** Seconds that a process's main thread was ready to run and had no CPU to run on: with much of that, latencies say more about the neighbours. */
export function waitOf(pid: number): number {
  try {
    return schedstat(`${pid}`, 1)
  } catch {
    return Number.NaN
  }
}

const schedstat = (path: string, field: number) => Number(readFileSync(`/proc/${path}/schedstat`, 'utf8').split(' ')[field]) / 1e9

/** Memory of a process that is in RAM (resident set), MiB. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
  } catch {
    return Number.NaN
  }
}

/** What a stretch of time cost. All in seconds. */
export interface Cost {
  cpu: number
  /** Share of the time that the server's main thread waited for a CPU. */
  waited: number
  seconds: number
  /** Share of a CPU that the load generator used. */
  generator: number
}

/** Begins to measure a server; the result ends it. */
export function meter(pid: number): () => Cost {
  const [cpu, waited, begun, own] = [cpuOf(pid), waitOf(pid), performance.now(), process.cpuUsage()]
  return () => {
    const seconds = (performance.now() - begun) / 1_000
    const { user, system } = process.cpuUsage(own)
    return { cpu: cpuOf(pid) - cpu, waited: (waitOf(pid) - waited) / seconds, seconds, generator: (user + system) / 1e6 / seconds }
  }
}

/** The value below which a share of all lies. Sorts the list. */
export const percentile = (values: number[], share: number): number =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

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
