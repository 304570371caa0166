/** A note of a room for an editor: its text, what was undone, and where all who write in it are. */
import type { NoteCursor } from '@paperboard/shared/awareness'
import { noteOf } from '@paperboard/shared/notes'
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from 'y-codemirror.next'
import * as Y from 'yjs'
import type { LiveRoom } from './LiveRoom.ts'

type Spot = NoteCursor['anchor']

/** Somebody else who writes in the note; places are counted in UTF-16 units. */
export interface Writer {
  client: number
  member: string
  anchor: number
  head: number
}

/** The document that a room has now: a refusal replaces it, and then the editor is to begin anew. */
export const openNote = ({ doc, presence }: LiveRoom, note: string) => {
  const text = noteOf(doc, note)
  // Only what was done in this window is undone.
  const undoManager = new Y.UndoManager(text)
  return {
    content: text.toString(),
    /** Keeps an editor and the text the same. Its cursors are ours: awareness names members by their ids alone. */
    sync: yCollab(text, null, { undoManager }),
    undoKeys: yUndoManagerKeymap,
    undo: () => void undoManager.undo(),
    redo: () => void undoManager.redo(),
    close: () => undoManager.destroy(),
    writers: (): Writer[] =>
      [...presence.cursors(note)].flatMap(([client, { member, cursor }]) => {
        const [anchor, head] = [placeOf(text, cursor.anchor), placeOf(text, cursor.head)]
        return anchor === null || head === null ? [] : [{ client, member, anchor, head }]
      }),
    onWriters: presence.subscribe,
    /** Tells the others where one writes; null for nowhere. */
    point: (at: { anchor: number; head: number } | null) =>
      presence.point(at === null ? null : { note, anchor: spotAt(text, at.anchor), head: spotAt(text, at.head) }),
  }
}
export type OpenNote = ReturnType<typeof openNote>

/** Whether a change of the editor came from the text, and must be taken as it is. */
export const isFromText = (transaction: { annotation: (type: typeof ySyncAnnotation) => unknown }) => transaction.annotation(ySyncAnnotation) !== undefined

const spotAt = (text: Y.Text, index: number): Spot => {
  const atEnd = index >= text.length
  if (atEnd && text.length === 0) return null
  const { item } = Y.createRelativePositionFromTypeIndex(text, Math.min(index, text.length), atEnd ? -1 : 0)
  return item === null ? null : { client: item.client, clock: item.clock, ...(atEnd ? { after: true as const } : {}) }
}

const placeOf = (text: Y.Text, spot: Spot): number | null => {
  if (spot === null) return text.length
  if (text.doc === null) return null
  const place = Y.createAbsolutePositionFromRelativePosition(
    new Y.RelativePosition(null, null, Y.createID(spot.client, spot.clock), spot.after === true ? -1 : 0),
    text.doc,
  )
  return place?.type === text ? place.index : null
}
