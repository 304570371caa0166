import { stepsOf } from '@paperboard/shared/planHistory'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answer, api, sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { ago, dayNear, timeLong, useNow } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState, SkeletonText } from '../../ui/states.tsx'
import styles from './HistoryDialog.module.css'
import { short } from './planActs.ts'
import { titleIn, usePlan, usePlanPapers } from './usePlan.ts'

/** How often it is asked for while it is open, ms. */
const again = 5_000

/** Who changed what in the plan, and when. */
export default function HistoryDialog({ onClose }: { onClose: () => void }) {
  const view = useGroupView()
  const { group, me, nameOf } = view
  const sessions = usePlan()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['plan-changes', group.id],
    queryFn: ({ pageParam }) =>
      answer(api.groups[':group'].plan.changes.$get({ param: { group: group.id }, query: pageParam === null ? {} : { before: String(pageParam) } })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ changes, more }) => (more ? (changes.at(-1)?.at ?? null) : null),
    staleTime: 0,
    // What others change meanwhile is told, too.
    refetchInterval: again,
  })
  const changes = useMemo(() => data?.pages.flatMap(page => page.changes) ?? [], [data])
  const papers = usePlanPapers(
    group.id,
    changes.flatMap(({ root, key, before, after }) => {
      const named = root === 'sessionPapers' ? key.slice(key.lastIndexOf(':') + 1) : (after?.paper ?? before?.paper)
      return typeof named === 'string' ? [named] : []
    }),
  )
  const steps = useMemo(
    () =>
      stepsOf(changes, {
        nameOf: member => (member === me.id ? 'you' : nameOf(member)),
        titleOf: paper => `“${short(titleIn(papers, paper))}”`,
        dayOf: day => dayNear(day, group.today),
        sessionDay: session => sessions.find(({ key }) => key === session)?.day ?? null,
      }),
    [changes, papers, sessions, group.today, me.id, nameOf],
  )
  const now = useNow()
  return (
    <Dialog title="History of the plan" lead="What was changed in sessions, their papers and their people, the latest first." onClose={onClose}>
      {data === undefined && error === null && <SkeletonText lines={5} label="Loading the history" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data !== undefined && steps.length === 0 && <p className={styles.none}>Nothing has been changed since the history is kept.</p>}
      <ol className={styles.list}>
        {steps.map(({ id, by, at, says }) => (
          <li key={id} className={styles.step}>
            {by !== null && by !== 'server' && <Avatar id={by} name={nameOf(by)} size="small" />}
            <p className={styles.words}>
              <strong>{by === null ? 'Somebody' : by === 'server' ? 'Paperboard' : by === me.id ? 'You' : nameOf(by)}</strong> <MathText>{says}</MathText>{' '}
              <time className={styles.when} dateTime={new Date(at).toISOString()} title={timeLong(at)}>
                {ago(at, now)}
              </time>
            </p>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="quiet" size="small" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Earlier changes
        </Button>
      )}
    </Dialog>
  )
}
