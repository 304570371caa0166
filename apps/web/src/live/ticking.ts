import { noteOf } from '@paperboard/shared/notes'
import { tick } from '@paperboard/shared/tasks'
import type { LiveRoom } from './LiveRoom.ts'

/** Ticks a box of a note that is read, or takes the tick away. */
export const tickIn = ({ doc }: LiveRoom, note: string, box: { nth: number; done: boolean }) => tick(noteOf(doc, note), box)
