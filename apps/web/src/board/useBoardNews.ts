import { useEffect } from 'react'
import { queries } from '../api.ts'
import { onBoardNews } from '../live/boardNews.ts'

/** Lists are asked for at most this often, ms: a long one is some megabytes. */
const often = 4_000

/** Keeps lists over boards as the boards are, while they are shown; other answers that go by votes are asked for with the next page. */
export const useBoardNews = (group: string) => {
  useEffect(() => {
    let askedAt = Number.NEGATIVE_INFINITY
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      timer = undefined
      askedAt = performance.now()
      for (const kind of ['listing', 'days']) void queries.invalidateQueries({ queryKey: [kind, group] })
      for (const kind of ['counts', 'trending', 'earlier', 'boards-of']) void queries.invalidateQueries({ queryKey: [kind, group], refetchType: 'none' })
    }
    const stop = onBoardNews(() => {
      timer ??= setTimeout(ask, Math.max(0, askedAt + often - performance.now()))
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [group])
}
