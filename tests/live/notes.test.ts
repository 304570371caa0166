/** Texts of a room, as the browser keeps and saves them. */
import { newId } from '@paperboard/shared/ids'
import { meetingNote, noteOf } from '@paperboard/shared/notes'
import { meetingRoom } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import { asideOf, asideText } from '../../apps/web/src/live/setAside.ts'
import { openRoom, saved, startServer, untilState } from './browser.ts'

const cast = () => ({ name: meetingRoom(newId(), newId()), alice: newId(), bob: newId() })
const note = (room: { doc: Parameters<typeof noteOf>[0] }) => noteOf(room.doc, meetingNote)

test('[Z5] what is typed into a note offline counts as unsaved, survives a reload, and is saved when the connection is back', async () => {
  const { name, alice } = cast()
  const server = await startServer()
  const first = openRoom(server, name, alice)
  await untilState(first, saved)
  await server.stop()
  await untilState(first, { status: 'offline' })
  note(first).insert(0, 'Who ')
  note(first).insert(4, 'runs it?')
  expect(first.state().unsaved).toBe(1)
  await first.close()

  const again = openRoom(server, name, alice)
  await untilState(again, { status: 'offline', unsaved: 1, known: true })
  note(again).insert(0, '# ')
  await server.start()
  await untilState(again, saved)
  expect(noteOf(server.doc(name), meetingNote).toString()).toBe('# Who runs it?')
})

test('[Z6] what a note was refused is set aside as what its author wrote and no more, across a reload', async () => {
  const { name, alice } = cast()
  const server = await startServer()
  noteOf(server.doc(name), meetingNote).insert(0, 'Agenda: lunch')
  const first = openRoom(server, name, alice)
  await untilState(first, saved)
  await server.stop()
  await untilState(first, { status: 'offline' })
  note(first).insert(8, 'cake, then ')
  note(first).delete(8, 2)
  await first.close()

  const again = openRoom(server, name, alice)
  await untilState(again, { status: 'offline', unsaved: 1 })
  // In the midst of what was typed before the reload.
  note(again).insert(8, 'ba')
  note(again).insert(note(again).length, ', coffee')
  server.behaviour.refuse = record => (record.startsWith(`notes/${meetingNote}`) ? { code: 4409, reason: `meeting-ended notes/${meetingNote}` } : null)
  await server.start()
  await expect.poll(() => asideOf(alice).length).toBe(1)
  await untilState(again, saved)
  expect(note(again).toString()).toBe('Agenda: lunch')
  const [entry] = asideOf(alice)
  expect(entry).toMatchObject({ refusal: 'meeting-ended', about: `notes/${meetingNote}` })
  expect(entry && asideText(entry)).toBe('In the notes on the meeting:\nbake, then \n\n, coffee')

  server.behaviour.refuse = () => null
  again.perform(entry?.records ?? [])
  await untilState(again, saved)
  expect(noteOf(server.doc(name), meetingNote).toString()).toBe('Agenda: bake, then lunch, coffee')
})

test('[Z7] what is typed together with another change that is refused stays where it was typed', async () => {
  const { name, alice, bob } = cast()
  const server = await startServer()
  noteOf(server.doc(name), meetingNote).insert(0, 'One. Three.')
  const room = openRoom(server, name, alice)
  await untilState(room, saved)
  await server.stop()
  await untilState(room, { status: 'offline' })
  note(room).insert(5, 'Two. ')
  room.doc.getMap('hands').set(bob, { at: 1 })
  server.behaviour.refuse = record => (record.startsWith('hands/') ? { code: 4409, reason: `not-yours ${record}` } : null)
  await server.start()
  await expect.poll(() => asideOf(alice)).toMatchObject([{ records: [{ root: 'hands' }] }])
  await untilState(room, saved)
  await expect.poll(() => noteOf(server.doc(name), meetingNote).toString()).toBe('One. Two. Three.')
})

test('[Z8] what of a refused passage was stored before is not written twice', async () => {
  const { name, alice } = cast()
  const server = await startServer()
  const room = openRoom(server, name, alice)
  await untilState(room, saved)
  server.behaviour.holdAcks = true
  note(room).insert(0, 'The result ')
  await expect.poll(() => noteOf(server.doc(name), meetingNote).length).toBe(11)
  server.behaviour.refuse = record => (record.startsWith('notes/') ? { code: 4409, reason: `too-big notes/${meetingNote}` } : null)
  note(room).insert(11, 'holds.')
  await expect.poll(() => asideOf(alice).length).toBe(1)
  Object.assign(server.behaviour, { holdAcks: false, refuse: () => null })
  await untilState(room, saved)
  expect(note(room).toString()).toBe('The result ')
  room.perform(asideOf(alice)[0]?.records ?? [])
  await untilState(room, saved)
  expect(noteOf(server.doc(name), meetingNote).toString()).toBe('The result holds.')
})
