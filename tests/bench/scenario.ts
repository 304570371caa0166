import type { Stage, StageOptions } from './stage.ts'
import type { Rooms } from './world.ts'

/** What a figure says, and whether more of it is better; neither for what only helps to read the others. */
export interface Column {
  title: string
  better?: 'less' | 'more'
}

/** Numbers by which a run can be made larger or smaller, such as `--clients=200`. */
export type Settings = Readonly<Record<string, number>>

/** One kind of work that servers are measured with. */
export interface Scenario {
  name: string
  /** What is done, in a sentence; settings stand in it as `{clients}`. */
  about: string
  settings: Settings
  /** The same with other settings, each a table of its own; the first differ from `settings` in nothing. */
  cases?: readonly Settings[]
  /** For a look that takes seconds. */
  quick: Settings
  columns: Readonly<Record<string, Column>>
  /** Whom it is run with unless others are named; the usual ones if it does not say. */
  targets?: readonly string[]
  /** Rooms of the world that it uses beside the busy one. */
  rooms?: Rooms
  /** Which targets can do that, by what it needs. */
  needs?: 'documents' | 'storage' | 'acknowledgements'
  /** One run. Figures by the names of columns; throws when the run is void. */
  run: (options: StageOptions, settings: Settings) => Promise<Record<string, number>>
}

/** Does work on a stage and clears it away, however the work ends. */
export async function onStage<T>(stage: Stage, work: (stage: Stage) => Promise<T>): Promise<T> {
  try {
    await stage.start()
    return await work(stage)
  } finally {
    await stage.end()
  }
}

/** A run whose work was not done can say nothing of its cost. */
export function valid(holds: boolean, otherwise: string) {
  if (!holds) throw new Error(otherwise)
}
