/**
 * Which papers I have opened, and when last: what is not among them is unread, and what others wrote since is new. Told
 * to the server, so that it is the same on every device; what is opened without a connection waits in this browser.
 */
import type { OpenedPapers } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { answer, api, queries } from '../api.ts'
import { serverNow } from '../live/clock.ts'
import { readItem, writeItem } from '../live/storage.ts'

/** Papers, and when each was opened last. */
export type Opened = ReadonlyMap<string, number>

const openedQuery = (group: string) =>
  queryOptions({ queryKey: ['opened', group], queryFn: () => answer(api.groups[':group'].opened.$get({ param: { group } })), staleTime: 60_000 })

const waitingKey = (group: string, me: string) => `paperboard:opened:${me}:${group}`
/** Kept as "paper:time paper:time". */
const waiting = (group: string, me: string): OpenedPapers['papers'] =>
  (readItem(waitingKey(group, me)) ?? '').split(' ').flatMap(each => {
    const [paper = '', at = '0'] = each.split(':')
    return paper === '' ? [] : { paper, at: Number(at) }
  })
const setWaiting = (group: string, me: string, papers: OpenedPapers['papers']) =>
  writeItem(waitingKey(group, me), papers.length === 0 ? null : papers.map(({ paper, at }) => `${paper}:${at}`).join(' '))

/** Null until it is known: then nothing is called unread. */
export const useOpened = (group: string, me: string): Opened | null => {
  const { data } = useQuery(openedQuery(group))
  return useMemo(() => {
    if (data === undefined) return null
    const opened = new Map(data.papers.map(({ paper, at }) => [paper, at]))
    for (const { paper, at } of waiting(group, me)) opened.set(paper, Math.max(at, opened.get(paper) ?? 0))
    return opened
  }, [data, group, me])
}

const send = async (group: string, me: string) => {
  const papers = waiting(group, me).slice(0, limits.openedAtOnce)
  if (papers.length === 0) return
  try {
    await answer(api.groups[':group'].opened.$post({ param: { group }, json: { papers } }))
  } catch {
    // It stays waiting, for the next paper that is opened or the next visit.
    return
  }
  const left = waiting(group, me).filter(({ paper, at }) => !papers.some(sent => sent.paper === paper && sent.at === at))
  setWaiting(group, me, left)
  if (left.length > 0) await send(group, me)
}

/** Whether the window is before somebody's eyes. */
const useInSight = () => useSyncExternalStore(subscribeSight, () => document.visibilityState === 'visible')
const subscribeSight = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/** Notes that the paper is open before me; null for none. `saidAt`: when something was last said about it, which I see too. */
export const useMarkOpened = (group: string, me: string, paper: string | null, saidAt = 0): void => {
  const inSight = useInSight()
  // What is marked before it is known what was new would never be new.
  const asking = useQuery(openedQuery(group)).isPending
  useEffect(() => {
    if (asking) return
    if (paper !== null && inSight) {
      const known = queries.getQueryData<OpenedPapers>(['opened', group])
      const before = known?.papers.find(each => each.paper === paper)
      if (before !== undefined && before.at >= saidAt) return
      // Clocks differ: what is seen is never new, whatever the clock of who wrote it said.
      const now = { paper, at: Math.max(serverNow(), saidAt) }
      if (known !== undefined) queries.setQueryData<OpenedPapers>(['opened', group], { papers: [now, ...known.papers.filter(each => each !== before)] })
      setWaiting(group, me, [...waiting(group, me).filter(each => each.paper !== paper), now])
    }
    void send(group, me)
  }, [group, me, paper, saidAt, inSight, asking])
}
