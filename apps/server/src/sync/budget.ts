/** Bursts of ten seconds' worth are fine: an offline day may arrive as single updates. */
const burstSeconds = 10

/** What may be done so often a second, averaged over ten seconds. */
export class Budget {
  private readonly most: number
  private readonly perMs: number
  private readonly now: () => number
  private left: number
  private refilled: number

  constructor(perSecond: number, now: () => number) {
    this.most = perSecond * burstSeconds
    this.perMs = perSecond / 1_000
    this.now = now
    this.left = this.most
    this.refilled = now()
  }

  /** False when it is used up. */
  take(): boolean {
    const now = this.now()
    this.left = Math.min(this.most, this.left + Math.max(0, now - this.refilled) * this.perMs) - 1
    this.refilled = now
    return this.left >= 0
  }

  /** Whether more than half of it is used up. */
  get heavilyUsed(): boolean {
    return this.left < this.most / 2
  }
}
