/** Who plans sessions of a group, and what one is. */
import { group } from '@paperboard/shared/group'
import { extendSession, type GroupSession, planSession, sessionsOf } from '@paperboard/shared/groupSessions'
import { limits } from '@paperboard/shared/limits'
import { defaultSettings } from '@paperboard/shared/members'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const [alice, bob] = ['AliceAliceAl', 'BobBobBobBob']
const [first, second] = ['paper0000001', 'paper0000002']
const session: GroupSession = {
  day: '2026-12-01',
  time: '16:00',
  minutes: 60,
  title: '',
  place: 'Room 2',
  papers: [first],
  guests: ['Grace Hopper'],
  cancelled: false,
  at: 1,
}
const key = `session00001:${alice}`

const verdict = (doc: Y.Doc, actor: Actor, after: unknown) =>
  group.roots.sessions?.check(
    { key, after, before: () => doc.getMap('sessions').get(key) },
    actor,
    circumstancesIn(doc, { now: 1, settings: defaultSettings, closed: false, knows: () => false }),
  )
const planned = () => {
  const doc = new Y.Doc()
  doc.getMap('sessions').set(key, session)
  return doc
}

test.each([
  ['an organizer', { id: alice, role: 'organizer' }, session, null],
  ['a member', { id: alice, role: 'member' }, session, 'not-allowed'],
  ['a guest', { id: alice, role: 'guest' }, session, 'not-allowed'],
  ['an organizer in the name of another', { id: bob, role: 'owner' }, session, 'not-yours'],
  ['in the future', { id: alice, role: 'owner' }, { ...session, at: 2 + limits.clockSkew }, 'wrong-time'],
  ['at no time of day', { id: alice, role: 'owner' }, { ...session, time: '25:00' }, 'invalid-record'],
  ['without an end', { id: alice, role: 'owner' }, { ...session, minutes: limits.sessionMinutes + 1 }, 'invalid-record'],
  ['with a guest without a name', { id: alice, role: 'owner' }, { ...session, guests: [''] }, 'invalid-record'],
] as const)('[R40] sessions are planned by organizers, in their own name: %s', (_who, actor, after, refusal) => {
  expect(verdict(new Y.Doc(), actor, after)).toBe(refusal)
})

test('[R41] any organizer changes a session or takes it out, and no member does', () => {
  for (const after of [{ ...session, cancelled: true }, undefined]) {
    expect(verdict(planned(), { id: bob, role: 'organizer' }, after)).toBeNull()
    expect(verdict(planned(), { id: bob, role: 'member' }, after)).toBe('not-allowed')
  }
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
  extendSession(doc, late, { papers: [first, second], guests: ['Grace Hopper', 'Ada'], time: '18:00' })
  expect(sessionsOf(doc).at(-1)).toMatchObject({ papers: [first, second], guests: ['Grace Hopper', 'Ada'], time: '17:00' })
})
