import type { StateThen } from '@paperboard/shared/history'
import type { Names } from './words.ts'

/** What stood at a moment, for those who show it. */
export interface ThenProps extends Names {
  state: StateThen
  at: number
  /** Names of the records and texts that changed with this step. */
  changed: ReadonlySet<string>
}
