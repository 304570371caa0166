import { useState } from 'react'
import styles from './paper.module.css'

/** Names to show before "et al.": a byline of one line. */
const few = 4

/** The authors, the first few and "et al."; a press shows all. */
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
            et al.<span className="visually-hidden"> Show all {authors.length} authors</span>
          </button>
        </>
      )}
    </p>
  )
}
