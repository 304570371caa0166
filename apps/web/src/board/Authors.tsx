import { useState } from 'react'
import styles from './paper.module.css'

/** Names to show before "and 9 others": a byline of one line. */
const few = 4

/** The authors, the first few and how many others; a press shows all. */
export function Authors({ authors, all = false }: { authors: readonly string[]; all?: boolean }) {
  const [unfolded, setUnfolded] = useState(all)
  if (authors.length === 0) return null
  const folded = authors.length > few + 1 && !unfolded
  return (
    <p className={styles.authors}>
      {(folded ? authors.slice(0, few) : authors).join(', ')}
      {folded && (
        <>
          {' '}
          <button type="button" className={styles.inText} onClick={() => setUnfolded(true)}>
            and {authors.length - few} others<span className="visually-hidden">. Show all</span>
          </button>
        </>
      )}
    </p>
  )
}
