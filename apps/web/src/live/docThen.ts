import type { StateThen } from '@paperboard/shared/history'
import * as Y from 'yjs'

/** The records of a moment as a document of its own, for the views of `shared`. It is nobody's: nothing of it is ever sent. */
export const docThen = ({ records }: Pick<StateThen, 'records'>): Y.Doc => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const [root, map] of records) for (const [key, record] of map) doc.getMap(root).set(key, record)
  })
  return doc
}
