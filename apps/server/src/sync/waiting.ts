import { idOf, type Place, type Range, rangeAt } from './structs.ts'

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
  /** Keys by root map: their names together would have to be made for each question. */
  private readonly touched = new Map<string, Set<string>>()
  /** What texts were given, by their place. */
  private readonly written = new Map<string, number>()

  /** The first clock of a client after what waits; undefined if nothing of it does. */
  endOf(client: number): number | undefined {
    const last = this.runs.get(client)?.at(-1)
    return last === undefined ? undefined : last.clock + last.len
  }

  at(client: number, clock: number): Run | undefined {
    const runs = this.runs.get(client)
    return runs === undefined ? undefined : rangeAt(runs, clock)
  }

  touches(place: Place): boolean {
    return this.touched.get(place.root)?.has(place.key) === true
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
    return this.touched.size === 0
  }

  add(runs: Iterable<Run>, places: readonly Place[]) {
    for (const run of runs) {
      const list = this.runs.get(run.client)
      if (list === undefined) this.runs.set(run.client, [run])
      else list.push(run)
    }
    for (const { root, key } of places) {
      const keys = this.touched.get(root)
      if (keys === undefined) this.touched.set(root, new Set([key]))
      else keys.add(key)
    }
  }

  clear() {
    this.runs.clear()
    this.touched.clear()
    this.written.clear()
  }
}
