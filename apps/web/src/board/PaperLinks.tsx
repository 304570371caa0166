import type { Paper } from '@paperboard/shared/api'
import { linksOf } from '../paper/links.ts'
import styles from './paper.module.css'

/** Where a paper can be read, each in a new tab. */
export const PaperLinks = ({ paper }: { paper: Paper }) => {
  const links = linksOf(paper)
  if (links.length === 0) return null
  return (
    <ul className={styles.links} aria-label="Links">
      {links.map(({ label, href }) => (
        <li key={href}>
          <a href={href} target="_blank" rel="noopener">
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}
