import type { BoardDay } from '@paperboard/shared/api'
import { type Day, daysIn, type Span } from '@paperboard/shared/days'
import { Link } from 'wouter'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { CommentIcon } from '../ui/icons.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useGroupView } from './board.ts'
import { monthName, weekdayOf } from './dates.ts'
import { count, signed } from './names.ts'
import { paperHref } from './nav.ts'
import paperStyles from './paper.module.css'
import styles from './SpanPage.module.css'

export type SpanOfDays = 'week' | 'month'
/** Papers of one day to show before "and more": the best voted. */
const shownPapers: Record<SpanOfDays, number> = { week: 8, month: 4 }

interface DaysProps {
  data: readonly BoardDay[]
  bounds: Span
  span: SpanOfDays
}

/** The boards of a week or a month, each with what was liked most. */
export function SpanDays({ data, bounds, span }: DaysProps) {
  const { group } = useGroupView()
  const filled = new Map(data.filter(({ papers }) => papers.length > 0).map(each => [each.day, each]))
  if (filled.size === 0) {
    return (
      <EmptyState title={`Nothing on the boards of this ${span}`} actions={<ButtonLink href={paths.board(group.id)}>Go to today’s board</ButtonLink>}>
        Papers that are put on a day’s board appear here with their votes.
      </EmptyState>
    )
  }
  // A week is shown whole, so that its rhythm is seen; a month shows the days that have something.
  const days = daysIn(bounds).filter(day => span === 'week' || filled.has(day))
  return (
    <ol className={styles.days}>
      {days.map(day => (
        <DaySection key={day} day={day} of={filled.get(day)} shown={shownPapers[span]} />
      ))}
    </ol>
  )
}

function DaySection({ day, of, shown }: { day: Day; of: BoardDay | undefined; shown: number }) {
  const { group } = useGroupView()
  const papers = of?.papers ?? []
  // "1 more" would take the room of the one.
  const room = papers.length === shown + 1 ? papers.length : shown
  const best = papers.toSorted((a, b) => b.net - a.net || b.comments - a.comments).slice(0, room)
  return (
    <li className={styles.section} data-today={day === group.today || undefined} data-empty={papers.length === 0 || undefined}>
      <h2 className={styles.heading}>
        <Link href={paths.board(group.id, day)}>
          <span className={styles.number}>{Number(day.slice(8))}</span>
          <span className={styles.weekday}>
            {weekdayOf(day)}
            <span className="visually-hidden"> {monthName(day)}</span>
          </span>
        </Link>
      </h2>
      <div>
        {papers.length === 0 ? (
          <p className={styles.nothing}>{day > group.today ? 'To come' : 'No papers'}</p>
        ) : (
          <ul className={styles.papers}>
            {best.map(({ paper, net, votes, comments }) => (
              <li key={paper.id} className={styles.paper}>
                <span className={styles.net} data-sign={Math.sign(net)} title={count(votes, 'vote')}>
                  {votes === 0 ? '·' : signed(net)}
                  <span className="visually-hidden">{votes === 0 ? 'no votes' : 'net votes'}</span>
                </span>
                <Link className={`${paperStyles.title} ${styles.title}`} href={paperHref(group.id, day, paper.id)}>
                  <MathText>{titleOf(paper)}</MathText>
                </Link>
                {comments > 0 && (
                  <span className={styles.comments} title={count(comments, 'comment')}>
                    <CommentIcon size={15} />
                    {comments}
                    <span className="visually-hidden">{comments === 1 ? 'comment' : 'comments'}</span>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {papers.length > best.length && (
          <p className={styles.more}>
            <Link href={paths.board(group.id, day)}>{papers.length - best.length} more</Link>
          </p>
        )}
      </div>
    </li>
  )
}
