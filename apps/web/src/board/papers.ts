import type { Paper } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { useEffect, useMemo } from 'react'
import { useBoardPapers } from '../api.ts'
import { useView } from '../live/hooks.ts'
import type { LiveRoom } from '../live/LiveRoom.ts'
import { papers as papersView } from '../live/views.ts'
import { fold } from '../paper/words.ts'

/** How often a board is asked for again while one of its papers is being looked up, ms. */
const lookAgain = 30_000

const none: ReadonlyMap<string, Paper> = new Map()

/**
 * The metadata of a board's papers by id. The board's document holds ids alone: when one appears that is not known yet,
 * they are asked for again.
 */
export const usePapers = ({ group, day, room }: { group: string; day: Day; room: LiveRoom }) => {
  const { data, error, isFetching, refetch } = useBoardPapers(group, day)
  const onBoard = useView(room, papersView)
  const known = useMemo(() => (data === undefined ? none : new Map(data.map(paper => [paper.id, paper]))), [data])
  const unknown = onBoard.filter(({ id }) => !known.has(id)).length
  useEffect(() => {
    if (unknown > 0) void refetch()
  }, [unknown, refetch])
  // What is being looked up is told when it arrives; this is for when that was not heard.
  const waits = data?.some(({ note }) => note?.lookup !== undefined && note.lookup.state !== 'missing') ?? false
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => void refetch(), lookAgain)
    return () => clearInterval(timer)
  }, [waits, refetch])
  return { papers: known, error, isFetching, refetch }
}

const folded = new WeakMap<Paper, string>()

/** What a filter looks through, without accents and case; kept, since a filter reads it with each letter typed. */
export const searchable = (paper: Paper): string => {
  let text = folded.get(paper)
  if (text === undefined) {
    text = fold([paper.title ?? '', paper.authors.join(' '), paper.arxivId ?? '', paper.doi ?? '', paper.abstract].join(' \n '))
    folded.set(paper, text)
  }
  return text
}
