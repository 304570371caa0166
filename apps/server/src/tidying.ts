/** What is done when nobody is here. */

/** How often it is looked whether anybody is: ms. */
const usual = 10_000
/** A lesser one leaves what is free with V8, and of a start that is 10 MB. This one takes some 0.2 s. */
const whole = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const

interface Options {
  /** Rooms in use, and requests under way. */
  inUse: () => number
  /** Collects garbage; absent where the program was started without `--expose-gc`. */
  collect: ((what: typeof whole) => unknown) | undefined
  every?: number
}

/**
 * Collects garbage once nobody is here any more, and once after the start. V8 does so when it is short of room, and would keep
 * what a start, or a busy day, took of the machine's memory for ever.
 */
export function startTidying({ inUse, collect, every = usual }: Options): { close(): void } {
  let due = true
  const timer = setInterval(() => {
    if (inUse() > 0) due = true
    else if (due) {
      due = false
      collect?.(whole)
    }
  }, every)
  timer.unref()
  return { close: () => clearInterval(timer) }
}
