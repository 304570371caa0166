/** Recurring sessions: which days a rule has, who makes one, and what the server plans from it. */
import { everInGroup, group } from '@paperboard/shared/group'
import { addMissing, sessionsOf } from '@paperboard/shared/groupSessions'
import { limits } from '@paperboard/shared/limits'
import { defaultSettings } from '@paperboard/shared/members'
import { setPresenter } from '@paperboard/shared/presenters'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { addSchedule, endSchedule, holidaysOf, ruleFrom, ruleWords, type Schedule, schedulesOf, setException, setHoliday } from '@paperboard/shared/schedule'
import { comingDays, declareHoliday, dropHoliday, endAfter, leaveOut, meetAlso, takeIn } from '@paperboard/shared/scheduleDays'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { daysOf, firstDays } from '../../apps/server/src/schedules/recurrence.ts'
import { sessionKey, wantedSessions } from '../../apps/server/src/schedules/recurring.ts'

const alice: Actor = { id: 'AliceAliceAl', role: 'owner' }
const bob: Actor = { id: 'BobBobBobBob', role: 'member' }
const fortnightly = ruleFrom({ every: 'week', weeks: 2, weekday: 1 })
const schedule: Schedule = { rule: fortnightly, from: '2026-12-01', until: null, time: '14:00', minutes: 60, title: '', place: 'Room 2', at: 1 }
const days = (more: Partial<Schedule> & { out?: string[]; also?: string[] } = {}, span = { from: '2026-12-01', to: '2027-02-01' }) =>
  daysOf({ out: [], also: [], ...schedule, ...more }, { ...span, most: 99 })

test('[J30] every second Tuesday is every second Tuesday, over the end of the year', () => {
  expect(days()).toEqual(['2026-12-01', '2026-12-15', '2026-12-29', '2027-01-12', '2027-01-26'])
  expect(days({ from: '2026-11-30' })[0]).toBe('2026-12-01')
  expect(days({}, { from: '2027-01-13', to: '2027-02-01' })).toEqual(['2027-01-26'])
})

test.each([
  ['FREQ=WEEKLY;BYDAY=MO,TH', ['2026-12-03', '2026-12-07', '2026-12-10']],
  ['FREQ=MONTHLY;BYDAY=1MO', ['2026-12-07', '2027-01-04', '2027-02-01']],
  ['FREQ=MONTHLY;BYDAY=-1FR', ['2026-12-25', '2027-01-29']],
  ['FREQ=MONTHLY;BYDAY=5WE', ['2026-12-30']],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', ['2026-12-31', '2027-01-31']],
  ['FREQ=DAILY;INTERVAL=30', ['2026-12-01', '2026-12-31', '2027-01-30']],
])('[J30] %s', (rule, expected) => {
  expect(days({ rule }).slice(0, 3)).toEqual(expected)
})

test('[J31] a day is left out (EXDATE), another added (RDATE), and after the last one there is none', () => {
  expect(days({ out: ['2026-12-29'], also: ['2027-01-05'], until: '2027-01-12' })).toEqual(['2026-12-01', '2026-12-15', '2027-01-05', '2027-01-12'])
})

test('[J32] a rule is told in words', () => {
  expect(ruleWords(fortnightly)).toBe('Every second Tuesday')
  expect(ruleWords(ruleFrom({ every: 'week', weeks: 1, weekday: 0 }))).toBe('Every Monday')
  expect(ruleWords(ruleFrom({ every: 'week', weeks: 3, weekday: 4 }))).toBe('Every 3 weeks on Friday')
  expect(ruleWords(ruleFrom({ every: 'month', which: -1, weekday: 3 }))).toBe('The last Thursday of each month')
  expect(firstDays({ ...schedule, out: [], also: [] }, '2026-11-24', 3)).toEqual(['2026-12-01', '2026-12-15', '2026-12-29'])
})

const verdict = (root: string, { key, after, actor, doc = new Y.Doc() }: { key: string; after: unknown; actor: Actor; doc?: Y.Doc }) =>
  group.roots[root]?.check(
    { key, after, before: () => doc.getMap(root).get(key) },
    actor,
    circumstancesIn(doc, { now: 1, settings: defaultSettings, closed: false, knows: at => everInGroup(doc, at) }),
  )

test.each([
  ['by an organizer', alice, schedule, null],
  ['by a member', bob, schedule, 'not-allowed'],
  ['with an end of its own', alice, { ...schedule, rule: `${fortnightly};COUNT=3` }, 'invalid-record'],
  ['that never comes round', alice, { ...schedule, rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'invalid-record'],
  ['of no interval', alice, { ...schedule, rule: 'FREQ=WEEKLY;INTERVAL=0;BYDAY=TU' }, 'invalid-record'],
  ['each second', alice, { ...schedule, rule: 'FREQ=SECONDLY' }, 'invalid-record'],
  ['from before all boards', alice, { ...schedule, from: '0001-01-01' }, 'invalid-record'],
] as const)('[J33] a schedule is made %s', (_how, actor, after, refusal) => {
  expect(verdict('schedules', { key: `schedule0001:${actor.id}`, after, actor })).toBe(refusal)
})

test('[J33] a schedule ends, and does not change otherwise; exceptions and holidays are said by organizers, in their own name', () => {
  const doc = new Y.Doc()
  const key = addSchedule(doc, alice.id, schedule)
  expect(verdict('schedules', { doc, key, actor: alice, after: { ...schedule, until: '2027-01-01' } })).toBeNull()
  expect(verdict('schedules', { doc, key, actor: alice, after: { ...schedule, time: '15:00' } })).toBe('invalid-record')
  for (const [root, at, record] of [
    ['exceptions', `${key}:2026-12-15`, { kind: 'out' }],
    ['holidays', '2026-12-25', { name: 'Christmas' }],
  ] as const) {
    expect(verdict(root, { key: at, actor: alice, after: { ...record, by: alice.id, at: 1 } })).toBeNull()
    expect(verdict(root, { key: at, actor: alice, after: { ...record, by: bob.id, at: 1 } })).toBe('not-yours')
    expect(verdict(root, { key: at, actor: bob, after: { ...record, by: bob.id, at: 1 } })).toBe('not-allowed')
    expect(verdict(root, { key: `${at}-13`, actor: alice, after: { ...record, by: alice.id, at: 1 } })).toBe('unknown-key')
  }
})

const planned = (doc: Y.Doc) => sessionsOf(doc).map(({ day }) => day)
const plan = (doc: Y.Doc, today = '2026-11-24') =>
  addMissing(doc, wantedSessions({ schedules: schedulesOf(doc), holidays: holidaysOf(doc) }, { today, now: 2 }))

test('[J34] the server plans half a year ahead, once, but for holidays and exceptions', () => {
  const doc = new Y.Doc()
  const key = addSchedule(doc, alice.id, schedule)
  setHoliday(doc, { day: '2026-12-29', name: 'Between the years', me: alice.id, now: 1 })
  setException(doc, { schedule: key, day: '2027-01-12', kind: 'out', me: alice.id, now: 1 })
  setException(doc, { schedule: key, day: '2027-01-19', kind: 'also', me: alice.id, now: 1 })
  expect(plan(doc)).toBe(12)
  expect(planned(doc).slice(0, 5)).toEqual(['2026-12-01', '2026-12-15', '2027-01-19', '2027-01-26', '2027-02-09'])
  expect(sessionsOf(doc)[0]).toMatchObject({ key: sessionKey(key, '2026-12-01'), by: alice.id, time: '14:00', place: 'Room 2', cancelled: false })
  expect(plan(doc)).toBe(0)
  expect(plan(doc, '2026-12-24')).toBe(2)
  for (const [key, after] of doc.getMap('sessions').entries()) expect(verdict('sessions', { key, actor: alice, after })).toBeNull()
})

test('[J35] a session that was moved, cancelled or taken out stays so, and two servers plan one', () => {
  const doc = new Y.Doc()
  addSchedule(doc, alice.id, schedule)
  plan(doc)
  const [first, second, third] = sessionsOf(doc)
  if (first === undefined || second === undefined || third === undefined) throw new Error('Three sessions at least')
  const { key, by: _by, ...session } = first
  doc.getMap('sessions').set(key, { ...session, day: '2026-12-03' })
  doc.getMap('sessions').delete(second.key)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  expect(plan(copy)).toBe(0)
  expect(planned(copy).slice(0, 2)).toEqual(['2026-12-03', third.day])

  const [one, other] = [new Y.Doc(), new Y.Doc()]
  addSchedule(one, alice.id, schedule)
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  expect(plan(one)).toBe(plan(other))
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  expect(new Set(planned(one)).size).toBe(planned(one).length)
})

test('[J36] a schedule that has ended plans no more', () => {
  const doc = new Y.Doc()
  const key = addSchedule(doc, alice.id, schedule)
  endSchedule(doc, key, { until: '2026-12-20', now: 2 })
  plan(doc)
  expect(planned(doc)).toEqual(['2026-12-01', '2026-12-15'])
  expect(limits.scheduledSessions).toBeGreaterThan(2)
})

test('[J37] the coming days of a rule that a form makes are those that the library has, from any day on, with exceptions and an end', () => {
  const rules = [
    ...[1, 2, 3, 4].flatMap(weeks => [0, 1, 6].map(weekday => ruleFrom({ every: 'week', weeks, weekday }))),
    ...([1, 2, 3, 4, -1] as const).flatMap(which => [0, 4, 6].map(weekday => ruleFrom({ every: 'month', which, weekday }))),
  ]
  const starts = ['2026-01-31', '2026-02-28', '2026-12-01', '2027-12-27']
  const broken = { until: '2027-06-30', out: ['2026-12-15', '2027-01-04'], also: ['2027-02-03'] }
  for (const rule of rules)
    for (const from of starts)
      for (const { since, more } of [
        { since: from, more: {} },
        { since: '2028-02-29', more: {} },
        { since: from, more: broken },
      ]) {
        const recurrence = { rule, from, until: null, out: [], also: [], ...more }
        expect(comingDays(recurrence, since, 9), `${rule} from ${from} since ${since}`).toEqual(firstDays(recurrence, since, 9))
      }
  expect(comingDays({ ...schedule, rule: 'FREQ=DAILY', out: [], also: [] }, '2026-12-01', 3)).toBeNull()
})

const by = { me: alice.id, now: 3 }
/** What takes place, and what is off in brackets. */
const seen = (doc: Y.Doc) => sessionsOf(doc).map(({ day, cancelled }) => (cancelled ? `(${day})` : day))
const only = (doc: Y.Doc) => {
  const [first] = schedulesOf(doc)
  if (first === undefined) throw new Error('One schedule')
  return first
}

test('[J38] a day left out is off at once and takes place again when it is taken in; an extra one is planned, and holidays are off for all', () => {
  const doc = new Y.Doc()
  addSchedule(doc, alice.id, schedule)
  plan(doc)
  leaveOut(doc, only(doc), '2026-12-15', by)
  meetAlso(doc, only(doc), '2026-12-22', by)
  declareHoliday(doc, { day: '2026-12-29', name: 'Between the years' }, by)
  plan(doc)
  expect(seen(doc).slice(0, 5)).toEqual(['2026-12-01', '(2026-12-15)', '2026-12-22', '(2026-12-29)', '2027-01-12'])
  takeIn(doc, only(doc), '2026-12-15', by)
  leaveOut(doc, only(doc), '2026-12-22', by)
  dropHoliday(doc, '2026-12-29', by)
  plan(doc)
  expect(seen(doc).slice(0, 5)).toEqual(['2026-12-01', '2026-12-15', '(2026-12-22)', '2026-12-29', '2027-01-12'])
  expect([only(doc).out, only(doc).also, holidaysOf(doc)]).toEqual([[], [], []])
})

test('[J39] after its last day a schedule has no sessions: empty ones go, others are off, and none comes back', () => {
  const doc = new Y.Doc()
  addSchedule(doc, alice.id, schedule)
  plan(doc)
  const [, , third] = sessionsOf(doc)
  setPresenter(doc, { session: third?.key ?? '', member: bob.id, way: 'hand', asked: false, offer: null, ...by })
  endAfter(doc, only(doc), '2026-12-20', by)
  plan(doc)
  expect(seen(doc)).toEqual(['2026-12-01', '2026-12-15', '(2026-12-29)'])
})
