import type { BoardDay, ExportOf } from '@paperboard/shared/api'
import { addDays, Day, monthOf, weekOf } from '@paperboard/shared/days'
import type { LastMet } from '@paperboard/shared/lastMet'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { recentFormula } from '@paperboard/shared/ranking'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Link } from 'wouter'
import { daysQuery, sentenceOf } from '../api.ts'
import { ExportButton, ListingOf } from '../lists/ListingOf.tsx'
import { listOrders } from '../lists/listing.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { paths } from '../routes.ts'
import { ForGroup } from '../search/ForGroup.tsx'
import { useTitle } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { ErrorState, SkeletonText } from '../ui/states.tsx'
import headerStyles from './BoardHeader.module.css'
import { useGroupView } from './board.ts'
import { Connection } from './Connection.tsx'
import { dayBrief, dayNear, monthName, weekName } from './dates.ts'
import { GroupFrame } from './GroupFrame.tsx'
import { count } from './names.ts'
import { Presence } from './Presence.tsx'
import { SpanDays, type SpanOfDays } from './SpanDays.tsx'
import { type Reach, SpanNav, useDayKeys } from './SpanNav.tsx'
import styles from './SpanPage.module.css'
import { useLastMet } from './useLastMet.ts'

/** Days back, where the group has not met yet. */
const usualReach = 7

interface SpanPageProps {
  group: string
  span: SpanOfDays | 'since' | 'recent'
  /** A day of the week or month, or the one since which; where none is named, the last meeting. */
  day?: string
}

/** The boards of a week or a month, each with what was liked and discussed most; what came since a day; what was liked of late. */
export default function SpanPage({ group, day, span }: SpanPageProps) {
  if (day !== undefined && !Day.safeParse(day).success) return <NotFoundPage title="There is no such day">A day is written 2026-11-24.</NotFoundPage>
  return (
    <GroupFrame group={group}>
      {span === 'recent' ? <Recent /> : span === 'since' ? <Since day={day} /> : <SpanOfGroup day={day ?? ''} span={span} />}
    </GroupFrame>
  )
}

/** The frame of each: the way through time, a headline, and the list. */
function SpanFrame({
  span,
  day,
  title,
  lead,
  papers,
  children,
}: {
  span: Reach
  day: Day
  title: string
  lead: ReactNode
  papers?: ExportOf
  children: ReactNode
}) {
  const { group, groupRoom } = useGroupView()
  useTitle(`${title} · ${group.name}`)
  return (
    <div className={styles.page}>
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      <header className={headerStyles.header}>
        <SpanNav group={group.id} day={day} today={group.today} span={span} />
        <h1 className={headerStyles.day}>{title}</h1>
        <p className={headerStyles.counts}>{lead}</p>
        {papers !== undefined && <ExportButton papers={papers} what={title} />}
      </header>
      {children}
    </div>
  )
}

const nothingOnBoards = 'Papers that are put on a day’s board appear here with their votes.'

/** What came to the boards since a day; where none is named, since the group met last. */
function Since({ day }: { day: Day | undefined }) {
  const { group } = useGroupView()
  const met = useLastMet()
  const from = day ?? (met === undefined ? null : (met?.day ?? addDays(group.today, -usualReach)))
  const query = useMemo(() => (from === null ? null : ({ view: 'days', from, to: group.today } as const)), [from, group.today])
  if (from === null || query === null) return <SkeletonText lines={8} label="Looking when the group met last" />
  return (
    <SpanFrame
      span="since"
      day={from}
      title={`Since ${day === undefined && met ? 'the last meeting' : dayNear(from, group.today)}`}
      lead={day === undefined ? <SinceMet met={met ?? null} /> : 'All boards from that day on.'}
      papers={{ of: 'days', from, to: group.today }}
    >
      <ListingOf query={query} orders={sinceOrders} empty={nothingOnBoards} />
    </SpanFrame>
  )
}

/** When that was, and how to look further. */
function SinceMet({ met }: { met: LastMet<MeetingSummary> | null }) {
  const { group } = useGroupView()
  if (met === null) return <>The last {usualReach} days: no meeting was held yet. Choose another day by the calendar.</>
  const { day, meeting } = met
  return (
    <>
      All boards since{' '}
      {meeting === null ? (
        <Link href={paths.plan(group.id)}>the session</Link>
      ) : (
        <Link href={paths.meeting(group.id, meeting.id)}>{meeting.title === '' ? 'the meeting' : meeting.title}</Link>
      )}{' '}
      of {dayBrief(day)}. Choose another day by the calendar.
    </>
  )
}
const sinceOrders = ['votes', 'boards', 'recent', 'discussed', 'active', 'title'] as const

/** What the group likes of late, whenever it came to a board. */
function Recent() {
  const { group } = useGroupView()
  return (
    <SpanFrame span="recent" day={group.today} title="Top recent" lead={recentFormula}>
      <ForGroup />
      <ListingOf query={recentQuery} orders={recentOrders} empty="Papers appear here once somebody votes for them." />
    </SpanFrame>
  )
}
const recentQuery = { view: 'recent' } as const
const recentOrders = ['recent', 'votes', 'boards', 'discussed', 'active', 'title'] as const

function SpanOfGroup({ day, span }: { day: Day; span: SpanOfDays }) {
  const { group } = useGroupView()
  const bounds = span === 'week' ? weekOf(day) : monthOf(day)
  const { from, to } = bounds
  const { data, error, refetch } = useQuery(daysQuery(group.id, from, to))
  const query = useMemo(() => ({ view: 'days', from, to }) as const, [from, to])
  const title = span === 'week' ? weekName(bounds) : monthName(day)
  useDayKeys(span, group, day)
  const overview =
    data !== undefined ? (
      <SpanDays data={data} bounds={bounds} span={span} />
    ) : error === null ? (
      <SkeletonText lines={6} label={`Loading ${title}`} />
    ) : (
      <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
    )
  const isEmpty = data?.every(({ papers }) => papers.length === 0) === true
  return (
    <SpanFrame span={span} day={day} title={title} lead={data === undefined ? '\u00a0' : countsOf(data)} papers={{ of: 'days', from, to }}>
      {isEmpty ? overview : <ListingOf query={query} orders={listOrders} overview={overview} empty={nothingOnBoards} />}
    </SpanFrame>
  )
}

const sum = (days: readonly BoardDay[], of: (paper: BoardDay['papers'][number]) => number) =>
  days.reduce((all, { papers }) => all + papers.reduce((n, paper) => n + of(paper), 0), 0)
const countsOf = (days: readonly BoardDay[]) =>
  (
    [
      [sum(days, () => 1), 'paper'],
      [sum(days, ({ votes }) => votes), 'vote'],
      [sum(days, ({ comments }) => comments), 'comment'],
    ] as const
  )
    .filter(([n, one]) => n > 0 || one === 'paper')
    .map(([n, one]) => count(n, one))
    .join(' · ')
