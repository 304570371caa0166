import type { ListedPaper, ListingQuery } from '@paperboard/shared/api'
import { addDays, type Day } from '@paperboard/shared/days'
import { lastSessionDay, unplannedOf } from '@paperboard/shared/plan'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { count, signed } from '../../board/names.ts'
import { listingQuery, textOf } from '../../lists/listing.ts'
import { titleOf } from '../../paper/links.ts'
import { MathText } from '../../paper/MathText.tsx'
import { matches, wordsOf } from '../../paper/words.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { ErrorState, SkeletonText } from '../../ui/states.tsx'
import styles from './PaperPicker.module.css'
import { usePlan } from './usePlan.ts'

type From = 'votes' | 'today' | 'library'
const froms = [
  { value: 'votes', label: 'Top votes' },
  { value: 'today', label: 'Today’s board' },
  { value: 'library', label: 'Library' },
] as const
/** Rows of the list: what stands further down is found by a word. */
const most = 40
/** Days, where no session is on record. */
const usualReach = 7

/** Papers that could be planned: the best voted since the last session, those of today's board, and all by search. */
export function PaperPicker({ children }: { children: (paper: ListedPaper) => ReactNode }) {
  const { group } = useGroupView()
  const sessions = usePlan()
  const [from, setFrom] = useState<From>('votes')
  const [filter, setFilter] = useState('')
  const typed = useDeferredValue(filter)
  const since = lastSessionDay(sessions, group.today) ?? addDays(group.today, -usualReach)
  const query = useMemo(() => queryFor(from, since, group.today), [from, since, group.today])
  const { data, error, refetch } = useQuery(listingQuery(group.id, query))
  const found = useMemo(() => {
    const words = wordsOf(typed)
    const open = from === 'library' ? (data?.papers ?? []) : unplannedOf(data?.papers ?? [], sessions, group.today)
    return open.filter(paper => words.length === 0 || matches(textOf(paper), words))
  }, [data, sessions, group.today, from, typed])
  return (
    <div className={styles.picker}>
      <Segmented label="Which papers" options={froms} value={from} onChange={setFrom} />
      <input
        type="search"
        className={styles.filter}
        aria-label="Search these papers"
        placeholder="Title, author, number"
        value={filter}
        onChange={event => setFilter(event.target.value)}
      />
      <p className={styles.said} role="status">
        {from === 'votes' && `By votes, on boards since ${dayNear(since, group.today)}. `}
        {data !== undefined && (found.length > most ? `${count(found.length, 'paper')}; the first ${most} are shown.` : count(found.length, 'paper'))}
      </p>
      {data === undefined && error === null && <SkeletonText lines={4} label="Loading papers" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      <ul className={styles.list} aria-label="Papers to plan">
        {found.slice(0, most).map(paper => (
          <li key={paper.id}>{children(paper)}</li>
        ))}
      </ul>
    </div>
  )
}

const queryFor = (from: From, since: Day, today: Day): ListingQuery => {
  if (from === 'library') return { view: 'library' }
  return { view: 'days', from: from === 'today' ? today : since, to: today }
}

/** A paper as the list shows it: its title, its authors, its votes. */
export const PickedPaper = ({ paper }: { paper: ListedPaper }) => (
  <>
    <span className={styles.title}>
      <MathText>{titleOf(paper)}</MathText>
    </span>
    <span className={styles.facts}>
      <span>{signed(paper.up - paper.down)}</span>
      {paper.authors[0] !== undefined && (
        <span className={styles.authors}>
          {paper.authors[0]}
          {paper.authorCount > 1 && ' et al.'}
        </span>
      )}
    </span>
  </>
)
