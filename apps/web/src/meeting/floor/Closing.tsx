import { Clock } from './Clock.tsx'
import styles from './Closing.module.css'
import { Ending } from './Ending.tsx'
import { useFacilitates, useFloor } from './floor.ts'
import { ItemTitle } from './ItemTitle.tsx'

/** After the papers, before the end: what was decided is gone through once more. */
export function Closing() {
  const { at } = useFloor()
  const facilitates = useFacilitates()
  return (
    <>
      <ItemTitle />
      <p className={styles.lead}>What was decided, what is to do, and what waits for another time. When all agree, the meeting ends.</p>
      <Clock />
      {facilitates && at === 'closing' && <Ending variant="primary">End the meeting…</Ending>}
    </>
  )
}
