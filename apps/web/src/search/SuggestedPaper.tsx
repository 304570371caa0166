import type { ListedPaper } from '@paperboard/shared/api'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { dayNear } from '../board/dates.ts'
import { count, signed } from '../board/names.ts'
import paperStyles from '../board/paper.module.css'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import styles from './Suggestions.module.css'

/** Authors that a suggestion names. */
const named = 3

interface SuggestedPaperProps {
  paper: ListedPaper
  /** Why it is suggested. */
  children: ReactNode
  /** What one can do with it. */
  act?: ReactNode
}

/** A paper that one did not ask for, with the reason why it is shown. */
export function SuggestedPaper({ paper, children, act }: SuggestedPaperProps) {
  const { group } = useGroupView()
  const { authors, authorCount, boards, up, down } = paper
  const more = authorCount - Math.min(authors.length, named)
  const last = boards[0]
  const facts = [
    authors.slice(0, named).join(', ') + (more > 0 ? ` and ${count(more, 'other')}` : ''),
    last === undefined ? '' : `on the board of ${dayNear(last, group.today)}`,
    up + down > 0 ? `${signed(up - down)} of ${count(up + down, 'vote')}` : '',
  ]
  return (
    <li className={styles.paper}>
      <div className={styles.words}>
        <Link href={paths.paper(group.id, paper.id)} className={`${paperStyles.title} ${styles.title}`}>
          <MathText>{titleOf(paper)}</MathText>
        </Link>
        <p className={paperStyles.authors}>{facts.filter(fact => fact !== '').join(' · ')}</p>
        <p className={styles.why}>{children}</p>
      </div>
      {act}
    </li>
  )
}
