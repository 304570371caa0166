import { useState } from 'react'
import { TextField } from '../ui/Field.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import styles from './VoteBudget.module.css'

const usual = 5
const most = 100

/** How many up-votes a member has on one board: none counted, or a number. Saved when one leaves the field. */
export function VoteBudget({ budget, disabled, onChange }: { budget: number | null; disabled: boolean; onChange: (budget: number | null) => void }) {
  const [typed, setTyped] = useState(String(budget ?? usual))
  const number = Number(typed)
  const valid = Number.isInteger(number) && number >= 1 && number <= most
  const commit = () => valid && number !== budget && onChange(number)
  return (
    <form
      className={styles.budget}
      onSubmit={event => {
        event.preventDefault()
        commit()
      }}
    >
      <Segmented
        label="Up-votes of a member on one board"
        options={[
          { value: 'free', label: 'No limit' },
          { value: 'limited', label: 'Limited' },
        ]}
        value={budget === null ? 'free' : 'limited'}
        onChange={value => onChange(value === 'free' ? null : valid ? number : usual)}
        disabled={disabled}
      />
      {budget !== null && (
        <TextField
          label="Up-votes each, on one board"
          value={typed}
          inputMode="numeric"
          disabled={disabled}
          className={styles.number}
          error={valid ? null : `A whole number from 1 to ${most}`}
          onChange={event => setTyped(event.target.value)}
          onBlur={commit}
        />
      )}
    </form>
  )
}
