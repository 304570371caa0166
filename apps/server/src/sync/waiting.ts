import { idOf, indexCovering, type Place, type Range } from './structs.ts'

/** Structs that were accepted and that the document does not hold yet: `len` clocks from `clock` on lie in `place`. */
export interface Run extends Range {
  place: Place
  /** How many of these clocks came with the update that was accepted and were not deleted by it again. */
  live: number
}

/** Accepted updates that wait to be applied in bulk, as far as judging the next one needs them. */
export class Waiting {
  /** By client, ascending by clock. */
  private readonly runs = new Map<number, Run[]>()
  private readonly keys = new Set<string>()
  /** What texts were given, by their place. */
  private readonly written = new Map<string, number>()

  /** The first clock of a client after what waits; undefined if nothing of it does. */
  endOf(client: number): number | undefined {
    const last = this.runs.get(client)?.at(-1)
    return last === undefined ? undefined : last.clock + last.len
  }

  at(client: number, clock: number): Run | undefined {
    const runs = this.runs.get(client)
    return runs?.[indexCovering(runs, clock, run => [run.clock, run.len])]
  }

  touches(place: Place): boolean {
    return this.keys.has(idOf(place))
  }

  /** How many characters were written to a text; some of them may be deleted again. */
  writtenTo(text: Place): number {
    return this.written.get(idOf(text)) ?? 0
  }

  /** `text`: the name of its place. */
  wrote(text: string, characters: number) {
    this.written.set(text, (this.written.get(text) ?? 0) + characters)
  }

  get empty(): boolean {
    return this.keys.size === 0
  }

  add(runs: readonly Run[], places: readonly Place[]) {
    for (const run of runs) {
      const list = this.runs.get(run.client)
      if (list === undefined) this.runs.set(run.client, [run])
      else list.push(run)
    }
    for (const place of places) this.keys.add(idOf(place))
  }

  clear() {
    this.runs.clear()
    this.keys.clear()
    this.written.clear()
  }
}
