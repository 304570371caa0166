/** What the guard of a meeting's room refuses on its floor, forged by a member over a socket: each record of it once. */
import { addAction, note } from '@paperboard/shared/decisions'
import { giveWord, raiseHand } from '@paperboard/shared/hands'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { putPoll } from '@paperboard/shared/polls'
import { ask } from '@paperboard/shared/questions'
import { meetingRoom } from '@paperboard/shared/room'
import { expect } from 'vitest'
import type * as Y from 'yjs'
import { connect, paperId, storedState } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const test = withServer()

test('[H20] what a member forges on the floor of a meeting is refused, and leaves nothing behind: each record', async ({ server, group, alice, bob }) => {
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: '' })
  const room = meetingRoom(group, body.id)
  await alice.post(`/api/groups/${group}/meetings/${body.id}/start`)
  const victim = await connect(server, alice, room)
  const { now } = server.clock
  const by = { me: alice.id, now, paper: null }
  const question = ask(victim.doc, { ...by, text: 'Does it scale?' })
  const decision = note(victim.doc, 'decisions', { ...by, text: 'We read it' })
  const parked = note(victim.doc, 'parked', { ...by, text: 'Later' })
  const action = addAction(victim.doc, { ...by, text: 'Mail them', kind: 'task', assignee: alice.id, due: null })
  const poll = putPoll(victim.doc, { ...by, question: 'Again?', options: ['Yes', 'No'], many: false, secret: false })
  const secret = putPoll(victim.doc, { ...by, question: 'Really?', options: ['Yes', 'No'], many: false, secret: true })
  raiseHand(victim.doc, by)
  giveWord(victim.doc, { member: alice.id, me: alice.id, now })
  await victim.saved()
  const at = now
  const set = (root: string, key: string, value: unknown) => (doc: Y.Doc) => void doc.getMap(root).set(key, value)
  const forgeries: [root: string, refusal: string, forge: (doc: Y.Doc) => void][] = [
    ['questions', 'not-yours', doc => doc.getMap('questions').delete(question)],
    ['questionVotes', 'not-yours', set('questionVotes', `${question}:${alice.id}`, { at })],
    ['answered', 'not-yours', set('answered', question, { by: bob.id, at })],
    ['hands', 'not-yours', set('hands', alice.id, { at })],
    ['a hand of yesterday', 'too-late', set('hands', bob.id, { at: at - 86_400_000 })],
    ['a hand of tomorrow', 'wrong-time', set('hands', bob.id, { at: at + 86_400_000 })],
    ['word', 'not-allowed', set('word', 'now', { member: bob.id, by: bob.id, at })],
    ['ready', 'not-yours', set('ready', `lobby:${alice.id}`, { at })],
    ['parked', 'not-yours', doc => doc.getMap('parked').delete(parked)],
    ['decisions', 'not-yours', set('decisions', decision, { paper: null, text: 'We do not', at })],
    ['actions', 'not-yours', doc => doc.getMap('actions').delete(action)],
    ['polls', 'not-yours', doc => doc.getMap('polls').delete(poll)],
    ['ballots', 'not-yours', set('ballots', `${poll}:${alice.id}`, { choices: [1], at })],
    ['ballots of a secret poll', 'invalid-record', set('ballots', `${secret}:${bob.id}`, { choices: [1], at })],
    ['voters', 'not-allowed', set('voters', `${secret}:${bob.id}`, { at })],
    ['results', 'not-allowed', set('results', poll, { counts: [0, 9], ballots: 9, by: bob.id, at })],
    ['takers', 'not-allowed', set('takers', `${paperId(1)}:${bob.id}`, { at })],
    ['takes', 'not-allowed', set('takes', `${paperId(1)}:${bob.id}`, { text: 'Bold', score: 5, at })],
    ['revealed', 'not-allowed', set('revealed', paperId(1), { by: bob.id, at })],
  ]
  const before = await storedState(server, room)
  for (const [root, refusal, forge] of forgeries) {
    const attacker = await connect(server, bob, room)
    forge(attacker.doc)
    expect.soft([root, (await attacker.whenClosed()).reason.split(' ')[0]]).toEqual([root, refusal])
  }
  expect(await storedState(server, room)).toEqual(before)
  expect(victim.closed).toBeNull()
})
