/** Who says that somebody is away, and what may be noted of a reading that is gone. */
import { absencesOf, isAway, sayAway, takeBackAbsence } from '@paperboard/shared/absences'
import { everInGroup, group } from '@paperboard/shared/group'
import { defaultSettings } from '@paperboard/shared/members'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const alice: Actor = { id: 'AliceAliceAl', role: 'organizer' }
const bob: Actor = { id: 'BobBobBobBob', role: 'member' }
const verdict = (doc: Y.Doc, root: string, { key, after, actor }: { key: string; after: unknown; actor: Actor }) =>
  group.roots[root]?.check(
    { key, after, before: () => doc.getMap(root).get(key) },
    actor,
    circumstancesIn(doc, { now: 1, settings: defaultSettings, closed: false, knows: reading => everInGroup(doc, reading) }),
  )
const key = `absence00001:${bob.id}`
const away = { from: '2026-12-01', to: '2026-12-08', at: 1 }

test.each([
  ['by themselves', bob, away, null],
  ['not by an organizer', alice, away, 'not-yours'],
  ['not taken back by an organizer', alice, undefined, 'not-yours'],
  ['not from a later day to an earlier one', bob, { ...away, to: '2026-11-30' }, 'invalid-record'],
  ['on days that exist', bob, { ...away, to: '2026-12-32' }, 'invalid-record'],
] as const)('[R1] members say when they are away: %s', (_how, actor, after, refusal) => {
  expect(verdict(new Y.Doc(), 'absences', { key, after, actor })).toBe(refusal)
})

test('[R2] an absence holds from its first to its last day, and until it is taken back', () => {
  const doc = new Y.Doc()
  const said = sayAway(doc, { from: '2026-12-01', to: '2026-12-08', me: bob.id, now: 1 })
  const on = (day: string) => isAway(absencesOf(doc), bob.id, day)
  expect(['2026-11-30', '2026-12-01', '2026-12-08', '2026-12-09'].map(on)).toEqual([false, true, true, false])
  expect(isAway(absencesOf(doc), alice.id, '2026-12-01')).toBe(false)
  takeBackAbsence(doc, said)
  expect(on('2026-12-01')).toBe(false)
})

test('[R3] progress is noted on one’s own reading, also on one that is gone meanwhile, and on no other', () => {
  const doc = new Y.Doc()
  const reading = { paper: 'paper0000001', board: '2026-11-24', member: bob.id, role: 'reader', part: '', due: null, at: 1 }
  const given = `reading00001:${alice.id}`
  const noted = (of: string) => verdict(doc, 'progress', { key: `${of}:${bob.id}`, after: { state: 'read', at: 1 }, actor: bob })
  expect(noted(given)).toBe('not-here')
  doc.getMap('readings').set(given, { ...reading, member: alice.id })
  expect(noted(given)).toBe('not-here')
  doc.getMap('readings').set(given, reading)
  expect(noted(given)).toBeNull()
  doc.getMap('readings').delete(given)
  expect(noted(given)).toBeNull()
})
