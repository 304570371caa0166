import type { NoteCursor } from '@paperboard/shared/awareness'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { sameList } from '../../board/shown.ts'
import type { LiveRoom } from '../../live/LiveRoom.ts'

type Note = NoteCursor['note']

/** Members other than me who have their cursor in a note, by id. */
export const useWriters = ({ presence, member }: LiveRoom, note: Note): readonly string[] => {
  const last = useRef<readonly string[]>([])
  const read = useCallback(() => {
    const now = [...new Set([...presence.cursors(note).values()].map(writer => writer.member))].filter(writer => writer !== member).sort()
    if (!sameList(last.current, now)) last.current = now
    return last.current
  }, [presence, member, note])
  return useSyncExternalStore(presence.subscribe, read)
}
