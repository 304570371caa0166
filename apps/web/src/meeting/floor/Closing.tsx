import { Clock } from './Clock.tsx'
import styles from './Closing.module.css'
import { ItemTitle } from './ItemTitle.tsx'

/** After the papers: what came of it. */
export function Closing() {
  return (
    <>
      <ItemTitle />
      <p className={styles.lead}>What was decided, what is to do, and what waits for another time.</p>
      <Clock />
    </>
  )
}
