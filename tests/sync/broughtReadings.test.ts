/** After the restore of an older backup: what becomes of readings that somebody has changed who did not hand them out. */
import { assignReading, changeReading, type Reading, readingsOf } from '@paperboard/shared/group'
import { defaultSettings } from '@paperboard/shared/members'
import type { Actor } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LiveDocument } from '../../apps/server/src/sync/document.ts'
import { kinds } from '../../apps/server/src/sync/kinds.ts'
import { paperId } from '../support/peer.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const alice: Actor = { id: 'AliceAliceAl', role: 'organizer' }
const bob: Actor = { id: 'BobBobBobBob', role: 'member' }
const carol: Actor = { id: 'CarolCarolCa', role: 'member' }
const toRead: Reading = {
  paper: null,
  board: '2026-11-24',
  member: carol.id,
  role: 'reader',
  part: '',
  session: 'SessionSessi:AliceAliceAl',
  due: null,
  at: now,
}

const newDoc = () => {
  const doc = new Y.Doc()
  for (const root of Object.keys(kinds.group.kind.roots)) doc.getMap(root)
  return doc
}

/** A server that lost all of a reading which Bob has handed out and `who` has changed; and the windows of the two. */
function world(who: Actor, change: Parameters<typeof changeReading>[2]) {
  const windows = [bob, who].map(actor => ({ actor, doc: newDoc() }))
  const [his, theirs] = windows.map(({ doc }) => doc)
  if (his === undefined || theirs === undefined) throw new Error('Nobody is here')
  const key = assignReading(his, bob.id, toRead)
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(his))
  changeReading(theirs, key, change, { me: who.id, now })
  Y.applyUpdate(his, Y.encodeStateAsUpdate(theirs))
  const clients = new Map(windows.map(({ actor, doc }) => [doc.clientID, actor.id]))
  const server = new LiveDocument({ kind: kinds.group, stored: null, inUseBy: client => clients.get(client) })
  const back = ({ actor, doc }: (typeof windows)[number]) =>
    server.bringBack(Y.encodeStateAsUpdate(doc, server.stateVector()), actor, { now, settings: defaultSettings }, { lastStored: 0 })
  return { windows, back, readings: () => server.read(readingsOf).map(({ paper, part }) => ({ paper, part })) }
}

const changes = [
  { title: 'the paper that its reader has chosen', who: carol, change: { paper: paperId(1) }, expected: { paper: paperId(1), part: '' } },
  { title: 'the part that an organizer has set', who: alice, change: { part: 'Sec. 3' }, expected: { paper: null, part: 'Sec. 3' } },
]
for (const { title, who, change, expected } of changes)
  for (const order of [
    [0, 1],
    [1, 0, 1],
  ])
    test(`[K23] a reading that was lost comes back with what another has changed of it, once whoever handed it out says the same: ${title}, in the order ${order.join(', ')}`, () => {
      const { windows, back, readings } = world(who, change)
      const brought = order.map(n => {
        const window = windows[n]
        if (window === undefined) throw new Error('Nobody is here')
        return back(window)
      })
      expect(brought.map(one => one?.refused)).toEqual(order.map(() => null))
      expect(brought.at(-1)).toMatchObject({ owes: false, left: false })
      expect(readings()).toEqual([expected])
    })
