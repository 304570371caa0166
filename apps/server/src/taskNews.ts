/** Tells members of a group that what its meetings leave them to do has changed, once that is in its rows. */
import { createGathering } from './gathering.ts'
import type { Rooms } from './sync/rooms.ts'

/** How often a group is told at most, ms: each message makes its members ask anew. */
const usual = 1_000

export function startTaskNews({ rooms, every = usual }: { rooms: Pick<Rooms, 'onWritten' | 'tell'>; every?: number }): { close(): void } {
  const news = createGathering<string>({ every, atOnce: true, tell: group => rooms.tell({ kind: 'tasks', group }) })
  const stop = rooms.onWritten((room, roots) => {
    if (room.kind === 'meeting' && roots.has('actions')) news.note(room.group, room.meeting)
  })
  return {
    close: () => {
      stop()
      news.close()
    },
  }
}
