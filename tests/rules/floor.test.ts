/** What is put, voted, decided and said on the floor of a meeting: who may, and what people see of it. */
import { actionsOf, addAction, changeAction, note, notedIn } from '@paperboard/shared/decisions'
import { giveWord, handsOf, lowerHand, raiseHand, readyFor, setReady, wordOf } from '@paperboard/shared/hands'
import { endMeeting, giveFloor, moveTo, startMeeting, whereAllAre } from '@paperboard/shared/meetingFloor'
import { defaultSettings, type GroupSettings, type Role } from '@paperboard/shared/members'
import { everOnFloor, floorRoots, floorWriter } from '@paperboard/shared/onFloor'
import { castBallot, closePoll, countBallots, noteVoter, pollsOf, putPoll } from '@paperboard/shared/polls'
import { ask, questionsOf, setAnswered, setQuestionVote, withdrawQuestion } from '@paperboard/shared/questions'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { agreement, noteTaker, revealTakes, spreadOf, takesOf } from '@paperboard/shared/takes'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

const actor = (name: string, role: Role = 'member'): Actor => ({ id: name.padEnd(12, 'x'), role })
const [ada, ben, cy] = [actor('Ada'), actor('Ben'), actor('Cy')]
const lead = actor('Lead')
const owner = actor('Owner', 'organizer')
const guest = actor('Guest', 'guest')
const paper = 'paper0000001'
const now = 1_000_000

/** A live meeting that Lead facilitates, at `paper`. */
const meeting = () => {
  const doc = new Y.Doc()
  doc.getMap('floor').set('floor', { facilitator: lead.id, item: paper, at: 1 })
  return doc
}

interface Wish {
  root: string
  key: string
  after: unknown
  as: Actor
  ended?: boolean
  settings?: Partial<GroupSettings>
}

/** What the guard says. */
const verdict = (doc: Y.Doc, { root, key, after, as, ended = false, settings = {} }: Wish) => {
  const known = { now, settings: { ...defaultSettings, ...settings }, closed: ended, knows: (key: string) => everOnFloor(doc, key) }
  return floorRoots[root]?.check({ key, after, before: () => doc.getMap(root).get(key) }, as, circumstancesIn(doc, known))
}

const nonce = 'nonce0000001'
const of = (who: Actor) => `${nonce}:${who.id}`
const question = { paper, text: 'Does it scale?', at: 1 }
const poll = { paper: null, question: 'Again next week?', options: ['Yes', 'No'], many: false, secret: false, at: 1 }
const secret = { ...poll, secret: true }
const task = { paper: null, text: 'Mail the authors', assignee: null, due: null, kind: 'task', done: false, at: 1 }
const reading = { ...task, kind: 'reading', paper, text: 'Sec. 3', assignee: ben.id }
const noted = { paper, text: 'We reproduce it', at: 1 }
const take = { text: 'Bold', score: 4, at: 1 }

/** Root, key, what is there before, what is wished, by whom, and what the guard says. */
const cases: [title: string, wish: Wish & { before?: unknown }, refusal: string | null][] = [
  ['a question in one’s own name', { root: 'questions', key: of(ada), after: question, as: ada }, null],
  ['a question on no paper', { root: 'questions', key: of(ada), after: { ...question, paper: null }, as: ada }, null],
  ['a question of a guest', { root: 'questions', key: of(guest), after: question, as: guest }, null],
  ['a question of a guest who listens', { root: 'questions', key: of(guest), after: question, as: guest, settings: { guests: 'listen' } }, 'not-allowed'],
  ['a question in another’s name', { root: 'questions', key: of(ada), after: question, as: ben }, 'not-yours'],
  [
    'another’s question rewritten by who leads',
    { root: 'questions', key: of(ada), before: question, after: { ...question, text: 'No?' }, as: lead },
    'not-yours',
  ],
  ['one’s question mended', { root: 'questions', key: of(ada), before: question, after: { ...question, text: 'Does it scale up?' }, as: ada }, null],
  ['one’s question moved to another time', { root: 'questions', key: of(ada), before: question, after: { ...question, at: 2 }, as: ada }, 'invalid-record'],
  ['another’s question withdrawn', { root: 'questions', key: of(ada), before: question, after: undefined, as: ben }, 'not-yours'],
  ['another’s question taken away by who leads', { root: 'questions', key: of(ada), before: question, after: undefined, as: lead }, null],
  ['a question on a paper of no meeting', { root: 'questions', key: of(ada), after: { ...question, paper: 'paper0000009' }, as: ada }, 'not-here'],
  ['a question from the future', { root: 'questions', key: of(ada), after: { ...question, at: now + 3_600_000 }, as: ada }, 'wrong-time'],
  ['a question without words', { root: 'questions', key: of(ada), after: { ...question, text: ' ' }, as: ada }, 'invalid-record'],
  ['a question after the end', { root: 'questions', key: of(ada), after: question, as: ada, ended: true }, 'meeting-ended'],
  ['a vote for a question that is not there', { root: 'questionVotes', key: `${of(ada)}:${ben.id}`, after: { at: 1 }, as: ben }, 'not-here'],
  ['another’s vote for a question', { root: 'questionVotes', key: `${of(ada)}:${ben.id}`, after: { at: 1 }, as: cy }, 'not-yours'],
  ['answered, says who asked', { root: 'answered', key: of(ada), after: { by: ada.id, at: 1 }, as: ada }, 'not-here'],
  ['answered, says another', { root: 'answered', key: of(ada), after: { by: ben.id, at: 1 }, as: ben }, 'not-yours'],
  ['answered, in another’s name', { root: 'answered', key: of(ada), after: { by: ada.id, at: 1 }, as: lead }, 'not-yours'],
  ['one’s own hand', { root: 'hands', key: ada.id, after: { at: now }, as: ada }, null],
  ['a hand dated before those of others', { root: 'hands', key: ada.id, after: { at: 1 }, as: ada }, 'too-late'],
  ['another’s hand raised by who leads', { root: 'hands', key: ada.id, after: { at: 1 }, as: lead }, 'not-yours'],
  ['another’s hand lowered', { root: 'hands', key: ada.id, before: { at: 1 }, after: undefined, as: ben }, 'not-yours'],
  ['another’s hand lowered by who leads', { root: 'hands', key: ada.id, before: { at: 1 }, after: undefined, as: lead }, null],
  ['another’s hand lowered by an organizer', { root: 'hands', key: ada.id, before: { at: 1 }, after: undefined, as: owner }, null],
  ['the word taken by a member', { root: 'word', key: 'now', after: { member: ada.id, by: ada.id, at: 1 }, as: ada }, 'not-allowed'],
  ['the word given by who leads', { root: 'word', key: 'now', after: { member: ada.id, by: lead.id, at: 1 }, as: lead }, null],
  ['the word given in another’s name', { root: 'word', key: 'now', after: { member: ada.id, by: owner.id, at: 1 }, as: lead }, 'not-yours'],
  ['the word given back', { root: 'word', key: 'now', before: { member: ada.id, by: lead.id, at: 1 }, after: undefined, as: ada }, null],
  ['the word taken from another', { root: 'word', key: 'now', before: { member: ada.id, by: lead.id, at: 1 }, after: undefined, as: ben }, 'not-allowed'],
  ['ready for the lobby', { root: 'ready', key: `lobby:${ada.id}`, after: { at: 1 }, as: ada }, null],
  ['ready in another’s name', { root: 'ready', key: `${paper}:${ada.id}`, after: { at: 1 }, as: lead }, 'not-yours'],
  ['ready for what is no item', { root: 'ready', key: `lunch:${ada.id}`, after: { at: 1 }, as: ada }, 'unknown-key'],
  ['a matter parked', { root: 'parked', key: of(ada), after: noted, as: ada }, null],
  ['a matter parked in another’s name', { root: 'parked', key: of(ada), after: noted, as: ben }, 'not-yours'],
  ['a decision', { root: 'decisions', key: of(ada), after: noted, as: ada }, null],
  ['a decision in another’s name', { root: 'decisions', key: of(ada), after: noted, as: lead }, 'not-yours'],
  ['a decision of a guest', { root: 'decisions', key: of(guest), after: noted, as: guest }, 'not-allowed'],
  ['another’s decision reworded', { root: 'decisions', key: of(ada), before: noted, after: { ...noted, text: 'No' }, as: ben }, 'not-yours'],
  ['another’s decision reworded by who leads', { root: 'decisions', key: of(ada), before: noted, after: { ...noted, text: 'No' }, as: lead }, null],
  ['a decision after the end', { root: 'decisions', key: of(ada), after: noted, as: ada, ended: true }, 'meeting-ended'],
  ['a task', { root: 'actions', key: of(ada), after: task, as: ada }, null],
  ['a task of a guest', { root: 'actions', key: of(guest), after: task, as: guest }, 'not-allowed'],
  ['a task without words', { root: 'actions', key: of(ada), after: { ...task, text: '' }, as: ada }, 'invalid-record'],
  ['a reading of no paper', { root: 'actions', key: of(ada), after: { ...reading, paper: null }, as: ada }, 'invalid-record'],
  ['a reading for another', { root: 'actions', key: of(ada), after: reading, as: ada }, null],
  ['… where organizers assign', { root: 'actions', key: of(ada), after: reading, as: ada, settings: { whoAssigns: 'organizers' } }, 'not-allowed'],
  ['a task that nobody has, taken', { root: 'actions', key: of(ada), before: task, after: { ...task, assignee: ben.id }, as: ben }, null],
  ['a task given on by another', { root: 'actions', key: of(ada), before: task, after: { ...task, assignee: cy.id }, as: ben }, 'not-yours'],
  ['done, says who does it', { root: 'actions', key: of(ada), before: reading, after: { ...reading, done: true }, as: ben }, null],
  ['done after the end', { root: 'actions', key: of(ada), before: reading, after: { ...reading, done: true }, as: ben, ended: true }, null],
  ['… and when', { root: 'actions', key: of(ada), before: reading, after: { ...reading, done: true, doneAt: 1 }, as: ben, ended: true }, null],
  ['… not tomorrow', { root: 'actions', key: of(ada), before: reading, after: { ...reading, done: true, doneAt: 9e15 }, as: ben }, 'wrong-time'],
  ['done, says another', { root: 'actions', key: of(ada), before: reading, after: { ...reading, done: true }, as: cy }, 'not-yours'],
  ['a date changed by who does it', { root: 'actions', key: of(ada), before: reading, after: { ...reading, due: '2026-12-01' }, as: ben }, 'not-yours'],
  [
    'a date changed after the end',
    { root: 'actions', key: of(ada), before: reading, after: { ...reading, due: '2026-12-01' }, as: ada, ended: true },
    'meeting-ended',
  ],
  ['another’s task taken away', { root: 'actions', key: of(ada), before: task, after: undefined, as: ben }, 'not-yours'],
  ['a poll', { root: 'polls', key: of(ada), after: poll, as: ada }, null],
  ['a poll of a guest', { root: 'polls', key: of(guest), after: poll, as: guest }, 'not-allowed'],
  ['a poll in another’s name', { root: 'polls', key: of(ada), after: poll, as: lead }, 'not-yours'],
  [
    'a poll changed after votes may have come',
    { root: 'polls', key: of(ada), before: poll, after: { ...poll, options: ['No', 'Yes'] }, as: ada },
    'invalid-record',
  ],
  ['a poll with one option', { root: 'polls', key: of(ada), after: { ...poll, options: ['Yes'] }, as: ada }, 'invalid-record'],
  ['a poll with one option twice', { root: 'polls', key: of(ada), after: { ...poll, options: ['Yes', 'Yes'] }, as: ada }, 'invalid-record'],
  ['a ballot in a poll that is not there', { root: 'ballots', key: `${of(ada)}:${ben.id}`, after: { choices: [0], at: 1 }, as: ben }, 'not-here'],
  ['who has voted, by a member', { root: 'voters', key: `${of(ada)}:${ben.id}`, after: { at: 1 }, as: ben }, 'not-allowed'],
  ['counts by who leads', { root: 'results', key: of(ada), after: { counts: [1, 0], ballots: 1, by: lead.id, at: 1 }, as: lead }, 'not-allowed'],
  ['a take past the server', { root: 'takes', key: `${paper}:${ada.id}`, after: take, as: ada }, 'not-allowed'],
  ['a taker past the server', { root: 'takers', key: `${paper}:${ada.id}`, after: { at: 1 }, as: ada }, 'not-allowed'],
  ['takes revealed past the server', { root: 'revealed', key: paper, after: { by: lead.id, at: 1 }, as: lead }, 'not-allowed'],
]

test.each(cases)('[H1] on the floor the guard decides on %s', (_title, { before, ...wish }, refusal) => {
  const doc = meeting()
  if (before !== undefined) doc.getMap(wish.root).set(wish.key, before)
  expect(verdict(doc, wish)).toBe(refusal)
})

describe('[H2] one votes in an open poll until it is closed, for options that it has', () => {
  const ballot = (doc: Y.Doc, choices: number[], as = ben) => verdict(doc, { root: 'ballots', key: `${of(ada)}:${as.id}`, after: { choices, at: 1 }, as })
  const withPoll = (record: object) => {
    const doc = meeting()
    doc.getMap('polls').set(of(ada), record)
    return doc
  }
  test.each([
    ['one of them', poll, [1], null],
    ['several, where one may be chosen', poll, [0, 1], 'invalid-record'],
    ['several, where several may be', { ...poll, many: true }, [0, 1], null],
    ['one that it has not', poll, [2], 'invalid-record'],
    ['one twice', { ...poll, many: true }, [1, 1], 'invalid-record'],
    ['in a secret one', secret, [0], 'invalid-record'],
  ] as const)('%s', (_title, record, choices, refusal) => expect(ballot(withPoll(record), [...choices])).toBe(refusal))

  test('after it was closed', () => {
    const doc = withPoll(poll)
    castBallot(doc, { poll: of(ada), me: ben.id, choices: [1], now: 1 })
    closePoll(doc, { poll: of(ada), result: countBallots(doc, of(ada), { by: ada.id, now: 2 }) })
    expect(ballot(doc, [0])).toBe('poll-closed')
    expect(pollsOf(doc)[0]).toMatchObject({ counts: [0, 1], voters: [ben.id], result: { ballots: 1, by: ada.id } })
  })

  test('in one that was taken away meanwhile, without offence', () => {
    const doc = withPoll(poll)
    doc.getMap('polls').delete(of(ada))
    expect(ballot(doc, [0])).toBeNull()
  })
})

test('[H3] questions stand by how many want to hear the answer; who asks counts once, and the answered come last', () => {
  const doc = meeting()
  const put = (who: Actor, text: string, at: number) => ask(doc, { paper, text, me: who.id, now: at })
  const [first, second, third] = [put(ada, 'first', 1), put(ben, 'second', 2), put(cy, 'third', 3)]
  setQuestionVote(doc, { question: third, me: ada.id, on: true, now: 4 })
  setQuestionVote(doc, { question: first, me: ada.id, on: true, now: 4 })
  expect(questionsOf(doc).map(({ text, voters }) => [text, voters.length])).toEqual([
    ['third', 1],
    ['first', 0],
    ['second', 0],
  ])
  setAnswered(doc, { key: third, me: cy.id, answered: true, now: 5 })
  setAnswered(doc, { key: second, me: ben.id, answered: true, now: 6 })
  expect(questionsOf(doc).map(({ text }) => text)).toEqual(['first', 'second', 'third'])
  setQuestionVote(doc, { question: third, me: ada.id, on: false, now: 7 })
  setAnswered(doc, { key: second, me: ben.id, answered: false, now: 7 })
  withdrawQuestion(doc, first)
  expect(questionsOf(doc).map(({ text, voters }) => [text, voters.length])).toEqual([
    ['second', 0],
    ['third', 0],
  ])
})

test('[H4] hands stand in the order of raising; whoever is given the word has no hand up', () => {
  const doc = meeting()
  raiseHand(doc, { me: ben.id, now: 2 })
  raiseHand(doc, { me: ada.id, now: 1 })
  // Pressing again keeps the place.
  raiseHand(doc, { me: ben.id, now: 9 })
  raiseHand(doc, { me: cy.id, now: 3 })
  expect(handsOf(doc).map(({ member }) => member)).toEqual([ada.id, ben.id, cy.id])
  giveWord(doc, { member: ada.id, me: lead.id, now: 4 })
  lowerHand(doc, cy.id)
  expect(wordOf(doc)?.member).toBe(ada.id)
  expect(handsOf(doc).map(({ member }) => member)).toEqual([ben.id])
})

test('[H5] one is ready for an item, and takes it back', () => {
  const doc = meeting()
  setReady(doc, { item: 'lobby', me: ada.id, is: true, now: 2 })
  setReady(doc, { item: 'lobby', me: ben.id, is: true, now: 1 })
  setReady(doc, { item: paper, me: ada.id, is: true, now: 3 })
  expect([readyFor(doc, 'lobby'), readyFor(doc, paper), readyFor(doc, 'closing')]).toEqual([[ben.id, ada.id], [ada.id], []])
  setReady(doc, { item: 'lobby', me: ben.id, is: false, now: 4 })
  expect(readyFor(doc, 'lobby')).toEqual([ada.id])
})

test('[H6] decisions, what is parked and what is to be done stand in the order of writing, with who wrote them down', () => {
  const doc = meeting()
  note(doc, 'decisions', { me: ben.id, now: 2, paper, text: ' second ' })
  note(doc, 'decisions', { me: ada.id, now: 1, paper: null, text: 'first' })
  note(doc, 'parked', { me: ada.id, now: 1, paper, text: 'later' })
  const key = addAction(doc, { me: ada.id, now: 3, paper: null, text: 'Mail them', assignee: null, due: null, kind: 'task' })
  changeAction(doc, key, { assignee: ben.id, done: true })
  expect(notedIn(doc, 'decisions').map(({ text, by }) => [text, by])).toEqual([
    ['first', ada.id],
    ['second', ben.id],
  ])
  expect(notedIn(doc, 'parked')).toHaveLength(1)
  expect(actionsOf(doc)).toEqual([{ key, by: ada.id, at: 3, paper: null, text: 'Mail them', assignee: ben.id, due: null, kind: 'task', done: true }])
})

test('[H7] of a secret poll people see who has voted, and counts once it is closed', () => {
  const doc = meeting()
  const key = putPoll(doc, { me: ada.id, now: 1, paper: null, question: 'Again?', options: ['Yes', 'No'], many: false, secret: true })
  noteVoter(doc, { poll: key, member: ben.id, now: 2 })
  noteVoter(doc, { poll: `${nonce}:${cy.id}`, member: ben.id, now: 2 })
  expect(pollsOf(doc)).toMatchObject([{ voters: [ben.id], chosen: new Map(), counts: null, result: null }])
  closePoll(doc, { poll: key, result: { counts: [1, 0], ballots: 1, by: ada.id, at: 3 } })
  closePoll(doc, { poll: key, result: { counts: [0, 1], ballots: 1, by: ada.id, at: 4 } })
  expect(pollsOf(doc)).toMatchObject([{ voters: [ben.id], chosen: new Map(), counts: [1, 0] }])
  expect(doc.getMap('voters').size).toBe(1)
})

test('[H8] takes are shown from the reveal on, and revealing again changes none', () => {
  const doc = meeting()
  noteTaker(doc, { paper, member: ben.id, now: 1, wrote: true })
  noteTaker(doc, { paper, member: cy.id, now: 2, wrote: true })
  noteTaker(doc, { paper, member: cy.id, now: 3, wrote: false })
  expect(takesOf(doc, paper)).toEqual({ takers: [ben.id], revealed: null, takes: [] })
  const written = new Map([
    [ben.id, { text: 'Bold', score: 4, at: 1 }],
    [ada.id, { text: 'Thin', score: 2, at: 4 }],
  ])
  revealTakes(doc, { paper, written, by: lead.id, now: 5 })
  revealTakes(doc, { paper, written: new Map([[ben.id, { text: 'Other', score: 1, at: 9 }]]), by: ada.id, now: 9 })
  expect(takesOf(doc, paper)).toEqual({
    takers: [ben.id, ada.id],
    revealed: { by: lead.id, at: 5 },
    takes: [
      { member: ada.id, text: 'Thin', score: 2, at: 4 },
      { member: ben.id, text: 'Bold', score: 4, at: 1 },
    ],
  })
})

test.each([
  [[], [0, 0, 0, 0, 0], null, null, 'Nobody has written a take'],
  [[3], [0, 0, 1, 0, 0], 3, 3, 'One take'],
  [[4, 4, 4], [0, 0, 0, 3, 0], 4, 4, 'All at 4'],
  [[4, 5], [0, 0, 0, 1, 1], 4.5, 4.5, 'Close together, at 4 and 5'],
  [[1, 1, 5, 5], [2, 0, 0, 0, 2], 3, 3, 'Split between 1 and 5'],
  [[1, 2, 5, 5], [1, 1, 0, 0, 2], 3.25, 3.5, 'Spread from 1 to 5'],
] as const)('[H9] scores %j are told with their spread, not by their mean alone', (given, counts, mean, median, words) => {
  const spread = spreadOf(given)
  expect([spread.counts, spread.mean, spread.median]).toEqual([counts, mean, median])
  expect(agreement(spread)).toBe(words)
})

test.each([
  ['questions', of(ada), null, true, ada.id],
  ['questionVotes', `${of(ada)}:${ben.id}`, null, true, ben.id],
  ['answered', of(ada), lead.id, true, lead.id],
  ['word', 'now', lead.id, false, lead.id],
  ['hands', ada.id, null, false, ada.id],
  ['actions', of(ada), null, true, ada.id],
  ['actions', of(ada), null, false, null],
  ['decisions', of(ada), null, false, null],
  ['takes', `${paper}:${ada.id}`, null, true, 'server'],
  ['results', of(ada), lead.id, true, 'server'],
  ['clock', paper, null, true, undefined],
] as const)('[H10] whose a record of %s is, is known from its key, its sign or the server', (root, key, by, isFirst, writer) =>
  expect(floorWriter({ root, key }, by, isFirst)).toBe(writer),
)

test('[H32] all are in the lobby, then where the facilitator is, and at the closing from the end on, wherever it came', () => {
  const doc = new Y.Doc()
  const places = [whereAllAre(doc)]
  const steps = [
    () => giveFloor(doc, { facilitator: lead.id, now }),
    () => startMeeting(doc, { facilitator: lead.id, now }),
    () => moveTo(doc, { item: paper, now }),
    () => endMeeting(doc, now),
    // What a facilitator did at the same moment, elsewhere.
    () => moveTo(doc, { item: paper, now }),
  ]
  for (const step of steps) {
    step()
    places.push(whereAllAre(doc))
  }
  expect(places).toEqual(['lobby', 'lobby', 'lobby', paper, 'closing', 'closing'])
})
