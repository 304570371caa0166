/** Which updates of a log are told as one moment. */

/** Updates by one after another within this time (ms) are one moment, where there are few. */
const together = 1_000

/**
 * Where moments end, as indices of their last updates, `most` at the most: times are those of the updates, in order. What
 * is close together is told as one, the closer the more there is.
 */
export const momentsIn = (times: readonly number[], most: number): number[] => {
  for (let width = together; ; width *= 2) {
    const ends = endsAt(times, width)
    if (ends.length <= most) return ends
  }
}

const endsAt = (times: readonly number[], width: number): number[] => {
  const ends: number[] = []
  let start = times[0] ?? 0
  for (const [n, at] of times.entries()) {
    if (n === 0 || at - start < width) continue
    ends.push(n - 1)
    start = at
  }
  if (times.length > 0) ends.push(times.length - 1)
  return ends
}
