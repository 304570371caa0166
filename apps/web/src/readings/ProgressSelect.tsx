import { type AssignedReading, progressStates } from '@paperboard/shared/group'
import { progress } from '../board/acts.ts'
import type { GroupView } from '../board/board.ts'
import { progressNames } from '../board/names.ts'
import styles from './ProgressSelect.module.css'

/** How far one is with one's own reading: the platform's choice, quiet as a word. */
export function ProgressSelect({ view, reading }: { view: GroupView; reading: AssignedReading }) {
  return (
    <select
      className={styles.progress}
      data-state={reading.state}
      aria-label="How far you are"
      value={reading.state}
      onChange={event => {
        const state = progressStates.find(each => each === event.target.value)
        if (state !== undefined) progress(view, reading.key, state)
      }}
    >
      {progressStates.map(state => (
        <option key={state} value={state}>
          {progressNames[state]}
        </option>
      ))}
    </select>
  )
}
