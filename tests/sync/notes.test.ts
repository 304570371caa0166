/** Notes in the room of a meeting, over sockets. */
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { meetingNote, noteOf, notesOf } from '@paperboard/shared/notes'
import { meetingRoom } from '@paperboard/shared/room'
import { expect } from 'vitest'
import { notesOfMeeting } from '../../apps/server/src/db/meetingNotes.ts'
import { connect } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const test = withServer()

test('[Z4] all in a meeting write one note at once, and what is no plain text is refused', async ({ server, alice, bob, group }) => {
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })
  const room = meetingRoom(group, body.id)
  const [a, b] = [await connect(server, alice, room), await connect(server, bob, room)]
  noteOf(a.doc, meetingNote).insert(0, 'Who runs it?')
  await b.until(() => noteOf(b.doc, meetingNote).length === 12)
  noteOf(b.doc, meetingNote).insert(12, ' Bob.')
  noteOf(a.doc, meetingNote).insert(0, '# ')
  await Promise.all([a.saved(), b.saved()])
  const whole = '# Who runs it? Bob.'
  for (const { doc, until } of [a, b].map(peer => ({ doc: peer.doc, until: peer.until.bind(peer) })))
    await until(() => noteOf(doc, meetingNote).toString() === whole)
  noteOf(b.doc, meetingNote).insertEmbed(0, { image: 'x' })
  expect((await b.whenClosed()).reason).toBe('not-text notes/meeting')
  expect(await server.rooms.read(room, doc => notesOf(doc).get(meetingNote))).toBe(whole)
})

test('[Z17] what is written in a note is in its row soon after', async ({ server, alice, group }) => {
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })
  const { doc } = await connect(server, alice, meetingRoom(group, body.id))
  noteOf(doc, meetingNote).insert(0, 'We meet at five.')
  await expect.poll(() => notesOfMeeting(server.db, group, body.id)).toEqual(new Map([[meetingNote, 'We meet at five.']]))
})
