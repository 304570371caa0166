/** Rows that are asked for while a room is changed. */
import { castVote } from '@paperboard/shared/board'
import { newId } from '@paperboard/shared/ids'
import { expect } from 'vitest'
import { boardWith, paperId } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const test = withServer()

test('[K20] a vote that is stored in the same commit as others that were asked for as rows comes to its row, too', async ({ server, group, alice }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const members = Array.from({ length: 40 }, () => newId())
  const [half, rest] = [members.slice(0, 20), members.slice(20)]
  const vote = (member: string) => server.rooms.edit(room, doc => castVote(doc, { paper: paperId(1), me: member, value: 1, now: server.clock.now }))
  // Asked for while the first votes are on their way to the store, so it waits in one batch with those behind it.
  const all = half.map(vote)
  await Promise.resolve()
  await Promise.resolve()
  all.push(server.rooms.boardsWritten(group), ...rest.map(vote))
  await Promise.all(all)
  await server.rooms.boardsWritten(group)
  const rows = await server.db.sql.select({ member: server.db.t.votes.member }).from(server.db.t.votes)
  expect(rows.map(({ member }) => member).sort()).toEqual(members.toSorted())
})
