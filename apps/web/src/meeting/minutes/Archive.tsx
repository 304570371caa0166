import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { dateAt } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { ErrorState } from '../../ui/states.tsx'
import styles from './Minutes.module.css'
import { archiveQuery } from './minutes.ts'

/** Decisions of one meeting that the list shows. */
const shown = 3

/** The meetings that were: what they were about, and what was decided. */
export function Archive() {
  const { group } = useGroupView()
  const { data, error, refetch } = useQuery(archiveQuery(group.id))
  if (data === undefined && error !== null) return <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
  if (data === undefined || data.length === 0) return null
  return (
    <section aria-labelledby="past-meetings">
      <h2 id="past-meetings" className={styles.heading}>
        Past meetings
      </h2>
      <ul>
        {data.map(({ id, title, startedAt, brief, papers, decisions }) => (
          <li key={id} className={styles.past}>
            <Link href={paths.minutes(group.id, id)} className={styles.title}>
              {title}
            </Link>
            <p className={styles.what}>
              {dateAt(startedAt)} · {brief}
            </p>
            {papers.length > 0 && (
              <p className={styles.what}>
                <MathText>{papers.map(paper => paper.title).join(' · ')}</MathText>
              </p>
            )}
            {decisions.length > 0 && (
              <ul className={styles.decisions}>
                {decisions.slice(0, shown).map(text => (
                  <li key={text}>
                    <MathText>{text}</MathText>
                  </li>
                ))}
                {decisions.length > shown && <li>and {decisions.length - shown} more</li>}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
