/** Tells whoever has a list over boards open that it has changed: lists are read from the rows, which follow the documents. */
import type { Rooms } from './sync/rooms.ts'

/** Changes gather for this long, ms: each message makes every open list ask anew. */
const gather = 1_500
/** What lists show, or go by. */
const shown = ['papers', 'votes', 'comments', 'offers']

interface Options {
  rooms: Pick<Rooms, 'onWritten' | 'tellOfBoards'>
  /** ms. */
  every?: number
}

export function startBoardNews({ rooms, every = gather }: Options): { close(): void } {
  let changed = new Map<string, Set<string>>()
  let timer: NodeJS.Timeout | null = null
  const send = () => {
    const told = changed
    timer = null
    changed = new Map()
    for (const [group, days] of told) rooms.tellOfBoards(group, [...days].sort())
  }
  const stop = rooms.onWritten((room, roots) => {
    if (room.kind !== 'board' || !shown.some(root => roots.has(root))) return
    changed.set(room.group, (changed.get(room.group) ?? new Set()).add(room.day))
    timer ??= setTimeout(send, every).unref()
  })
  return {
    close: () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    },
  }
}
