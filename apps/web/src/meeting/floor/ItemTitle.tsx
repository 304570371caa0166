import { MathText } from '../../paper/MathText.tsx'
import { useFloor } from './floor.ts'
import styles from './ItemTitle.module.css'
import { nameOfItem } from './items.ts'

/** What the item that is shown is called. */
export function ItemTitle() {
  const { item, papers } = useFloor()
  return (
    <h1 className={styles.title}>
      <MathText>{nameOfItem(item, papers)}</MathText>
    </h1>
  )
}
