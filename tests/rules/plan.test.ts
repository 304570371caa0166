/** The plan week by week, and the acts on it that change several records at once. */
import { type AssignedReading, assignReading, everInGroup, group, type Reading, readingsOf, setProgress } from '@paperboard/shared/group'
import { type GroupSession, planSession, putPaper, sessionsOf } from '@paperboard/shared/groupSessions'
import { defaultSettings } from '@paperboard/shared/members'
import { lastSessionDay, movePaper, neighbour, planOf, reorder, takeOut, takeSessionOut, unplannedOf, weeksOf } from '@paperboard/shared/plan'
import { type Presenter, presentersOf, removePresenter, setPresenter } from '@paperboard/shared/presenters'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const [alice, bob, cleo] = ['AliceAliceAl', 'BobBobBobBob', 'CleoCleoCleo']
const [first, second, third] = ['paper0000001', 'paper0000002', 'paper0000003']
/** A Tuesday. */
const today = '2026-12-01'
const session: GroupSession = { day: today, time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at: 1 }
const reading: Reading = { paper: first, board: today, member: bob, role: 'reader', part: '', due: null, at: 1 }

const plan = (doc: Y.Doc) => planOf({ sessions: sessionsOf(doc), readings: readingsOf(doc), presenters: presentersOf(doc) })
const names = (readings: readonly AssignedReading[] | undefined) => readings?.map(({ member, role }) => `${member.slice(0, 3)} ${role}`)

test('[R60] a paper of a session has its presenters first, then discussants, then readers; whoever has a part without a paper stands by the session', () => {
  const doc = new Y.Doc()
  const key = planSession(doc, alice, session)
  putPaper(doc, { session: key, paper: first, now: 1 })
  assignReading(doc, alice, { ...reading, session: key })
  assignReading(doc, alice, { ...reading, session: key, member: cleo, role: 'discussant', at: 2 })
  assignReading(doc, alice, { ...reading, session: key, member: alice, role: 'presenter', at: 3 })
  assignReading(doc, alice, { ...reading, session: key, paper: null, role: 'presenter', at: 4 })
  setPresenter(doc, { session: key, member: cleo, way: 'hand', asked: false, offer: null, me: alice, now: 1 })
  const [planned] = plan(doc)
  expect(names(planned?.papers[0]?.readings)).toEqual(['Ali presenter', 'Cle discussant', 'Bob reader'])
  expect(names(planned?.others)).toEqual(['Bob presenter'])
  expect(planned?.presenters.map(({ member }) => member)).toEqual([cleo])
})

test('[R61] a reading that names no session, or one that its paper has left, stands with the paper: on the day it is due, else in its last session; without one nowhere', () => {
  const doc = new Y.Doc()
  const [early = '', late = ''] = ['2026-12-01', '2026-12-08'].map(day => planSession(doc, alice, { ...session, day }))
  for (const key of [early, late]) putPaper(doc, { session: key, paper: first, now: 1 })
  assignReading(doc, alice, { ...reading, due: '2026-12-01' })
  assignReading(doc, alice, { ...reading, member: cleo })
  assignReading(doc, alice, { ...reading, member: alice, paper: third })
  const gone = planSession(doc, alice, { ...session, day: '2026-12-15' })
  assignReading(doc, alice, { ...reading, member: alice, session: gone, at: 2 })
  expect(plan(doc).map(({ papers, others }) => [names(papers[0]?.readings), others])).toEqual([
    [['Bob reader'], []],
    [['Cle reader', 'Ali reader'], []],
    [undefined, []],
  ])
})

test('[R62] weeks that have sessions are shown as far as one looks, this one and the next in any case, and how many sessions lie beyond', () => {
  const doc = new Y.Doc()
  for (const day of ['2026-11-10', '2026-11-24', '2026-12-03', '2026-12-22', '2027-02-02']) planSession(doc, alice, { ...session, day })
  const of = (before: number, after: number) => {
    const { weeks, earlier, later } = weeksOf(plan(doc), today, { before, after })
    return { weeks: weeks.map(({ from, sessions }) => `${from} ${sessions.length}`), earlier, later }
  }
  expect(of(0, 3)).toEqual({ weeks: ['2026-11-30 1', '2026-12-07 0', '2026-12-21 1'], earlier: 2, later: 1 })
  expect(of(1, 0)).toEqual({ weeks: ['2026-11-23 1', '2026-11-30 1'], earlier: 1, later: 2 })
})

test('[R63] what is not planned from today on stands by votes; votes count since the last session that took place', () => {
  const doc = new Y.Doc()
  const past = planSession(doc, alice, { ...session, day: '2026-11-24' })
  planSession(doc, alice, { ...session, day: '2026-11-26', cancelled: true })
  const next = planSession(doc, alice, session)
  putPaper(doc, { session: past, paper: first, now: 1 })
  putPaper(doc, { session: next, paper: second, now: 1 })
  const papers = [
    { id: third, up: 1, down: 1 },
    { id: second, up: 9, down: 0 },
    { id: first, up: 2, down: 0 },
  ]
  expect(unplannedOf(papers, sessionsOf(doc), today).map(({ id }) => id)).toEqual([first, third])
  expect(lastSessionDay(sessionsOf(doc), today)).toBe('2026-11-24')
  expect(lastSessionDay([], today)).toBeNull()
})

test('[R64] a paper that moves takes its part and its people along, with how far they are; one taken out leaves them theirs', () => {
  const doc = new Y.Doc()
  const [from = '', to = ''] = ['2026-12-01', '2026-12-08'].map(day => planSession(doc, alice, { ...session, day }))
  putPaper(doc, { session: from, paper: first, part: 'Ch. 3', now: 1 })
  putPaper(doc, { session: to, paper: second, now: 1 })
  const key = assignReading(doc, alice, { ...reading, session: from })
  setProgress(doc, { reading: key, me: bob, state: 'read', now: 1 })
  movePaper(doc, { paper: first, from, to, me: alice, now: 2 })
  const [before, after] = plan(doc)
  expect(before?.papers).toEqual([])
  expect(after?.papers.map(({ paper, part }) => [paper, part])).toEqual([
    [second, ''],
    [first, 'Ch. 3'],
  ])
  expect(readingsOf(doc)).toMatchObject([{ key, session: to, due: '2026-12-08', state: 'read' }])
  takeOut(doc, { paper: first, session: to, me: alice, now: 3 })
  expect(readingsOf(doc)).toMatchObject([{ key, paper: first, due: null, state: 'read' }])
  expect(plan(doc).flatMap(({ others }) => others)).toEqual([])
})

test('[R65] papers of a session go up and down by one, and not past the ends', () => {
  const doc = new Y.Doc()
  const key = planSession(doc, alice, session)
  for (const paper of [first, second, third]) putPaper(doc, { session: key, paper, now: 1 })
  const order = () => sessionsOf(doc)[0]?.papers.map(({ paper }) => paper)
  expect(reorder(doc, { paper: first, session: key, by: 1, now: 1 })).toBe(true)
  expect(order()).toEqual([second, first, third])
  expect(reorder(doc, { paper: first, session: key, by: 1, now: 1 })).toBe(true)
  expect(order()).toEqual([second, third, first])
  expect(reorder(doc, { paper: first, session: key, by: 1, now: 1 })).toBe(false)
  expect(reorder(doc, { paper: third, session: key, by: -1, now: 1 })).toBe(true)
  expect(order()).toEqual([third, second, first])
  expect(reorder(doc, { paper: third, session: key, by: -1, now: 1 })).toBe(false)
})

test('[R66] a paper moves past sessions that do not take place', () => {
  const doc = new Y.Doc()
  const [a = '', , c = ''] = [false, true, false].map((cancelled, n) => planSession(doc, alice, { ...session, day: `2026-12-0${n + 1}`, cancelled }))
  expect(neighbour(plan(doc), a, 1)?.key).toBe(c)
  expect(neighbour(plan(doc), c, -1)?.key).toBe(a)
  expect(neighbour(plan(doc), c, 1)).toBeUndefined()
})

test('[R67] an organizer puts a presenter back who was taken off, as they were put down by another; nobody makes up one who never was', () => {
  const doc = new Y.Doc()
  const key = planSession(doc, alice, session)
  setPresenter(doc, { session: key, member: cleo, way: 'hand', asked: false, offer: null, me: bob, now: 1 })
  const before = doc.getMap<Presenter>('presenters').get(`${key}:${cleo}`)
  removePresenter(doc, { session: key, member: cleo })
  const verdict = (role: Actor['role'], member: string) =>
    group.roots.presenters?.check(
      { key: `${key}:${member}`, after: { ...before, turnOf: member }, before: () => undefined },
      { id: alice, role },
      circumstancesIn(doc, { now: 1, settings: defaultSettings, closed: false, knows: known => everInGroup(doc, known) }),
    )
  expect([verdict('organizer', cleo), verdict('organizer', alice), verdict('member', cleo)]).toEqual([null, 'not-yours', 'not-yours'])
})

test('[R68] a session that is taken out leaves readings of papers to their readers, without a date, and nobody presents there', () => {
  const doc = new Y.Doc()
  const key = planSession(doc, alice, session)
  putPaper(doc, { session: key, paper: first, now: 1 })
  setPresenter(doc, { session: key, member: cleo, way: 'hand', asked: false, offer: null, me: alice, now: 1 })
  const kept = assignReading(doc, alice, { ...reading, session: key })
  assignReading(doc, alice, { ...reading, session: key, paper: null, member: cleo })
  takeSessionOut(doc, { session: key, me: alice, now: 2 })
  expect(readingsOf(doc)).toMatchObject([{ key: kept, paper: first, due: null }])
  expect([sessionsOf(doc), presentersOf(doc), doc.getMap('sessionPapers').size]).toEqual([[], [], 0])
})
