/**
 * Which papers I have opened: what is not among them is unread. Told to the server, so that it is the same on every device;
 * what is opened without a connection waits in this browser.
 */
import type { OpenedPapers } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { answer, api, queries } from '../api.ts'
import { readItem, writeItem } from '../live/storage.ts'

const openedQuery = (group: string) =>
  queryOptions({ queryKey: ['opened', group], queryFn: () => answer(api.groups[':group'].opened.$get({ param: { group } })), staleTime: 60_000 })

const waitingKey = (group: string, me: string) => `paperboard:opened:${me}:${group}`
const waiting = (group: string, me: string): string[] => (readItem(waitingKey(group, me)) ?? '').split(' ').filter(id => id !== '')

/** Null until it is known: then nothing is called unread. */
export const useOpened = (group: string, me: string): ReadonlySet<string> | null => {
  const { data } = useQuery(openedQuery(group))
  return useMemo(() => (data === undefined ? null : new Set([...data.papers, ...waiting(group, me)])), [data, group, me])
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
  const left = waiting(group, me).filter(id => !papers.includes(id))
  writeItem(waitingKey(group, me), left.length === 0 ? null : left.join(' '))
  if (left.length > 0) await send(group, me)
}

/** Notes that the paper is open before me; null for none. */
export const useMarkOpened = (group: string, me: string, paper: string | null): void => {
  useEffect(() => {
    if (paper !== null) {
      const known = queries.getQueryData<OpenedPapers>(['opened', group])
      if (known?.papers.includes(paper)) return
      if (known !== undefined) queries.setQueryData<OpenedPapers>(['opened', group], { papers: [paper, ...known.papers] })
      writeItem(waitingKey(group, me), [...new Set([...waiting(group, me), paper])].join(' '))
    }
    void send(group, me)
  }, [group, me, paper])
}
