import type { Paper } from '@paperboard/shared/api'
import type { Comment } from '@paperboard/shared/board'
import { useEffect, useRef } from 'react'
import { useView } from '../live/hooks.ts'
import { papers as papersView, tallies, view, viewBy } from '../live/views.ts'
import { titleOf } from '../paper/links.ts'
import { Spoken, useSpoken } from '../ui/Spoken.tsx'
import { useBoard } from './board.ts'
import { count } from './names.ts'

/** ms between announcements: what happens meanwhile is told in one sentence. */
const pause = 6_000

/** Comments by anyone but one member, by paper. */
const commentsBesides = viewBy((me: string) =>
  view(['comments'], doc => {
    const byPaper = new Map<string, number>()
    for (const [key, { paper }] of doc.getMap<Comment>('comments')) if (!key.endsWith(`:${me}`)) byPaper.set(paper, (byPaper.get(paper) ?? 0) + 1)
    return byPaper
  }),
)

/** Tells screen readers, now and then, what others did on this board. */
export function Announcer({ papers }: { papers: ReadonlyMap<string, Paper> }) {
  const { room, me } = useBoard()
  const votes = useView(room, tallies, all => [...all.values()].reduce((sum, { up, down }) => sum + [...up, ...down].filter(id => id !== me.id).length, 0))
  const comments = useView(room, commentsBesides(me.id))
  const onBoard = useView(room, papersView, all => all.length)
  const [said, say] = useSpoken()
  const now = { votes, comments, onBoard }
  const latest = useRef(now)
  latest.current = now
  const told = useRef(now)
  const title = (id: string) => {
    const paper = papers.get(id)
    return paper === undefined ? 'a paper' : titleOf(paper)
  }
  const titles = useRef(title)
  titles.current = title
  useEffect(() => {
    const timer = setInterval(() => {
      const before = told.current
      told.current = latest.current
      // The first content is what was there already.
      if (before.onBoard === 0) return
      const { votes, comments, onBoard } = latest.current
      const spoken = [...comments].filter(([id, n]) => n > (before.comments.get(id) ?? 0)).map(([id]) => `New comment on ${titles.current(id)}`)
      if (onBoard > before.onBoard) spoken.push(`${count(onBoard - before.onBoard, 'paper')} added`)
      if (votes > before.votes) spoken.push(count(votes - before.votes, 'new vote'))
      if (spoken.length > 0) say(`${spoken.slice(0, 3).join('. ')}.`)
    }, pause)
    return () => clearInterval(timer)
  }, [say])
  return <Spoken said={said} />
}
