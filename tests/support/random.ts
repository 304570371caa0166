/** A reproducible source of choices. Its seed comes from FUZZ_SEED or the clock; tests print it, so that a failure can be repeated. */
export interface Random {
  seed: number
  /** 0 ≤ n < 1 */
  next(): number
  /** 0 ≤ n < below, whole */
  below(n: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
}

/** mulberry32 (Tommy Ettinger, public domain). */
export const randomFrom = (seed: number = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)): Random => {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[below(list.length)]
    if (chosen === undefined) throw new Error('Nothing to pick from')
    return chosen
  }
  return { seed, next, below, pick, chance: probability => next() < probability }
}
