/** What differs between two texts, line by line. Pure. */
export interface DiffLine {
  /** In both, in the first alone, or in the second alone. */
  kind: 'both' | 'first' | 'second'
  text: string
}

/** Beyond this many pairs of lines that differ, one stands below the other: nobody reads such a comparison. */
const mostPairs = 4_000_000

export function lineDiff(first: string, second: string): DiffLine[] {
  const [a, b] = [first.split('\n'), second.split('\n')]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const both = (lines: readonly string[]) => lines.map((text): DiffLine => ({ kind: 'both', text }))
  return [...both(a.slice(0, head)), ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)), ...both(a.slice(a.length - tail))]
}

/** By the longest common run of lines. */
function between(a: readonly string[], b: readonly string[]): DiffLine[] {
  if (a.length * b.length > mostPairs)
    return [...a.map((text): DiffLine => ({ kind: 'first', text })), ...b.map((text): DiffLine => ({ kind: 'second', text }))]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]]
    if (x !== undefined && x === y) {
      lines.push({ kind: 'both', text: x })
      i++
      j++
    } else if (y === undefined || (x !== undefined && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))) {
      lines.push({ kind: 'first', text: x ?? '' })
      i++
    } else {
      lines.push({ kind: 'second', text: y })
      j++
    }
  }
  return lines
}
