/** The book that is kept of crashes: what it must name as lost. */
import { castVote } from '@paperboard/shared/board'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { Ledger } from '../support/ledger.ts'
import { boardWith, connect, Peer, paperId } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)

const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  for (const root of doc.share.keys()) copy.getMap(root)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

test('[K19] a removal that somebody has seen is lost when what was removed is back, also where its writer was told nothing', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const room = await boardWith(server, { group, by: alice.id })
  const reader = await connect(server, alice, room)
  const writer = new Peer(server, { cookie: bob.cookie, room, query: '' })
  await writer.until(() => writer.synced && writer.sent > 0)
  const ledger = new Ledger(reader.doc)
  for (const peer of [reader, writer]) ledger.watch(peer)
  const votes = reader.doc.getMap('votes')
  castVote(writer.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await reader.until(() => votes.size === 1)
  const withVote = copyOf(reader.doc)
  castVote(writer.doc, { paper, me: bob.id, value: null, now: server.clock.now })
  const unseen = copyOf(reader.doc)
  await reader.until(() => votes.size === 0)
  expect(writer.acknowledged).toBe(0)
  expect(ledger.lossesIn(copyOf(reader.doc))).toEqual([])
  for (const lost of [withVote, unseen]) expect(ledger.lossesIn(lost)).toEqual([expect.stringContaining(`votes/${paper}:${bob.id} is {`)])
  writer.leave()
})
