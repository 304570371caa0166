/** What is done when nobody is here. */

/** How often it is looked whether anybody is: ms. */
const usual = 10_000

interface Options {
  /** Rooms in use, or connections. */
  inUse: () => number
  /** Collects garbage; absent where the program was started without `--expose-gc`. */
  collect: (() => void) | undefined
  every?: number
}

/**
 * Collects garbage once nobody is here any more, and once after the start. V8 does so when it is short of room, and would keep
 * what a start, or a busy day, took of the machine's memory for ever. It takes some 50 ms.
 */
export function startTidying({ inUse, collect, every = usual }: Options): { close(): void } {
  let due = true
  const timer = setInterval(() => {
    if (inUse() > 0) due = true
    else if (due) {
      due = false
      collect?.()
    }
  }, every)
  timer.unref()
  return { close: () => clearInterval(timer) }
}
