import type { CSSProperties, ReactNode } from 'react'
import { Button } from './Button.tsx'
import { type Drawing, drawings } from './drawings.tsx'
import styles from './states.module.css'

/** Nothing here yet: what this place is for, and the first step. */
export function EmptyState({
  drawing = 'sheets',
  title,
  as: Heading = 'h2',
  children,
  actions,
}: {
  drawing?: Drawing
  title: string
  as?: 'h1' | 'h2'
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      <div className={styles.drawing}>{drawings[drawing]}</div>
      <Heading>{title}</Heading>
      {children && <div className={styles.words}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

/** Something did not work: what, and what one can do. */
export function ErrorState({ title = 'This could not be loaded', children, onRetry }: { title?: string; children?: ReactNode; onRetry?: () => void }) {
  return (
    <div className={styles.empty} role="alert">
      <div className={styles.drawing}>{drawings.torn}</div>
      <h2>{title}</h2>
      {children && <div className={styles.words}>{children}</div>}
      {onRetry && (
        <div className={styles.actions}>
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  )
}

/** A sentence that stands in the page about something that is so: offline, read only. */
export const Notice = ({ tone = 'plain', children, action }: { tone?: 'plain' | 'warn' | 'danger'; children: ReactNode; action?: ReactNode }) => (
  <div className={styles.notice} data-tone={tone}>
    <div className={styles.noticeWords}>{children}</div>
    {action}
  </div>
)

/** A part of a page could not be loaded: what, and why. */
export const RetryNotice = ({ busy = false, children, onRetry }: { busy?: boolean; children: ReactNode; onRetry: () => void }) => (
  <Notice
    tone="warn"
    action={
      <Button size="small" busy={busy} onClick={onRetry}>
        Try again
      </Button>
    }
  >
    {children}
  </Notice>
)

/** The shape of what is coming; shows only when it takes a moment. `width` is any CSS width. */
export const Skeleton = ({ width = '100%', height = '1em' }: Pick<CSSProperties, 'width' | 'height'>) => (
  <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />
)

/** Lines of text are not all of one length. */
const widths = ['92%', '100%', '84%', '96%', '64%', '88%', '76%', '48%']

/** Up to eight lines of text that are coming, with a word for screen readers. */
export const SkeletonText = ({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) => (
  <div className={styles.lines} role="status">
    <span className="visually-hidden">{label}</span>
    {widths.slice(0, lines).map(width => (
      <Skeleton key={width} width={width} />
    ))}
  </div>
)
