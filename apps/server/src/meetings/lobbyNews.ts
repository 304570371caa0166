/**
 * Tells lobbies that what stands for their agenda has changed. It hears of votes when their rows have been written, so
 * nothing of this is on the way of a vote; and however many there are, a group is told at most once in a while.
 */
import type { Rooms } from '../sync/rooms.ts'

/** ms between two tellings of a group: what changes meanwhile is told together. */
const usualPause = 1_000
/** Records of boards that an agenda is ranked by. */
const ranking = ['votes', 'offers', 'papers']

interface Options {
  rooms: Pick<Rooms, 'onWritten' | 'tellOfStanding'>
  pause?: number
}

export interface LobbyNews {
  close(): void
}

export function startLobbyNews({ rooms, pause = usualPause }: Options): LobbyNews {
  /** Groups that were told just now, and whether there is more to tell. */
  const resting = new Map<string, { more: boolean; timer: NodeJS.Timeout }>()
  const tell = (group: string) => {
    const rest = resting.get(group)
    if (rest !== undefined) {
      rest.more = true
      return
    }
    rooms.tellOfStanding(group)
    const timer = setTimeout(() => {
      const more = resting.get(group)?.more
      resting.delete(group)
      if (more) tell(group)
    }, pause)
    timer.unref()
    resting.set(group, { more: false, timer })
  }
  const stop = rooms.onWritten((room, roots) => {
    if (room.kind === 'board' && ranking.some(root => roots.has(root))) tell(room.group)
  })
  return {
    close: () => {
      stop()
      for (const { timer } of resting.values()) clearTimeout(timer)
      resting.clear()
    },
  }
}
