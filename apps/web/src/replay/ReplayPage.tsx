import { Day } from '@paperboard/shared/days'
import { stateAfter } from '@paperboard/shared/history'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { Link, useSearch } from 'wouter'
import { sentenceOf } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { dateAt, dayLong } from '../board/dates.ts'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { meetingsQuery } from '../meeting/floor/meetings.ts'
import { titleOf as titleOfMeeting } from '../meeting/titleOf.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { titleOf as titleOfPaper } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { Page } from '../ui/Page.tsx'
import { EmptyState, ErrorState, Notice, SkeletonText } from '../ui/states.tsx'
import { BoardThen } from './BoardThen.tsx'
import { MeetingThen } from './MeetingThen.tsx'
import styles from './ReplayPage.module.css'
import { type Of, useHistory, usePapers } from './replay.ts'
import { papersIn, type Step, stepsOf } from './steps.ts'
import { Timeline } from './Timeline.tsx'

/** How a board or a meeting came about, moment by moment. */
export default function ReplayPage({ group, of }: { group: string; of: Of }) {
  // Asked here, since whatever knows of days is no part of the first visit.
  if (of.kind === 'board' && !Day.safeParse(of.day).success) return <NotFoundPage />
  return (
    <GroupFrame group={group}>
      <Replay of={of} />
    </GroupFrame>
  )
}

const cuts = {
  'beginning-gone': 'How this came about is kept for a year. What is older stands as it ended.',
  'too-much': 'More happened here than can be gone through at once: this ends before now.',
}

function Replay({ of }: { of: Of }) {
  const { group, nameOf } = useGroupView()
  const { data: history, error, refetch } = useHistory(group.id, of)
  const ids = useMemo(() => (history === undefined ? [] : papersIn(history)), [history])
  const papers = usePapers(group.id, ids)
  const { data: meetings } = useQuery({ ...meetingsQuery(group.id), enabled: of.kind === 'meeting' })
  const names = useMemo(
    () => ({
      nameOf,
      titleOf: (paper: string) => {
        const found = papers.get(paper)
        return found === undefined ? 'a paper' : titleOfPaper(found)
      },
    }),
    [nameOf, papers],
  )
  const steps = useMemo(() => (history === undefined ? [] : stepsOf(history, names)), [history, names])
  const meeting = of.kind === 'meeting' ? meetings?.find(({ id }) => id === of.meeting) : undefined
  const what = of.kind === 'board' ? `Board of ${dayLong(of.day)}` : meeting === undefined ? 'Meeting' : titleOfMeeting(meeting)
  const back = of.kind === 'board' ? paths.board(group.id, of.day) : paths.meeting(group.id, of.meeting)
  return (
    <Page
      title={`How it came about: ${what}`}
      width="page"
      lead={
        <>
          Every change, as it was stored. <Link href={back}>Back to {of.kind === 'board' ? 'the board' : 'the meeting'}</Link>
        </>
      }
    >
      {history === undefined && error === null && <SkeletonText lines={6} label="Loading what happened" />}
      {history === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {history !== undefined && history.cut !== null && <Notice>{cuts[history.cut]}</Notice>}
      {history !== undefined && steps.length === 0 && history.cut !== 'beginning-gone' && (
        <EmptyState title="Nothing has happened yet">Votes, comments and notes appear here in the order in which they came.</EmptyState>
      )}
      {history !== undefined && steps.length > 0 && <Steps history={history} steps={steps} of={of} names={names} />}
    </Page>
  )
}

interface StepsProps {
  history: NonNullable<ReturnType<typeof useHistory>['data']>
  steps: readonly Step[]
  of: Of
  names: { nameOf: (member: string) => string; titleOf: (paper: string) => string }
}

/** Sentences that are told of one step at most; the rest is counted. */
const most = 12

function Steps({ history, steps, of, names }: StepsProps) {
  const from = Number(new URLSearchParams(useSearch()).get('at'))
  const [chosen, setChosen] = useState(() =>
    from > 0
      ? Math.max(
          0,
          steps.findLastIndex(({ at }) => at <= from),
        )
      : 0,
  )
  const now = Math.min(chosen, steps.length - 1)
  const step = steps[now]
  const go = useCallback(
    (to: number) => {
      setChosen(to)
      // So that a link to this moment can be sent, and a reload comes back to it.
      const { at } = steps[to] ?? {}
      if (at !== undefined) window.history.replaceState(window.history.state, '', `?at=${at}`)
    },
    [steps],
  )
  const upTo = step?.upTo ?? 0
  const state = useMemo(() => stateAfter(history, upTo), [history, upTo])
  const Then = of.kind === 'board' ? BoardThen : MeetingThen
  const before = steps[now - 1]
  return (
    <>
      <Timeline steps={steps} now={now} onGo={go} />
      <div className={styles.moment}>
        <section className={styles.said} aria-label="What changed here">
          <h2>What changed here</h2>
          <ul>
            {step?.said.slice(0, most).map(sentence => (
              <li key={sentence}>
                <MathText>{sentence}</MathText>
              </li>
            ))}
          </ul>
          {step !== undefined && step.said.length > most && <p className={styles.more}>and {step.said.length - most} more</p>}
          {step !== undefined && before !== undefined && dateAt(step.at) !== dateAt(before.at) && <p className={styles.more}>{dateAt(step.at)}</p>}
        </section>
        <section className={styles.then} aria-label="As it stood then">
          <Then state={state} at={step?.at ?? 0} changed={step?.changed ?? new Set()} {...names} />
        </section>
      </div>
    </>
  )
}
