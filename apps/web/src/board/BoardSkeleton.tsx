import { Skeleton } from '../ui/states.tsx'
import styles from './BoardView.module.css'

/** The shape of a board that is on its way; it shows only when that takes a moment. */
export function BoardSkeleton({ header = true }: { header?: boolean }) {
  return (
    <div className={header ? styles.page : undefined} role="status">
      <span className="visually-hidden">Loading the board</span>
      {header && (
        <div className={styles.comingHeader}>
          <Skeleton width="min(30rem, 80%)" height="2.75rem" />
          <Skeleton width="11rem" height="1rem" />
        </div>
      )}
      {[88, 62, 74, 95, 58].map(width => (
        <div key={width} className={styles.comingRow}>
          <Skeleton width="1.75rem" height="4.25rem" />
          <div>
            <Skeleton width={`${width}%`} height="1.2rem" />
            <Skeleton width="34%" height="0.8rem" />
            <Skeleton height="0.8rem" />
            <Skeleton width="82%" height="0.8rem" />
          </div>
        </div>
      ))}
    </div>
  )
}
