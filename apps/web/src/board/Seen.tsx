import type { SeenPaper } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { trendFormula } from '@paperboard/shared/ranking'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { answer, api } from '../api.ts'
import { paths } from '../routes.ts'
import { TrendIcon } from '../ui/icons.tsx'
import { tip } from '../ui/Tooltip.tsx'
import { dayNear } from './dates.ts'
import { count, signed } from './names.ts'
import { paperHref } from './nav.ts'
import styles from './Seen.module.css'

const earlierQuery = (group: string, day: Day) =>
  queryOptions({
    queryKey: ['earlier', group, day],
    queryFn: () => answer(api.groups[':group'].boards[':day'].earlier.$get({ param: { group, day } })),
    staleTime: 300_000,
  })
const trendingQuery = (group: string) =>
  queryOptions({ queryKey: ['trending', group], queryFn: () => answer(api.groups[':group'].trending.$get({ param: { group } })), staleTime: 60_000 })

const useEarlier = (group: string, day: Day, paper: string): SeenPaper | undefined => {
  const { data } = useQuery(earlierQuery(group, day))
  const byPaper = useMemo(() => new Map(data?.papers.map(seen => [seen.paper, seen])), [data])
  return byPaper.get(paper)
}

/** That a paper was on an earlier board, with what came of it there and the way to that thread. */
export function SeenEarlier({ group, day, today, paper }: { group: string; day: Day; today: Day; paper: string }) {
  const seen = useEarlier(group, day, paper)
  if (seen === undefined) return null
  const outcome = [seen.votes > 0 && `${signed(seen.net)} from ${count(seen.votes, 'vote')}`, seen.comments > 0 && count(seen.comments, 'comment')].filter(
    Boolean,
  )
  return (
    <p className={styles.seen}>
      Also on{' '}
      <Link href={paperHref(group, seen.day, paper)}>
        {dayNear(seen.day, today)}
        {outcome.length > 0 && `: ${outcome.join(', ')}`}
      </Link>
    </p>
  )
}

/** That a paper trends in the group, and why. */
export function TrendMark({ group, paper }: { group: string; paper: string }) {
  const { data } = useQuery(trendingQuery(group))
  const trend = data?.papers.find(each => each.paper === paper)
  if (trend === undefined) return null
  const why = [trend.ups > 0 && count(trend.ups, 'up-vote'), trend.comments > 0 && count(trend.comments, 'comment')].filter(Boolean).join(' and ')
  const words = `Trending: ${why} in two days. ${trendFormula}`
  return (
    <Link href={paths.recent(group)} className={styles.trend} aria-description={words} {...tip(words)}>
      <TrendIcon size={14} />
      Trending
    </Link>
  )
}
