import type { BoardDay } from '@paperboard/shared/api'
import { Day, daysIn, monthOf, weekOf } from '@paperboard/shared/days'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { daysQuery, sentenceOf } from '../api.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { paths } from '../routes.ts'
import { Page } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { ErrorState, SkeletonText } from '../ui/states.tsx'
import { useGroupView } from './board.ts'
import { Connection } from './Connection.tsx'
import { dateOf, dayBrief, dayLong, monthName } from './dates.ts'
import { GroupFrame } from './GroupFrame.tsx'
import { count, signed } from './names.ts'
import { paperHref } from './nav.ts'
import { Presence } from './Presence.tsx'
import { SpanNav } from './SpanNav.tsx'
import styles from './SpanPage.module.css'

type WeekOrMonth = 'week' | 'month'

/** The boards of a week or a month, day by day, around one of its days. */
export default function SpanPage({ group, span, day }: { group: string; span: WeekOrMonth; day: string }) {
  if (!Day.safeParse(day).success) return <NotFoundPage title="There is no such day">A day is written 2026-11-24.</NotFoundPage>
  return (
    <GroupFrame group={group}>
      <DaysAround span={span} day={day} />
    </GroupFrame>
  )
}

function DaysAround({ span, day }: { span: WeekOrMonth; day: Day }) {
  const { group, groupRoom } = useGroupView()
  const { from, to } = span === 'week' ? weekOf(day) : monthOf(day)
  const { data, error, refetch } = useQuery(daysQuery(group.id, from, to))
  return (
    <Page
      title={span === 'week' ? `${dayBrief(from)} to ${dateOf(to)}` : monthName(day)}
      lead={data && totals(data)}
      width="read"
      actions={<SpanNav group={group.id} day={day} today={group.today} span={span} />}
    >
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      {data !== undefined ? (
        <Days all={daysIn({ from, to })} boards={data} />
      ) : error === null ? (
        <SkeletonText lines={8} label="Loading the boards" />
      ) : (
        <ErrorState title="These boards could not be loaded" onRetry={() => void refetch()}>
          {sentenceOf(error)}
        </ErrorState>
      )}
    </Page>
  )
}

const totals = (boards: readonly BoardDay[]) => {
  const papers = boards.flatMap(board => board.papers)
  if (papers.length === 0) return 'No papers yet'
  const comments = papers.reduce((sum, paper) => sum + paper.comments, 0)
  return [count(papers.length, 'paper'), comments > 0 && count(comments, 'comment')].filter(Boolean).join(' · ')
}

function Days({ all, boards }: { all: readonly Day[]; boards: readonly BoardDay[] }) {
  const { group } = useGroupView()
  const byDay = new Map(boards.map(board => [board.day, board.papers]))
  return (
    <ol className={styles.days}>
      {all.map(day => {
        const papers = byDay.get(day) ?? []
        return (
          <li key={day} className={styles.day} data-empty={papers.length === 0 || undefined} data-today={day === group.today || undefined}>
            <h2 className={styles.name}>
              <Link href={paths.board(group.id, day)} aria-label={papers.length === 0 ? `${dayLong(day)}, no papers` : dayLong(day)}>
                {dayBrief(day)}
              </Link>
              {day === group.today && <span className={styles.today}>today</span>}
            </h2>
            {papers.length > 0 && <Papers day={day} papers={papers} />}
          </li>
        )
      })}
    </ol>
  )
}

function Papers({ day, papers }: BoardDay) {
  const { group } = useGroupView()
  return (
    <ul className={styles.papers}>
      {papers.map(({ paper, net, votes, comments }) => (
        <li key={paper.id} className={styles.paper}>
          <span className={styles.net} data-sign={Math.sign(net)} title={count(votes, 'vote')}>
            {votes > 0 && (
              <>
                {signed(net)}
                <span className="visually-hidden"> net of {count(votes, 'vote')}</span>
              </>
            )}
          </span>
          <Link className={styles.title} href={paperHref(group.id, day, paper.id)}>
            {paper.title ?? paper.arxivId ?? paper.doi ?? 'A paper without a title yet'}
          </Link>
          {comments > 0 && <span className={styles.comments}>{count(comments, 'comment')}</span>}
        </li>
      ))}
    </ul>
  )
}
