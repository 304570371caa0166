import { scoreEnds as ends, scores } from '@paperboard/shared/takes'
import { listed } from '../../board/names.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './Spread.module.css'

interface SpreadProps {
  takes: readonly { member: string; score: number }[]
  nameOf: (member: string) => string
  /** For a projector: read from the last row. */
  large?: boolean
}

/** Takes that are shown on a projector with initials as large as words; more of them would make columns too high. */
const few = 6

/** Scores as columns of people: where they gather and who stands apart, which a mean would hide. */
export function Spread({ takes, nameOf, large = false }: SpreadProps) {
  const columns = scores.map(score => ({ score, members: takes.filter(take => take.score === score).map(({ member }) => member) }))
  return (
    <figure className={styles.spread} data-large={large || undefined} data-few={(large && takes.length <= few) || undefined}>
      <ol className={styles.columns}>
        {columns.map(({ score, members }) => (
          <li key={score} className={styles.column}>
            <span className="visually-hidden">
              {score}: {members.length === 0 ? 'nobody' : listed(members.map(nameOf))}
            </span>
            <span className={styles.people} aria-hidden="true">
              {members.map(member => (
                <Avatar key={member} id={member} name={nameOf(member)} size={large ? 'large' : 'medium'} />
              ))}
            </span>
            <span className={styles.number} aria-hidden="true" data-none={members.length === 0 || undefined}>
              {score}
            </span>
          </li>
        ))}
      </ol>
      <figcaption className={styles.ends} aria-hidden="true">
        <span>{ends.low}</span>
        <span>{ends.high}</span>
      </figcaption>
    </figure>
  )
}
