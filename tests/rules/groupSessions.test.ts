/** Who plans sessions of a group, with which papers and guests, and what becomes of documents from before. */
import { assignReading, everInGroup, group, type Reading, readingsBySession, readingsOf } from '@paperboard/shared/group'
import {
  changeSession,
  extendSession,
  type GroupSession,
  nameGuest,
  planSession,
  putPaper,
  removeSession,
  sessionsOf,
  takePaper,
} from '@paperboard/shared/groupSessions'
import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { defaultSettings } from '@paperboard/shared/members'
import { presentersOf } from '@paperboard/shared/presenters'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const [alice, bob, cleo] = ['AliceAliceAl', 'BobBobBobBob', 'CleoCleoCleo']
const [first, second, third] = ['paper0000001', 'paper0000002', 'paper0000003']
const session: GroupSession = { day: '2026-12-01', time: '16:00', minutes: 60, title: '', place: 'Room 2', cancelled: false, at: 1 }
const key = `session00001:${alice}`
const other = `session00002:${alice}`
const reading: Reading = { paper: null, board: '2026-12-01', member: bob, role: 'presenter', part: '', session: key, due: null, at: 1 }

const verdictOn =
  (root: string) =>
  (doc: Y.Doc, actor: Actor, { of, after }: { of: string; after: unknown }) =>
    group.roots[root]?.check(
      { key: of, after, before: () => doc.getMap(root).get(of) },
      actor,
      circumstancesIn(doc, { now: 1, settings: { ...defaultSettings, whoAssigns: 'organizers' }, closed: false, knows: known => everInGroup(doc, known) }),
    )
const onSession = (doc: Y.Doc, actor: Actor, after: unknown) => verdictOn('sessions')(doc, actor, { of: key, after })
const planned = () => {
  const doc = new Y.Doc()
  doc.getMap('sessions').set(key, session)
  return doc
}
/** Two who have the same document, and change it apart. */
const apart = (change: (doc: Y.Doc) => void, changeToo: (doc: Y.Doc) => void, start = planned()) => {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  for (const doc of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(start))
  change(docs[0])
  changeToo(docs[1])
  Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]))
  Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]))
  expect(sessionsOf(docs[0])).toEqual(sessionsOf(docs[1]))
  return docs[0]
}

test.each([
  ['an organizer', { id: alice, role: 'organizer' }, session, null],
  ['a member', { id: alice, role: 'member' }, session, 'not-allowed'],
  ['a guest', { id: alice, role: 'guest' }, session, 'not-allowed'],
  ['an organizer in the name of another', { id: bob, role: 'owner' }, session, 'not-yours'],
  ['in the future', { id: alice, role: 'owner' }, { ...session, at: 2 + limits.clockSkew }, 'wrong-time'],
  ['at no time of day', { id: alice, role: 'owner' }, { ...session, time: '25:00' }, 'invalid-record'],
  ['without an end', { id: alice, role: 'owner' }, { ...session, minutes: limits.sessionMinutes + 1 }, 'invalid-record'],
] as const)('[R40] sessions are planned by organizers, in their own name: %s', (_who, actor, after, refusal) => {
  expect(onSession(new Y.Doc(), actor, after)).toBe(refusal)
})

test('[R41] any organizer changes a session, takes it out, and puts back what was there; no member does', () => {
  for (const after of [{ ...session, cancelled: true }, undefined]) {
    expect(onSession(planned(), { id: bob, role: 'organizer' }, after)).toBeNull()
    expect(onSession(planned(), { id: bob, role: 'member' }, after)).toBe('not-allowed')
  }
  const doc = planned()
  removeSession(doc, key)
  expect(onSession(doc, { id: bob, role: 'organizer' }, session)).toBeNull()
  expect(onSession(doc, { id: alice, role: 'member' }, session)).toBe('not-allowed')
})

test('[R42] sessions stand by day and time; what is added to one is in it once', () => {
  const doc = new Y.Doc()
  const late = planSession(doc, alice, { ...session, time: '17:00' })
  planSession(doc, alice, { ...session, day: '2026-11-01' })
  planSession(doc, alice, { ...session, time: null })
  expect(sessionsOf(doc).map(({ day, time }) => [day, time])).toEqual([
    ['2026-11-01', '16:00'],
    ['2026-12-01', null],
    ['2026-12-01', '17:00'],
  ])
  extendSession(doc, late, { papers: [first], guests: ['Grace Hopper'], time: '18:00', now: 1 })
  extendSession(doc, late, { papers: [first, second], guests: ['Grace Hopper', 'Ada'], time: null, now: 2 })
  expect(sessionsOf(doc).at(-1)).toMatchObject({
    papers: [{ paper: first }, { paper: second }],
    guests: [{ name: 'Grace Hopper' }, { name: 'Ada' }],
    time: '17:00',
  })
})

test.each([
  ['a paper', 'sessionPapers', `${key}:${first}`, { order: 1, part: 'Ch. 3', at: 1 }, { order: Number.POSITIVE_INFINITY, part: '', at: 1 }],
  [
    'a guest',
    'sessionGuests',
    `${key}:guest0000001`,
    { name: 'Grace Hopper', role: 'presenter', paper: null, at: 1 },
    { name: ' ', role: 'presenter', paper: null, at: 1 },
  ],
] as const)('[R43] %s of a session is put in, changed and taken out by any organizer, and by nobody else', (_what, root, of, record, wrong) => {
  const verdict = verdictOn(root)
  for (const doc of [new Y.Doc(), planned()]) {
    expect(verdict(doc, { id: bob, role: 'organizer' }, { of, after: record })).toBeNull()
    expect(verdict(doc, { id: bob, role: 'organizer' }, { of, after: undefined })).toBeNull()
    expect(verdict(doc, { id: bob, role: 'organizer' }, { of, after: wrong })).toBe('invalid-record')
    expect(verdict(doc, { id: bob, role: 'organizer' }, { of: 'nosuchsession', after: record })).toBe('unknown-key')
    for (const after of [record, undefined])
      for (const role of ['member', 'guest'] as const) expect(verdict(doc, { id: bob, role }, { of, after })).toBe('not-allowed')
  }
})

test('[R44] a session has room for so many papers, whatever other sessions have', () => {
  const doc = planned()
  for (let n = 0; n < limits.sessionPapers; n++) putPaper(doc, { session: other, paper: newId(), now: 1 })
  const put = { of: `${key}:${first}`, after: { order: 1, part: '', at: 1 } }
  expect(verdictOn('sessionPapers')(doc, { id: bob, role: 'owner' }, put)).toBeNull()
  for (let n = 0; n < limits.sessionPapers; n++) putPaper(doc, { session: key, paper: newId(), now: 1 })
  expect(verdictOn('sessionPapers')(doc, { id: bob, role: 'owner' }, put)).toBe('session-full')
})

test('[R45] of two organizers who plan one session at once neither loses a paper, a guest, a reader or an order', () => {
  const both = apart(
    doc => {
      putPaper(doc, { session: key, paper: first, now: 1 })
      nameGuest(doc, key, { name: 'Grace Hopper', role: 'presenter', paper: first, at: 1 })
      assignReading(doc, alice, { ...reading, paper: first })
    },
    doc => {
      putPaper(doc, { session: key, paper: second, now: 2 })
      nameGuest(doc, key, { name: 'Alan Turing', role: 'discussant', paper: null, at: 2 })
      assignReading(doc, cleo, { ...reading, paper: second, role: 'discussant' })
    },
  )
  expect(sessionsOf(both)[0]).toMatchObject({ papers: [{ paper: first }, { paper: second }], guests: [{ name: 'Grace Hopper' }, { name: 'Alan Turing' }] })
  expect(readingsBySession(readingsOf(both)).get(key)).toHaveLength(2)
  const again = apart(
    doc => takePaper(doc, key, first),
    doc => putPaper(doc, { session: key, paper: third, order: 0.5, now: 3 }),
    both,
  )
  expect(sessionsOf(again)[0]?.papers.map(({ paper }) => paper)).toEqual([third, second])
})

test('[R46] a reading for a session is due that day, also when the session moves; on its own date where one is set, and never for a session that is off', () => {
  const doc = planned()
  assignReading(doc, alice, { ...reading, paper: first })
  const set = assignReading(doc, alice, { ...reading, paper: second, due: '2026-11-30' })
  const dues = () => readingsOf(doc).map(({ paper, due, setDue }) => [paper, due, setDue])
  expect(dues()).toEqual([
    [second, '2026-11-30', '2026-11-30'],
    [first, '2026-12-01', null],
  ])
  changeSession(doc, key, { day: '2026-12-08' })
  expect(dues()).toContainEqual([first, '2026-12-08', null])
  changeSession(doc, key, { cancelled: true })
  expect(dues()).toContainEqual([first, null, null])
  removeSession(doc, key)
  expect(dues()).toContainEqual([first, null, null])
  expect(set).toContain(alice)
})

test.each([
  ['its reader chooses one', { id: bob, role: 'member' }, { ...reading, paper: first, board: '2026-11-30' }, null],
  ['its reader takes another role with it', { id: bob, role: 'member' }, { ...reading, paper: first, role: 'reader' }, 'not-yours'],
  ['its reader moves it to another session', { id: bob, role: 'member' }, { ...reading, paper: first, session: other }, 'not-yours'],
  ['another member chooses', { id: cleo, role: 'member' }, { ...reading, paper: first }, 'not-yours'],
  ['an organizer chooses', { id: cleo, role: 'organizer' }, { ...reading, paper: first }, null],
  ['an organizer hands it to somebody else', { id: cleo, role: 'organizer' }, { ...reading, member: cleo }, 'invalid-record'],
  ['an organizer moves it to another session', { id: cleo, role: 'organizer' }, { ...reading, session: other }, null],
  ['without paper and session', { id: cleo, role: 'organizer' }, { ...reading, session: undefined }, 'invalid-record'],
] as const)('[R47] who presents may be settled before the paper is: %s', (_what, actor, after, refusal) => {
  const doc = planned()
  const of = assignReading(doc, alice, reading)
  expect(verdictOn('readings')(doc, actor, { of, after: JSON.parse(JSON.stringify(after)) })).toBe(refusal)
  doc.getMap('readings').set(of, { ...reading, paper: second })
  if (refusal === null && after.paper !== null) expect(verdictOn('readings')(doc, actor, { of, after })).not.toBeNull()
})

test('[R48] a document of old has its papers and guests apart after one step, its presenters tied to their session, and a second step changes nothing', () => {
  const doc = new Y.Doc()
  const old = { ...session, papers: [second, first], guests: ['Grace Hopper'] }
  const { session: _, ...before } = reading
  doc.getMap('sessions').set(key, old)
  doc.getMap('readings').set(`reading00001:${alice}`, { ...before, paper: first, due: session.day })
  doc.getMap('readings').set(`reading00002:${alice}`, { ...before, paper: third, due: session.day })
  group.steps[2]?.(doc)
  expect(sessionsOf(doc)).toMatchObject([{ key, papers: [{ paper: second }, { paper: first }], guests: [{ name: 'Grace Hopper', role: 'presenter' }] }])
  expect(readingsOf(doc).map(({ paper, session: of, due, setDue }) => [paper, of, due, setDue])).toEqual([
    [first, key, session.day, null],
    [third, undefined, session.day, session.day],
  ])
  for (const root of ['sessions', 'sessionPapers', 'sessionGuests', 'readings'])
    for (const [of, after] of doc.getMap(root).entries()) expect(verdictOn(root)(new Y.Doc(), { id: alice, role: 'owner' }, { of, after })).toBeNull()
  const vector = Y.encodeStateVector(doc)
  group.steps[2]?.(doc)
  expect(Y.encodeStateVector(doc)).toEqual(vector)
})

test('[R50] who presented by a reading alone does so by a record of their own after one step; one who skips does not, and a second step changes nothing', () => {
  const doc = planned()
  const [, next, last] = [session, { ...session, day: '2026-12-08' }, { ...session, day: '2026-12-15' }]
  doc.getMap('sessions').set(other, next)
  for (const n of [3, 4]) doc.getMap('sessions').set(`session0000${n}:${alice}`, last)
  const { session: _, ...before } = { ...reading, paper: first }
  const at = (n: number) => `reading0000${n}:${alice}`
  doc.getMap('readings').set(at(1), { ...before, session: key })
  doc.getMap('readings').set(at(2), { ...before, due: next.day, member: cleo })
  doc.getMap('readings').set(at(3), { ...before, due: last.day })
  doc.getMap('readings').set(at(4), { ...before, session: other, member: alice })
  doc.getMap('skips').set(`${other}:${alice}`, { reason: '', by: alice, at: 1 })
  group.steps[3]?.(doc)
  expect(presentersOf(doc).map(({ session: of, member, way, by }) => [of, member, way, by])).toEqual([
    [key, bob, 'paper', alice],
    [other, cleo, 'paper', alice],
  ])
  const roles = new Map(readingsOf(doc).map(({ key: of, role, session: at, due }) => [of, [role, at, due]]))
  expect([1, 2, 3, 4].map(n => roles.get(at(n)))).toEqual([
    ['presenter', key, session.day],
    ['presenter', other, next.day],
    ['presenter', undefined, last.day],
    ['reader', other, next.day],
  ])
  const vector = Y.encodeStateVector(doc)
  group.steps[3]?.(doc)
  expect(Y.encodeStateVector(doc)).toEqual(vector)
})
