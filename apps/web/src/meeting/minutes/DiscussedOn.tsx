import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useGroupView } from '../../board/board.ts'
import { dateAt } from '../../board/dates.ts'
import { paths } from '../../routes.ts'
import styles from './Minutes.module.css'
import { meetingsOfPaperQuery } from './minutes.ts'

const words = { discussed: 'Discussed', carried: 'Carried over', dropped: 'Taken off the agenda', passed: 'Not chosen' }

/** The meetings that had a paper on their agenda. */
export function DiscussedOn({ paper }: { paper: string }) {
  const { group } = useGroupView()
  const { data } = useQuery(meetingsOfPaperQuery(group.id, paper))
  if (data === undefined || data.length === 0) return null
  return (
    <ul aria-label="Meetings on this paper">
      {data.map(({ meeting, state, startedAt, createdAt }) => (
        <li key={meeting} className={styles.what}>
          {words[state]} on <Link href={paths.minutes(group.id, meeting)}>{dateAt(startedAt ?? createdAt)}</Link>
        </li>
      ))}
    </ul>
  )
}
