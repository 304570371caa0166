import { useEffect, useRef } from 'react'
import { MathText } from '../../paper/MathText.tsx'
import { useEnded, useFloor } from './floor.ts'
import { nameOfItem } from './items.ts'
import styles from './Rail.module.css'

/** What the meeting goes through, and where it is. */
export function Rail() {
  const { items, at, item, papers, look } = useFloor()
  const ended = useEnded()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    // On a phone it is one line, wider than the screen. Only the line is moved, never the page.
    const { current } = list
    const stop = current?.children[items.indexOf(item)]
    if (current !== null && stop instanceof HTMLElement)
      current.scrollLeft = stop.offsetLeft - current.offsetLeft - (current.clientWidth - stop.offsetWidth) / 2
  }, [items, item])
  return (
    <nav className={styles.rail} aria-label="Agenda">
      <ol ref={list}>
        {items.map(each => (
          <li key={each}>
            <button type="button" className={styles.stop} aria-current={each === item ? 'page' : undefined} onClick={() => look(each)}>
              <span className={styles.stopName}>
                <MathText>{nameOfItem(each, papers)}</MathText>
              </span>
              {each === at && !ended && <span className={styles.now}>now</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
