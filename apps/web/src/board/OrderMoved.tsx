import { Button } from '../ui/Button.tsx'
import { SortIcon } from '../ui/icons.tsx'
import styles from './OrderMoved.module.css'

/** Says over a list that its order has moved on while somebody is at work in it. */
export const OrderMoved = ({ onCatchUp }: { onCatchUp: () => void }) => (
  <div className={styles.moved}>
    <Button size="small" icon={SortIcon} onClick={onCatchUp}>
      The order has changed: sort again
    </Button>
  </div>
)
