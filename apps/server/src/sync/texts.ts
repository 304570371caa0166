/** Texts of a document: a `Y.Text` each, at its root, under the name of its place. They hold plain characters alone. */
import * as Y from 'yjs'
import type { Incoming } from './incoming.ts'
import { idOf, type Place, placeOf, structAt, textPlace } from './structs.ts'

/** Whether a struct puts plain characters into a text, or only says that some were there. */
export const isText = (struct: object): boolean =>
  struct instanceof Y.Item && (struct.content instanceof Y.ContentString || struct.content instanceof Y.ContentDeleted)

export const textIn = (doc: Y.Doc, place: Place): string => doc.getText(idOf(place)).toString()

/** UTF-16 units. Does not create what is not there. */
export const lengthIn = (doc: Y.Doc, place: Place): number => (doc.share.has(idOf(place)) ? doc.getText(idOf(place)).length : 0)

/** The places of all texts that a document has. */
export const textsIn = (doc: Y.Doc): Place[] => [...doc.share.keys()].flatMap(name => textPlace(name) ?? [])

/** How many characters a text would lose by a message that is not applied yet. The document holds all that was accepted. */
export const deletedFrom = (doc: Y.Doc, place: Place, message: Incoming): number => {
  let lost = 0
  for (const { client, clock, len } of message.deletions) {
    const end = Math.min(clock + len, Y.getState(doc.store, client))
    for (let at = clock; at < end; ) {
      const struct = structAt(doc, client, at)
      if (struct === undefined) break
      const next = Math.min(struct.id.clock + struct.length, end)
      const of = struct instanceof Y.Item && !struct.deleted ? placeOf(doc, struct) : null
      if (of !== null && idOf(of) === idOf(place)) lost += next - at
      at = next
    }
  }
  return lost
}
