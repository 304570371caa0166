import { useView } from '../live/hooks.ts'
import { papers as papersView } from '../live/views.ts'
import { useBoard } from './board.ts'
import styles from './CameFrom.module.css'

/** Which source brought a paper, and which of its rules highlight it. Nothing for what members put there. */
export function CameFrom({ paper }: { paper: string }) {
  const { room } = useBoard()
  // As one text, so that a row renders when its own changes and for nothing else.
  const told = useView(room, papersView, all => {
    const on = all.find(({ id }) => id === paper)
    return on?.from === undefined ? '' : [on.from, ...(on.marks ?? [])].join('\n')
  })
  if (told === '') return null
  const [from, ...marks] = told.split('\n')
  return (
    <p className={styles.from}>
      from {from}
      {marks.map(mark => (
        <mark key={mark} className={styles.mark}>
          {mark}
        </mark>
      ))}
    </p>
  )
}
