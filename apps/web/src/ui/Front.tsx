import type { ReactNode } from 'react'
import styles from './Front.module.css'
import { useTitle } from './Page.tsx'
import { Specimen } from './Specimen.tsx'
import { Skeleton } from './states.tsx'
import { Wordmark } from './Wordmark.tsx'

/** The page outside of any group: one column of words and fields, and beside it, where there is room, a board as it looks. */
export const Front = ({ children, aside }: { children: ReactNode; aside?: ReactNode }) => (
  <div className={styles.front}>
    <div className={styles.column}>
      <header className={styles.header}>
        <Wordmark />
        {aside}
      </header>
      <main id="main" className={styles.main}>
        {children}
      </main>
    </div>
    <Specimen />
  </div>
)

/** The words above a form. `step` counts: "1 of 2". */
export function FrontTitle({ title, step, children }: { title: string; step?: string; children?: ReactNode }) {
  useTitle(title)
  return (
    <div className={styles.title}>
      {step && <p className={styles.step}>{step}</p>}
      <h1>{title}</h1>
      {children && <p>{children}</p>}
    </div>
  )
}

/** The fields of a form and its button, one below the other. */
export const Stack = ({ children }: { children: ReactNode }) => <div className={styles.stack}>{children}</div>

/** An error that belongs to no field. Always there, so that it is announced. */
export const FormFailure = ({ children }: { children: ReactNode }) => (
  <p className={styles.failure} role="alert">
    {children}
  </p>
)

export const FrontLoading = () => (
  <Front>
    <div role="status">
      <span className="visually-hidden">Loading</span>
      <Skeleton width="60%" height="2.25rem" />
    </div>
  </Front>
)
