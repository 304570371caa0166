/** Ranges per factor of e: neighbours differ by 1 %. */
const fineness = 100

/** Durations, counted in ranges so that millions of them cost nothing. Input in ms, from a microsecond on. */
export class Histogram {
  private readonly counts = new Uint32Array(2_500)
  private total = 0

  add(ms: number) {
    const range = ms <= 0.001 ? 0 : Math.floor(Math.log(ms * 1_000) * fineness)
    this.counts[range] = (this.counts[range] ?? 0) + 1
    this.total += 1
  }

  clear() {
    this.counts.fill(0)
    this.total = 0
  }

  /** ms below which a share of all lies; not a number while there are none. */
  quantile(share: number): number {
    if (this.total === 0) return Number.NaN
    let left = Math.ceil(this.total * share)
    const range = this.counts.findIndex(count => {
      left -= count
      return left <= 0
    })
    return Math.exp((range + 0.5) / fineness) / 1_000
  }
}
