import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { isCode } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { Button } from '../ui/Button.tsx'
import { AwaitedSuggestions } from './AwaitedSuggestions.tsx'
import { relatedQuery } from './asking.ts'
import { SuggestedPaper } from './SuggestedPaper.tsx'
import styles from './Suggestions.module.css'
import { useLastError } from './useLastError.ts'

/** Papers in sight before "Show more". */
const atFirst = 4

/** Papers of the group near this one, and why. They are asked for once one has read as far. */
export function Related({ paper, heading: Heading }: { paper: string; heading: 'h2' | 'h3' }) {
  const { group } = useGroupView()
  const section = useRef<HTMLElement>(null)
  const seen = useSeen(section)
  const { data, error, refetch } = useQuery({ ...relatedQuery(group.id, paper), enabled: seen })
  const failed = useLastError(paper, { data, error })
  const [all, setAll] = useState(false)
  const id = useId()
  const papers = data?.papers ?? []
  // Taken off its board meanwhile: it has no place among the group's papers.
  if (isCode(error, 'not-found')) return null
  const shown = all ? papers : papers.slice(0, atFirst)
  return (
    <section ref={section} className={styles.related} aria-labelledby={id}>
      <Heading id={id} className={styles.heading}>
        Related papers
      </Heading>
      {data !== undefined ? (
        papers.length === 0 && <p className={styles.none}>No other paper of the group is near this one.</p>
      ) : (
        <AwaitedSuggestions error={failed} label="Looking for related papers" onRetry={() => void refetch()} />
      )}
      {shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map(({ paper, why }) => (
            <SuggestedPaper key={paper.id} paper={paper}>
              {why}
            </SuggestedPaper>
          ))}
        </ul>
      )}
      {papers.length > shown.length && (
        <Button variant="quiet" size="small" onClick={() => setAll(true)}>
          Show {papers.length - shown.length} more
        </Button>
      )}
    </section>
  )
}

/** Whether an element was on the screen, or nearly. */
const useSeen = (element: RefObject<HTMLElement | null>): boolean => {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (seen || element.current === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: '200px' })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [seen, element])
  return seen
}
