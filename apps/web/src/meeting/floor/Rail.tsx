import { MathText } from '../../paper/MathText.tsx'
import { useFloor } from './floor.ts'
import { nameOfItem } from './items.ts'
import styles from './Rail.module.css'

/** What the meeting goes through, and where it is. */
export function Rail() {
  const { items, at, item, papers, look } = useFloor()
  return (
    <nav className={styles.rail} aria-label="Agenda">
      <ol>
        {items.map(each => (
          <li key={each}>
            <button type="button" className={styles.stop} aria-current={each === item ? 'page' : undefined} onClick={() => look(each)}>
              <span className={styles.stopName}>
                <MathText>{nameOfItem(each, papers)}</MathText>
              </span>
              {each === at && <span className={styles.now}>now</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
