/**
 * Tells whoever shows what is made of boards that it has changed: lists over boards, and lobbies what stands for their agenda.
 * It hears of a change when its rows have been written, so nothing of this is on the way of a vote.
 */
import { createGathering } from './gathering.ts'
import type { Rooms } from './sync/rooms.ts'

/** How often a group is told, ms: each message makes every open list, or lobby, ask anew. */
const usual = { lists: 1_500, lobbies: 1_000 }
/** What lists show, or go by. */
const shown = ['papers', 'votes', 'comments', 'offers']
/** What an agenda is ranked by. */
const ranking = ['votes', 'offers', 'papers']

interface Options {
  rooms: Pick<Rooms, 'onWritten' | 'tell'>
  times?: Partial<typeof usual>
}

export function startBoardNews({ rooms, times }: Options): { close(): void } {
  const every = { ...usual, ...times }
  const lists = createGathering<string>({
    every: every.lists,
    atOnce: false,
    tell: (group, days) => rooms.tell({ kind: 'boards', group, days: [...days].sort() }),
  })
  const lobbies = createGathering<string>({ every: every.lobbies, atOnce: true, tell: group => rooms.tell({ kind: 'standing', group }) })
  const stop = rooms.onWritten((room, roots) => {
    if (room.kind !== 'board') return
    if (shown.some(root => roots.has(root))) lists.note(room.group, room.day)
    if (ranking.some(root => roots.has(root))) lobbies.note(room.group, room.day)
  })
  return {
    close: () => {
      stop()
      lists.close()
      lobbies.close()
    },
  }
}
