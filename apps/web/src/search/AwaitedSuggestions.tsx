import { sentenceOf } from '../api.ts'
import { SkeletonText } from '../ui/states.tsx'
import styles from './Suggestions.module.css'

/** In the place of suggestions that are not there yet: that they are looked for, or why they cannot be had. */
export const AwaitedSuggestions = ({ error, label, onRetry }: { error: unknown; label: string; onRetry: () => void }) =>
  error === null ? (
    <div className={styles.awaited}>
      <SkeletonText lines={4} label={label} />
    </div>
  ) : (
    <p className={styles.none} role="alert">
      {sentenceOf(error)}{' '}
      <button type="button" className={styles.again} onClick={onRetry}>
        Try again
      </button>
    </p>
  )
