/** Texts that people once wrote, written again into a note, key by key, by sockets of their own. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { meetingNote, noteOf } from '@paperboard/shared/notes'
import { meetingRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { connect, type Peer } from '../support/peer.ts'
import { type Person, type TestServer, withServer } from '../support/server.ts'
import { beginningOf, readTrace, type Trace, updatesOf } from '../support/traces.ts'

// Years of typing in seconds: the limit on what one socket may send is not what is tried here.
const test = withServer({ env: { UPDATES_PER_SECOND: '100000' } })

const short: Trace = {
  endContent: '# WHO runs it? Bob.',
  txns: [
    { agent: 0, parents: [], patches: [[0, 0, 'Who runs it?']] },
    { agent: 0, parents: [0], patches: [[12, 0, '\nBob']] },
    { agent: 1, parents: [0], patches: [[0, 0, '# ']] },
    { agent: 1, parents: [1, 2], patches: [[2, 3, 'WHO']] },
    { agent: 0, parents: [3], patches: [[14, 4, ' Bob.']] },
  ],
}

/** Has two members write a recorded text, each what one of its writers wrote. Gives what stands in the room, on a screen and in the store. */
async function write(trace: Trace, { server, alice, bob, group }: { server: TestServer; alice: Person; bob: Person; group: string }) {
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Recorded' })
  const room = meetingRoom(group, body.id)
  const writers = [await connect(server, alice, room), await connect(server, bob, room)]
  const reader = await connect(server, bob, room)
  let last: Peer | undefined
  for (const { agent, update } of updatesOf(trace, meetingNote)) {
    const writer = writers[agent]
    // What the other wrote before is there before what builds on it.
    if (last !== undefined && last !== writer) await last.saved()
    writer?.sendUpdate(update)
    last = writer
  }
  await last?.saved()
  const onScreen = () => noteOf(reader.doc, meetingNote).toString()
  // It may be as long at another moment.
  await reader.until(() => noteOf(reader.doc, meetingNote).length === trace.endContent.length && onScreen() === trace.endContent)
  const inRoom = await server.rooms.read(room, doc => noteOf(doc, meetingNote).toString())
  for (const peer of [...writers, reader]) peer.leave()
  await server.rooms.close()
  const rows = await server.db.sql.select({ text: server.db.t.meetingNotes.text }).from(server.db.t.meetingNotes)
  return { onScreen: onScreen(), inRoom, inRows: rows.map(({ text }) => text) }
}

const ends = ({ endContent }: Trace) => ({ onScreen: endContent, inRoom: endContent, inRows: [endContent] })

test('[Z31] a text that two wrote at once ends, written again through a room, as it ended', async ({ server, alice, bob, group }) => {
  expect(await write(short, { server, alice, bob, group })).toEqual(ends(short))
})

const recorded = fileURLToPath(new URL('../../../shared/data/editing-traces/', import.meta.url))

describe.skipIf(!existsSync(recorded))('the beginnings of recordings (where ../shared/data is)', () => {
  test.for([
    ['sequential-sveltecomponent', 3_000],
    ['concurrent-friendsforever', 500],
  ] as const)('[Z38] after its first changes the recorded text %s stands as its writers had it', async ([name, count], { server, alice, bob, group }) => {
    const trace = beginningOf(readTrace(`${recorded}${name}.json.gz`), count)
    expect(trace.endContent.length).toBeGreaterThan(100)
    expect(await write(trace, { server, alice, bob, group })).toEqual(ends(trace))
  })
})

describe.skipIf(!existsSync(recorded) || process.env.TRACES !== '1')('recordings (by npm run traces, where ../shared/data is)', () => {
  test.for(['sequential-sveltecomponent', 'concurrent-friendsforever'])(
    '[Z32] the recorded text %s ends as it ended',
    { timeout: 600_000 },
    async (name, { server, alice, bob, group }) => {
      const trace = readTrace(`${recorded}${name}.json.gz`)
      const begun = performance.now()
      expect(await write(trace, { server, alice, bob, group })).toEqual(ends(trace))
      const seconds = (performance.now() - begun) / 1_000
      console.info(`${name}: ${trace.txns.length} changes, ${trace.endContent.length} characters, ${seconds.toFixed(1)} s`)
    },
  )
})
