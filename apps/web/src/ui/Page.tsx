import { type ReactNode, useEffect } from 'react'
import styles from './Page.module.css'

/** Sets the window's title while mounted: "Members · Paperboard". */
export const useTitle = (title: string) => {
  useEffect(() => {
    document.title = title === '' ? 'Paperboard' : `${title} · Paperboard`
  }, [title])
}

interface PageProps {
  title: string
  /** One sentence below it. */
  lead?: ReactNode
  /** Buttons at the title's right. */
  actions?: ReactNode
  width?: 'read' | 'page' | 'wide'
  children: ReactNode
}

/** A page inside the shell: its one h1, what can be done here, and its content. */
export function Page({ title, lead, actions, width = 'page', children }: PageProps) {
  useTitle(title)
  return (
    <div className={`${styles.page} ${styles[width]}`}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A part of a page: a heading beside its content on wide screens, above it on narrow ones. */
export function Section({ title, hint, actions, children }: { title: string; hint?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.about}>
        <h2>{title}</h2>
        {hint && <p>{hint}</p>}
        {actions && <div className={styles.sectionActions}>{actions}</div>}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
