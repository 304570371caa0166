/**
 * Work that comes round: done at intervals and whenever it is asked for, one pass after another, until it is closed.
 *
 *   const round = startRound({ every: 60_000, idle: 0, does: remind, failed: err => log.error({ err }, '…') })
 *   await round.run()
 *   await round.close()
 */
interface RoundOptions<T> {
  /** ms from one pass to the next. */
  every: number
  /** What a pass comes to that fails, or that comes after the end. */
  idle: T
  does: () => Promise<T>
  /** A pass that failed; the next one tries again. */
  failed: (error: unknown) => void
}

export interface Round<T> {
  /** A pass, after the one under way. It never rejects. */
  run(): Promise<T>
  /** Whether it is over: long passes stop then. */
  readonly closing: boolean
  /** No pass begins any more. Resolves when none is under way. */
  close(): Promise<void>
}

export function startRound<T>({ every, idle, does, failed }: RoundOptions<T>): Round<T> {
  let work: Promise<T> = Promise.resolve(idle)
  let closing = false
  const run = () => {
    work = work
      .then(() => (closing ? idle : does()))
      .catch(error => {
        failed(error)
        return idle
      })
    return work
  }
  const timer = setInterval(() => void run(), every)
  timer.unref()
  return {
    run,
    get closing() {
      return closing
    },
    close: async () => {
      closing = true
      clearInterval(timer)
      await work
    },
  }
}
