import { type ReactNode, useId } from 'react'
import styles from './Panel.module.css'

/** A part of the floor: its heading, with a number beside it, what one can do, and its content. */
export function Panel({ title, count = 0, actions, children }: { title: string; count?: number; actions?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>
          {title}
          {count > 0 && <span className={styles.count}> {count}</span>}
        </h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}

/** What stands where there is nothing yet. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className={styles.nothing}>{children}</p>
