/** Who says who presents, and swaps: judged by the guard itself, in whole messages. */
import { sayAway } from '@paperboard/shared/absences'
import { assignReading, changeReading, everInGroup, group, type Reading, readingsOf, removeReading } from '@paperboard/shared/group'
import { planSession } from '@paperboard/shared/groupSessions'
import { limits } from '@paperboard/shared/limits'
import { defaultSettings, type GroupSettings } from '@paperboard/shared/members'
import { agreeToPresent, presentersOf, removePresenter, setPresenter, skipsOf, skipTurn } from '@paperboard/shared/presenters'
import type { Refusal } from '@paperboard/shared/refusals'
import type { Actor } from '@paperboard/shared/room'
import { hiddenOf, setHidden, setShare, sharesOf } from '@paperboard/shared/shares'
import { offerToPresent, openOffersOf, takeBackOffer } from '@paperboard/shared/standingOffers'
import { answerSwap, askSwap, swapsOf, takeBackSwap } from '@paperboard/shared/swaps'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Guard } from '../../apps/server/src/sync/guard.ts'

const alice: Actor = { id: 'AliceAliceAl', role: 'owner' }
const bob: Actor = { id: 'BobBobBobBob', role: 'member' }
const cy: Actor = { id: 'CyCyCyCyCyCy', role: 'member' }
const dora: Actor = { id: 'DoraDoraDora', role: 'member' }
const guest: Actor = { id: 'GuestGuestGu', role: 'guest' }
const [one, other] = [`session00001:${alice.id}`, `session00002:${alice.id}`]
const now = 1_000
const session = { time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at: 1 }

/** A group with two sessions: Bob presents at the first, Cy at the second. */
const planned = () => {
  const doc = new Y.Doc()
  for (const root of Object.keys(group.roots)) doc.getMap(root)
  doc.getMap('sessions').set(one, { ...session, day: '2026-12-01' })
  doc.getMap('sessions').set(other, { ...session, day: '2026-12-08' })
  put(doc, one, bob)
  put(doc, other, cy)
  return doc
}
const put = (doc: Y.Doc, at: string, { id }: Actor, more: { asked?: boolean; me?: string } = {}) =>
  setPresenter(doc, { session: at, member: id, way: 'hand', asked: false, offer: null, me: alice.id, now: 1, ...more })

/** What the guard says to a change that the actor makes, as one message; a change that is allowed is made. */
function send(doc: Y.Doc, actor: Actor, change: (doc: Y.Doc) => unknown, settings: GroupSettings = defaultSettings): Refusal | null {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(copy)
  copy.transact(() => change(copy))
  return judge(doc, actor, Y.encodeStateAsUpdate(copy, before), settings)
}

/** The same of an update. */
function judge(doc: Y.Doc, actor: Actor, update: Uint8Array, settings: GroupSettings = defaultSettings): Refusal | null {
  const guard = new Guard({ doc, kind: group, owners: new Map(), inUseBy: () => undefined, settle: () => undefined })
  const answer = guard.check(update, actor, { now, settings, closed: false, knows: key => everInGroup(doc, key) })
  if ('refusal' in answer) return answer.refusal
  if (answer.data !== null) Y.applyUpdate(doc, answer.data)
  return null
}
const who = (doc: Y.Doc, at: string) => presentersOf(doc).flatMap(({ session, member }) => (session === at ? member : []))

test.each([
  ['a member by themselves', bob, bob, {}, null],
  ['a member by another, where everybody assigns', bob, cy, {}, null],
  ['a member by another, where organizers do', bob, cy, { whoAssigns: 'organizers' }, 'not-allowed'],
  ['by themselves, where organizers do', bob, bob, { whoAssigns: 'organizers' }, null],
  ['another by a guest', guest, bob, {}, 'not-allowed'],
] as const)('[J10] who presents is put down: %s', (_how, actor, member, settings, refusal) => {
  const doc = planned()
  const change = (copy: Y.Doc) => put(copy, member === cy ? one : other, member, { me: actor.id })
  expect(send(doc, actor, change, { ...defaultSettings, ...settings })).toBe(refusal)
})

test('[J10] nobody is put down in the name of another, for the turn of another, nor at a session that never was', () => {
  const forged = (more: object, at = one) => send(planned(), bob, doc => doc.getMap('presenters').set(`${at}:${cy.id}`, { ...record, ...more }))
  const record = { turnOf: cy.id, way: 'hand', asked: false, offer: null, by: bob.id, at: now }
  expect(forged({})).toBeNull()
  expect(forged({ by: alice.id })).toBe('not-yours')
  expect(forged({ turnOf: bob.id })).toBe('not-yours')
  expect(forged({}, `session00009:${alice.id}`)).toBe('not-here')
  expect(forged({ at: now + limits.clockSkew + 1 })).toBe('wrong-time')
  expect(forged({ way: 'bribe' })).toBe('invalid-record')
})

test('[J64] of two who hand one member papers to present at once the first puts them down; the paper of the second is taken without that', () => {
  const doc = planned()
  const hand = (copy: Y.Doc, { id }: Actor, paper: string) =>
    assignReading(copy, id, { paper, member: cy.id, board: '2026-11-24', role: 'presenter', part: '', session: one, due: null, at: now })
  const stale = new Y.Doc()
  Y.applyUpdate(stale, Y.encodeStateAsUpdate(doc))
  expect(send(doc, bob, copy => hand(copy, bob, 'paper0000001'))).toBeNull()
  const before = Y.encodeStateVector(stale)
  hand(stale, dora, 'paper0000002')
  expect(judge(doc, dora, Y.encodeStateAsUpdate(stale, before))).toBe('not-yours')
  expect(send(doc, dora, copy => hand(copy, dora, 'paper0000002'))).toBeNull()
  expect(presentersOf(doc).filter(({ session, member }) => session === one && member === cy.id)).toMatchObject([{ by: bob.id, way: 'paper' }])
  expect(readingsOf(doc).map(({ paper, role }) => [paper, role])).toEqual([
    ['paper0000001', 'presenter'],
    ['paper0000002', 'presenter'],
  ])
})

test('[J11] who was asked agrees alone; they, whoever put them down and organizers take it back', () => {
  const doc = planned()
  put(doc, one, cy, { asked: true })
  const agree = (actor: Actor) => send(doc, actor, copy => agreeToPresent(copy, { session: one, me: cy.id }))
  expect(agree(alice)).toBe('not-yours')
  expect(agree(bob)).toBe('not-yours')
  expect(agree(cy)).toBeNull()
  const remove = (actor: Actor) => send(doc, actor, copy => removePresenter(copy, { session: one, member: cy.id }))
  expect(remove(bob)).toBe('not-yours')
  expect(remove(cy)).toBeNull()
})

test('[J12] a member skips for themselves, an organizer for others, with a reason; then they do not present there', () => {
  const doc = planned()
  const skip = (actor: Actor) => send(doc, actor, copy => skipTurn(copy, { session: one, member: bob.id, reason: 'Exams', me: actor.id, now }))
  expect(skip(cy)).toBe('not-yours')
  expect(skip(bob)).toBeNull()
  expect(who(doc, one)).toEqual([])
  expect(skipsOf(doc)).toMatchObject([{ session: one, member: bob.id, reason: 'Exams' }])
  expect(send(doc, bob, copy => put(copy, one, bob, { me: bob.id }))).toBeNull()
  expect(skipsOf(doc)).toEqual([])
})

const ask = (doc: Y.Doc, theirs: string | null = other) => {
  let key = ''
  expect(send(doc, bob, copy => (key = askSwap(copy, bob.id, { mine: one, member: cy.id, theirs, note: '', at: now })))).toBeNull()
  return key
}
const answer = (doc: Y.Doc, actor: Actor, swap: string, accepted = true) => send(doc, actor, copy => answerSwap(copy, { swap, accepted, me: actor.id, now }))

test('[J13] a swap moves both when the other accepts, and nothing before; whose turn it was stays', () => {
  const doc = planned()
  const swap = ask(doc)
  expect([who(doc, one), who(doc, other)]).toEqual([[bob.id], [cy.id]])
  expect(answer(doc, cy, swap)).toBeNull()
  expect(presentersOf(doc)).toMatchObject(
    [
      { session: one, member: cy.id, turnOf: bob.id, way: 'swap' },
      { session: other, member: bob.id, turnOf: cy.id, way: 'swap' },
    ].sort((a, b) => (a.member < b.member ? -1 : 1)),
  )
  expect(swapsOf(doc)[0]?.state).toBe('accepted')
})

test('[J14] who is asked to stand in has the turn when they accept', () => {
  const doc = planned()
  removePresenter(doc, { session: other, member: cy.id })
  const swap = ask(doc, null)
  expect(answer(doc, cy, swap)).toBeNull()
  expect(presentersOf(doc)).toMatchObject([{ session: one, member: cy.id, turnOf: cy.id, way: 'substitute' }])
})

test('[J15] declined, nothing moves, and the answer stands', () => {
  const doc = planned()
  const swap = ask(doc)
  expect(answer(doc, cy, swap, false)).toBeNull()
  expect([who(doc, one), who(doc, other)]).toEqual([[bob.id], [cy.id]])
  expect(send(doc, cy, copy => copy.getMap('swapAnswers').set(`${swap}:${cy.id}`, { accepted: true, at: now }))).toBe('swap-over')
  expect(send(doc, cy, copy => copy.getMap('swapAnswers').delete(`${swap}:${cy.id}`))).toBe('swap-over')
})

/** Moves the two as an accepted swap would, and answers with the record that is given. */
const moved = (copy: Y.Doc, { me, key, answered = { accepted: true, at: now } }: { me: string; key: string; answered?: object }) => {
  const presenters = copy.getMap('presenters')
  const record = { way: 'swap', asked: false, offer: null, by: me, at: now }
  presenters.delete(`${one}:${bob.id}`)
  presenters.delete(`${other}:${cy.id}`)
  presenters.set(`${one}:${cy.id}`, { ...record, turnOf: bob.id })
  presenters.set(`${other}:${bob.id}`, { ...record, turnOf: cy.id })
  copy.getMap('swapAnswers').set(key, answered)
}

test('[J16] nobody forges that a swap was accepted', () => {
  const forge = (actor: Actor, change: (copy: Y.Doc, swap: string) => void) => {
    const doc = planned()
    const swap = ask(doc)
    const before = JSON.stringify(doc.toJSON())
    const refusal = send(doc, actor, copy => change(copy, swap))
    if (refusal !== null) expect(JSON.stringify(doc.toJSON())).toBe(before)
    return refusal
  }
  const done = (copy: Y.Doc, swap: string) => moved(copy, { me: cy.id, key: `${swap}:${cy.id}` })
  expect(forge(cy, done), 'as it is done').toBeNull()
  expect(
    forge(bob, (copy, swap) => copy.getMap('swapAnswers').set(`${swap}:${cy.id}`, { accepted: true, at: now })),
    'in the name of the other',
  ).toBe('not-yours')
  expect(
    forge(bob, (copy, swap) => moved(copy, { me: bob.id, key: `${swap}:${bob.id}` })),
    'by whoever asked',
  ).toBe('not-yours')
  expect(
    forge(cy, (copy, swap) => copy.getMap('swapAnswers').set(`${swap}:${cy.id}`, { accepted: true, at: now })),
    'without moving anybody',
  ).toBe('swap-over')
  expect(
    forge(cy, (copy, swap) => moved(copy, { me: cy.id, key: `${swap}:${cy.id}`, answered: { accepted: false, at: now } })),
    'moving while declining',
  ).toBe('not-yours')
  expect(
    forge(cy, (copy, swap) => {
      done(copy, swap)
      copy.getMap('presenters').delete(`${other}:${bob.id}`)
    }),
    'with half of it',
  ).toBe('swap-over')
  expect(
    forge(cy, (copy, swap) => {
      done(copy, swap)
      copy.getMap('presenters').set(`${other}:${bob.id}`, { turnOf: bob.id, way: 'swap', asked: false, offer: null, by: cy.id, at: now })
    }),
    'so that a turn is counted for another',
  ).not.toBeNull()
})

test('[J17] a swap is over once one of the two does not present there any more, is away there, or was answered', () => {
  const gone = planned()
  const swap = ask(gone)
  removePresenter(gone, { session: other, member: cy.id })
  expect(swapsOf(gone)[0]?.state).toBe('over')
  expect(send(gone, cy, copy => moved(copy, { me: cy.id, key: `${swap}:${cy.id}` }))).toBe('swap-over')

  const away = planned()
  const asked = ask(away)
  sayAway(away, { from: '2026-12-08', to: '2026-12-08', me: bob.id, now: 1 })
  expect(answer(away, cy, asked)).toBe('swap-over')

  const again = planned()
  const first = ask(again)
  expect(answer(again, cy, first)).toBeNull()
  for (const [at, from, to] of [
    [one, cy, bob],
    [other, bob, cy],
  ] as const) {
    removePresenter(again, { session: at, member: from.id })
    put(again, at, to)
  }
  expect(send(again, cy, copy => moved(copy, { me: cy.id, key: `${first}:${cy.id}` }))).toBe('not-yours')
})

test('[J18] a swap is asked in one’s own name, about sessions at which both present, and taken back by nobody else', () => {
  const swap = { mine: one, member: cy.id, theirs: other, note: '', at: now }
  expect(send(planned(), cy, doc => askSwap(doc, bob.id, swap))).toBe('not-yours')
  expect(send(planned(), cy, doc => askSwap(doc, cy.id, { ...swap, member: bob.id }))).toBe('swap-over')
  expect(send(planned(), bob, doc => askSwap(doc, bob.id, { ...swap, theirs: one }))).toBe('invalid-record')
  expect(send(planned(), bob, doc => askSwap(doc, bob.id, { ...swap, member: bob.id }))).toBe('invalid-record')
  const doc = planned()
  const key = ask(doc)
  expect(send(doc, cy, copy => takeBackSwap(copy, key))).toBe('not-yours')
  expect(send(doc, alice, copy => takeBackSwap(copy, key))).toBe('not-yours')
  expect(send(doc, bob, copy => copy.getMap('swaps').set(key, { ...swap, theirs: null }))).toBe('swap-over')
  expect(send(doc, bob, copy => takeBackSwap(copy, key))).toBeNull()
})

test('[J19] an offer to present is its member’s alone, and open until somebody is put down with it', () => {
  const doc = planned()
  let offer = ''
  expect(send(doc, bob, copy => (offer = offerToPresent(copy, { paper: null, text: 'Diffusion models', me: bob.id, at: 1 })))).toBeNull()
  expect(send(doc, alice, copy => offerToPresent(copy, { paper: null, text: '', me: bob.id, at: 1 }))).toBe('not-yours')
  expect(send(doc, alice, copy => takeBackOffer(copy, offer))).toBe('not-yours')
  expect(openOffersOf(doc, presentersOf(doc))).toMatchObject([{ key: offer, member: bob.id }])
  setPresenter(doc, { session: other, member: bob.id, way: 'offer', asked: false, offer, me: alice.id, now })
  expect(openOffersOf(doc, presentersOf(doc))).toEqual([])
})

test('[J20] organizers say how often a member presents; only the member hides their row of the ledger', () => {
  const doc = planned()
  const share = (actor: Actor, me = actor.id) => send(doc, actor, copy => setShare(copy, { member: bob.id, factor: 0.5, me, now }))
  expect([share(bob), share(alice, bob.id), share(alice)]).toEqual(['not-allowed', 'not-yours', null])
  expect(sharesOf(doc)).toEqual(new Map([[bob.id, 0.5]]))
  const hide = (actor: Actor, on = true) => send(doc, actor, copy => setHidden(copy, { me: bob.id, on, now }))
  expect([hide(alice), hide(bob), hide(alice, false)]).toEqual(['not-yours', null, 'not-yours'])
  expect(hiddenOf(doc)).toEqual(new Set([bob.id]))
})

test('[J21] two sessions planned by different members keep their presenters apart', () => {
  const doc = planned()
  const third = planSession(doc, alice.id, { ...session, day: '2026-12-15' })
  put(doc, third, bob)
  put(doc, third, cy)
  expect([who(doc, one), who(doc, third)]).toEqual([[bob.id], [bob.id, cy.id]])
})

const reading = (member: Actor, more: Partial<Reading> = {}): Reading => ({
  paper: 'paper0000001',
  board: '2026-12-01',
  member: member.id,
  role: 'presenter',
  part: '',
  session: one,
  due: null,
  at: 1,
  ...more,
})

test('[J45] whoever is handed a paper to present is down for its session, and no more once it is taken back, changed or moved', () => {
  const doc = planned()
  let key = ''
  expect(send(doc, alice, copy => (key = assignReading(copy, alice.id, reading(cy))))).toBeNull()
  expect(presentersOf(doc)).toContainEqual({ session: one, member: cy.id, turnOf: cy.id, way: 'paper', asked: false, offer: null, by: alice.id, at: 1 })
  const change = (to: Partial<Reading>, by = alice) => send(doc, by, copy => changeReading(copy, key, to, { me: by.id, now }))
  expect(change({ role: 'discussant' })).toBeNull()
  expect(who(doc, one)).toEqual([bob.id])
  expect(change({ role: 'presenter' })).toBeNull()
  expect(change({ session: `${other}` })).toBeNull()
  expect([who(doc, one), who(doc, other)]).toEqual([[bob.id], [cy.id]])
  expect(change({ session: one })).toBeNull()
  expect(send(doc, alice, copy => assignReading(copy, alice.id, reading(cy, { paper: 'paper0000002' })))).toBeNull()
  expect(send(doc, cy, copy => removeReading(copy, key))).toBeNull()
  expect(who(doc, one)).toContain(cy.id)
  expect(send(doc, cy, copy => removeReading(copy, readingsOf(copy)[0]?.key ?? ''))).toBeNull()
  expect(who(doc, one)).toEqual([bob.id])
  expect(who(doc, other), 'put down otherwise before').toEqual([cy.id])
})

test('[J46] who skips, swaps or is taken off reads what they were to present', () => {
  const doc = planned()
  send(doc, alice, copy => assignReading(copy, alice.id, reading(bob)))
  const role = () => readingsOf(doc).map(each => [each.role, each.setRole])
  expect(role()).toEqual([['presenter', 'presenter']])
  expect(send(doc, bob, copy => skipTurn(copy, { session: one, member: bob.id, reason: '', me: bob.id, now }))).toBeNull()
  expect(role()).toEqual([['reader', 'presenter']])
  send(doc, bob, copy => put(copy, one, bob, { me: bob.id }))
  expect(role()).toEqual([['presenter', 'presenter']])
  expect(answer(doc, cy, ask(doc))).toBeNull()
  expect(role()).toEqual([['reader', 'presenter']])
})

test('[J47] what is presented on the day of one session is for that session; with none or two it is for the day', () => {
  const doc = planned()
  const sessionOf = (due: string) => {
    const key = assignReading(doc, alice.id, reading(bob, { session: undefined, due }))
    return readingsOf(doc).find(each => each.key === key)?.session
  }
  expect([sessionOf('2026-12-08'), sessionOf('2026-12-09')]).toEqual([other, undefined])
  planSession(doc, alice.id, { ...session, day: '2026-12-08' })
  expect(sessionOf('2026-12-08')).toBeUndefined()
})
