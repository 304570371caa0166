import type { BoardDay, ExportOf } from '@paperboard/shared/api'
import { addDays, Day, daysIn, monthOf, type Span, weekOf } from '@paperboard/shared/days'
import { recentFormula } from '@paperboard/shared/ranking'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Link } from 'wouter'
import { daysQuery, sentenceOf } from '../api.ts'
import { ExportButton, ListingOf } from '../lists/ListingOf.tsx'
import { listOrders } from '../lists/listing.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { ForGroup } from '../search/ForGroup.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { CommentIcon } from '../ui/icons.tsx'
import { useTitle } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { EmptyState, ErrorState, SkeletonText } from '../ui/states.tsx'
import headerStyles from './BoardHeader.module.css'
import { useGroupView } from './board.ts'
import { Connection } from './Connection.tsx'
import { dayNear, monthName, weekdayOf, weekName } from './dates.ts'
import { GroupFrame } from './GroupFrame.tsx'
import { count, signed } from './names.ts'
import { paperHref } from './nav.ts'
import { Presence } from './Presence.tsx'
import paperStyles from './paper.module.css'
import { type Reach, SpanNav, useDayKeys } from './SpanNav.tsx'
import styles from './SpanPage.module.css'

type Kind = 'week' | 'month'
/** Papers of one day to show before "and more": the best voted. */
const shownPapers: Record<Kind, number> = { week: 8, month: 4 }
/** Without a meeting on record, what is since the last one is what is of a week. */
const usualReach = 7

interface SpanPageProps {
  group: string
  span: Kind | 'since' | 'recent'
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

/** What came to the boards since a day. */
function Since({ day }: { day: Day | undefined }) {
  const { group } = useGroupView()
  const from = day ?? addDays(group.today, -usualReach)
  const query = useMemo(() => ({ view: 'days', from, to: group.today }) as const, [from, group.today])
  return (
    <SpanFrame
      span="since"
      day={from}
      title={`Since ${dayNear(from, group.today)}`}
      lead={day === undefined ? `The last ${usualReach} days. Choose another day by the calendar.` : 'All boards from that day on.'}
      papers={{ of: 'days', from, to: group.today }}
    >
      <ListingOf query={query} orders={sinceOrders} empty={nothingOnBoards} />
    </SpanFrame>
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

function SpanOfGroup({ day, span }: { day: Day; span: Kind }) {
  const { group } = useGroupView()
  const bounds = span === 'week' ? weekOf(day) : monthOf(day)
  const { from, to } = bounds
  const { data, error, refetch } = useQuery(daysQuery(group.id, from, to))
  const query = useMemo(() => ({ view: 'days', from, to }) as const, [from, to])
  const title = span === 'week' ? weekName(bounds) : monthName(day)
  useDayKeys(span, group, day)
  const overview =
    data !== undefined ? (
      <Days data={data} bounds={bounds} span={span} />
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
  [
    count(
      sum(days, () => 1),
      'paper',
    ),
    count(
      sum(days, ({ votes }) => votes),
      'vote',
    ),
    count(
      sum(days, ({ comments }) => comments),
      'comment',
    ),
  ].join(' · ')

function Days({ data, bounds, span }: { data: readonly BoardDay[]; bounds: Span; span: Kind }) {
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
  const best = papers.toSorted((a, b) => b.net - a.net || b.comments - a.comments).slice(0, shown)
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
