/** The rota and the ledger from the records of a group, and roles of templates. */
import { cast, castReason, handOutRoles, type RoleHeld, rolesHeld } from '@paperboard/shared/casting'
import { addDays } from '@paperboard/shared/days'
import { readingsOf } from '@paperboard/shared/group'
import { planSession } from '@paperboard/shared/groupSessions'
import type { SessionPresenter } from '@paperboard/shared/presenters'
import { allOpenOffers } from '@paperboard/shared/standingOffers'
import { type TemplateRole, usualTemplates } from '@paperboard/shared/templates'
import { candidatesAhead, candidatesFor, ledgerOf, rotaOf, type TurnsOf, talksOf } from '@paperboard/shared/turns'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const [ada, bo, cy, guest] = ['AdaAdaAdaAda', 'BoBoBoBoBoBo', 'CyCyCyCyCyCy', 'GuestGuestGu']
const session = (n: number, day: string, cancelled = false) => ({ key: `session0000${n}:${ada}`, day, cancelled, papers: [] })
const presents = (n: number, member: string, more: Partial<SessionPresenter> = {}): SessionPresenter => ({
  session: `session0000${n}:${ada}`,
  member,
  turnOf: member,
  way: 'hand',
  asked: false,
  offer: null,
  by: ada,
  at: n,
  ...more,
})
const member = (id: string, role: 'owner' | 'member' | 'guest' = 'member', gone = false) => ({ id, role, joinedAt: Date.parse('2026-01-01'), gone })
const of = (more: Partial<TurnsOf>): TurnsOf => ({
  sessions: [session(1, '2026-03-03'), session(2, '2026-03-10'), session(3, '2026-03-17')],
  presenters: [],
  readings: [],
  absences: [],
  shares: new Map(),
  members: [member(ada, 'owner'), member(bo), member(cy), member(guest, 'guest')],
  timeZone: 'Europe/Berlin',
  ...more,
})

test('[J22] a talk is a presenter of a session that takes place, or a paper presented without a session; both on one day are one', () => {
  const readings = [
    { member: bo, role: 'presenter' as const, due: '2026-03-03', at: 1 },
    { member: cy, role: 'presenter' as const, due: '2026-03-10', at: 1 },
    { member: cy, role: 'reader' as const, due: '2026-03-17', at: 1 },
    { member: cy, role: 'presenter' as const, due: '2026-03-17', session: session(3, '').key, at: 1 },
  ]
  const sessions = [session(1, '2026-03-03'), session(2, '2026-03-10', true), session(3, '2026-03-17')]
  const presenters = [presents(1, bo, { turnOf: ada, way: 'swap' }), presents(1, cy), presents(2, ada), presents(3, ada, { turnOf: bo, way: 'swap' })]
  const since = '1970-01-01'
  expect(talksOf({ sessions, presenters, readings, timeZone: 'Europe/Berlin' })).toEqual([
    { day: '2026-03-03', member: bo, turnOf: ada, since },
    { day: '2026-03-03', member: cy, since },
    { day: '2026-03-17', member: ada, turnOf: bo, since },
  ])
})

test('[J49] turns stay where they were while a swap stands, also over three; once somebody skips who had swapped, whoever speaks has the turn', () => {
  const sessions = [session(1, '2026-03-03'), session(2, '2026-03-10'), session(3, '2026-03-17')]
  const swap = { way: 'swap' as const }
  const round = [presents(1, bo, { ...swap, turnOf: ada }), presents(2, cy, { ...swap, turnOf: bo }), presents(3, ada, { ...swap, turnOf: cy })]
  const turnsOf = (presenters: SessionPresenter[]) =>
    talksOf({ sessions, presenters, readings: [], timeZone: 'Europe/Berlin' }).map(({ member, turnOf }) => `${member} ${turnOf ?? ''}`)
  expect(turnsOf(round)).toEqual([`${bo} ${ada}`, `${cy} ${bo}`, `${ada} ${cy}`])
  expect(turnsOf(round.slice(1))).toEqual([`${cy} `, `${ada} `])
  const next = candidatesFor(rotaOf(of({ sessions, presenters: round })), session(4, '2026-03-12'), { offers: [], skips: [] })
  expect(next.map(({ member, excused }) => [member, excused])).toEqual([
    [ada, 0],
    [bo, 0],
    [cy, 0],
  ])
})

test('[J23] next is proposed whoever offers, then by turns; not who skips that session, a guest, who never presents, or who has left', () => {
  const base = of({ presenters: [presents(1, ada)], shares: new Map([[cy, 0]]) })
  const names = (turns: TurnsOf, more: { offers?: string[]; skips?: string[] } = {}) =>
    candidatesFor(rotaOf(turns), session(2, '2026-03-10'), {
      offers: (more.offers ?? []).map((member, n) => ({ key: `offer000000${n}:${member}`, member, paper: null, board: null, text: '', at: n })),
      skips: (more.skips ?? []).map(member => ({ session: session(2, '').key, member })),
    }).map(({ member, offer }) => `${member}${offer === null ? '' : ' offers'}`)
  expect(names(base)).toEqual([bo, ada])
  expect(names(base, { skips: [bo] })).toEqual([ada])
  expect(names(base, { offers: [ada] })).toEqual([`${ada} offers`, bo])
  expect(names(of({ members: [member(ada), member(bo, 'member', true)] }))).toEqual([ada])
})

test('[J48] over several sessions whoever is proposed for one counts as having held it, and an offer is taken up once', () => {
  const sessions = [1, 2, 3, 4].map(n => session(n, `2026-03-${String(3 + 7 * (n - 1)).padStart(2, '0')}`))
  const turns = of({ sessions, presenters: [presents(2, bo)] })
  const offers = [{ key: `offer0000001:${cy}`, member: cy, paper: null, board: null, text: '', at: 1 }]
  const ahead = candidatesAhead(rotaOf(turns), sessions, { offers, skips: [], taken: new Set([session(2, '').key]) })
  expect([...ahead.values()].map(([next]) => [next?.member, next?.offered])).toEqual([
    [cy, true],
    [ada, false],
    [ada, false],
    [bo, false],
  ])
})

test('[J24] the ledger counts what was held, what is planned, discussions and offers, and leaves out who hides', () => {
  const turns = of({
    presenters: [presents(1, ada), presents(2, bo, { way: 'offer' }), presents(3, bo)],
    readings: [
      { member: cy, role: 'discussant', due: '2026-03-03', at: 1 },
      { member: cy, role: 'discussant', due: '2026-04-03', at: 1 },
    ],
  })
  const seen = (hidden: string[], me: string) => ledgerOf(turns, { today: '2026-03-12', hidden: new Set(hidden), me })
  const all = seen([], ada)
  expect(all.rows.map(({ member, presented, planned, discussed, offers }) => [member, presented, planned, discussed, offers])).toEqual([
    [bo, 1, 1, 0, 1],
    [ada, 1, 0, 0, 0],
    [cy, 0, 0, 1, 0],
    [guest, 0, 0, 0, 0],
  ])
  expect(all.gini).toBeCloseTo(1 / 3)
  expect(seen([bo], ada)).toMatchObject({ hidden: 1, gini: 0.5 })
  expect(seen([bo], ada).rows.some(row => row.member === bo)).toBe(false)
  expect(seen([bo], bo).rows.some(row => row.member === bo)).toBe(true)
})

const roles: TemplateRole[] = ['Reviewer', 'Hacker'].map(name => ({ name, task: '', takers: 'one', as: 'discussant' }))
const people = [ada, bo, cy].map(id => ({ id, joined: '2026-01-01', factor: 1 }))
const castBy = (held: RoleHeld[], more: object = {}) => ({ members: people, absences: [], held, day: '2026-03-10', parts: [], ...more })

test('[J25] roles go to whoever had the fewest, and of those each to who had it least often', () => {
  const held = [
    { member: ada, roleName: 'Reviewer', day: '2026-03-03' },
    { member: bo, roleName: 'Hacker', day: '2026-03-03' },
    { member: cy, roleName: 'Reviewer', day: '2026-02-24' },
    { member: cy, roleName: 'Hacker', day: '2026-02-17' },
  ]
  expect(cast(roles, castBy(held)).map(({ roleName, member }) => [roleName, member])).toEqual([
    ['Reviewer', bo],
    ['Hacker', ada],
  ])
})

test('[J26] nobody away is cast, nobody twice, and a role for which nobody is left stays open', () => {
  const absences = [{ member: ada, from: '2026-03-01', to: '2026-03-31' }]
  const three = [...roles, { name: 'Archaeologist', task: '', takers: 'one' as const, as: 'discussant' as const }]
  expect(cast(three, castBy([], { absences })).map(({ member }) => member)).toEqual([bo, cy, ''])
})

test('[J27] a role by parts is cast once for each, one for everyone to all who have none', () => {
  const [, jigsaw, questions] = usualTemplates
  expect(cast(jigsaw?.roles ?? [], castBy([], { parts: ['Sec. 1', 'Sec. 2'] })).map(({ part, member }) => [part, member])).toEqual([
    ['Sec. 1', ada],
    ['Sec. 2', bo],
  ])
  expect(cast(questions?.roles ?? [], castBy([])).map(({ roleName, member }) => [roleName, member])).toEqual([
    ['Moderator', ada],
    ['Asker', bo],
    ['Asker', cy],
  ])
})

test('[J28] over half a year of seminars everybody has as many roles as the others, to within one, and each role in turn', () => {
  const held: RoleHeld[] = []
  for (let week = 0; week < 27; week++) {
    const day = addDays('2026-03-03', 7 * week)
    for (const { roleName, member } of cast(roles, castBy(held, { day }))) held.push({ roleName, member, day })
  }
  const counts = people.map(({ id }) => held.filter(({ member }) => member === id).length)
  const reviews = people.map(({ id }) => held.filter(({ member, roleName }) => member === id && roleName === 'Reviewer').length)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  expect(Math.max(...reviews) - Math.min(...reviews)).toBeLessThanOrEqual(1)
})

test('[J29] a role says why it is somebody’s: how many they had, the last when, and this one how often', () => {
  const held = [
    { member: ada, roleName: 'Reviewer', day: '2026-03-03' },
    { member: bo, roleName: 'Hacker', day: '2026-02-24' },
    { member: bo, roleName: 'Hacker', day: '2026-02-17' },
  ]
  const four: TemplateRole[] = [
    ...roles,
    { name: 'Presenter', task: '', takers: 'one', as: 'presenter' },
    { name: 'Fourth', task: '', takers: 'one', as: 'reader' },
  ]
  const castings = cast(four, castBy(held, { presenting: [ada] }))
  expect(castings.map(casting => [casting.roleName, casting.member, castReason(casting, day => day)])).toEqual([
    ['Reviewer', cy, 'has had no role yet'],
    ['Hacker', bo, '2 roles so far, the last on 2026-02-24; Hacker 2 times'],
    ['Presenter', ada, 'presents at this session'],
    ['Fourth', '', 'Nobody is left'],
  ])
})

test('[J65] a role that is handed out for a later session counts, and the reason tells for when', () => {
  const held = [
    { member: ada, roleName: 'Reviewer', day: '2026-03-24' },
    { member: ada, roleName: 'Hacker', day: '2026-03-17' },
    { member: bo, roleName: 'Reviewer', day: '2026-03-17' },
    // Of another session on the same day.
    { member: cy, roleName: 'Reviewer', day: '2026-03-10' },
  ]
  expect(cast(roles, castBy(held)).map(casting => [casting.roleName, casting.member, castReason(casting, day => day)])).toEqual([
    ['Reviewer', cy, 'has had no role yet'],
    ['Hacker', bo, 'has had no role yet, has one for 2026-03-17; never Hacker'],
  ])
  const [onlyAda] = cast(roles, castBy(held, { members: people.slice(0, 1) }))
  expect(castReason(onlyAda ?? expect.unreachable(), day => day)).toBe('has had no role yet, has one for 2026-03-17 and 1 more; Reviewer once')
})

test('[J66] roles of a session that has a day are held on that day, also where the readings have no date of their own', () => {
  const doc = new Y.Doc()
  const key = planSession(doc, ada, { day: '2026-03-17', time: null, minutes: 60, title: '', place: '', cancelled: false, at: 1 })
  handOutRoles(doc, { session: key, paper: null, board: '2026-03-03', castings: cast(roles, castBy([])), me: ada, now: 1 })
  expect(rolesHeld(readingsOf(doc))).toEqual([
    { member: ada, roleName: 'Reviewer', day: '2026-03-17' },
    { member: bo, roleName: 'Hacker', day: '2026-03-17' },
  ])
})

test('[J44] roles are handed out as readings with the name of the role, its part and what is to be done; a second time nothing is added', () => {
  const doc = new Y.Doc()
  const castings = cast([{ name: 'Expert', task: 'Teach it.', takers: 'parts', as: 'discussant' }], castBy([], { parts: ['Sec. 1', 'Sec. 2'] }))
  const roles = { session: session(1, '').key, paper: 'paper0000001', board: '2026-03-03', castings, me: ada, now: 1 }
  expect(handOutRoles(doc, roles)).toHaveLength(2)
  expect(readingsOf(doc).map(({ member, role, roleName, task, part }) => [member, role, roleName, task, part])).toEqual([
    [ada, 'discussant', 'Expert', 'Teach it.', 'Sec. 1'],
    [bo, 'discussant', 'Expert', 'Teach it.', 'Sec. 2'],
  ])
  expect(handOutRoles(doc, roles)).toEqual([])
  const there = readingsOf(doc).map(({ member, roleName = '', part }) => ({ member, roleName, part }))
  const again = cast([{ name: 'Expert', task: '', takers: 'parts', as: 'discussant' }], castBy([], { parts: ['Sec. 2', 'Sec. 3'], there }))
  expect(again.map(({ part, member, why }) => [part, member, why === 'has'])).toEqual([
    ['Sec. 2', bo, true],
    ['Sec. 3', cy, false],
  ])
})

test('[J54] who offers a paper on a board comes first where it is to be presented or nothing is yet, until they present it', () => {
  const [first, second] = ['paper0000001', 'paper0000002']
  const planned = (n: number, ...papers: string[]) => ({
    ...session(n, `2026-03-${3 + 7 * n}`),
    papers: papers.map(paper => ({ paper, order: 1, part: '', at: 1 })),
  })
  const sessions = [planned(1, first), planned(2, second), planned(3)]
  const onBoards = [
    { paper: first, day: '2026-03-01', member: cy, at: 2 },
    { paper: first, day: '2026-03-02', member: cy, at: 3 },
  ]
  const standing = [{ key: `offer0000001:${bo}`, member: bo, paper: null, text: '', at: 1 }]
  const nothing = { readings: [], sessions, presenters: [] }
  const offers = allOpenOffers(standing, onBoards, nothing)
  expect(offers.map(({ member, paper, board }) => [member, paper, board])).toEqual([
    [bo, null, null],
    [cy, first, '2026-03-01'],
  ])
  const next = (at: (typeof sessions)[number]) =>
    candidatesFor(rotaOf(of({ sessions })), at, { offers, skips: [] }).map(({ member, offered }) => [member, offered])
  expect(sessions.map(at => next(at).slice(0, 2))).toEqual([
    [
      [cy, true],
      [bo, true],
    ],
    [
      [bo, true],
      [ada, false],
    ],
    [
      [bo, true],
      [cy, true],
    ],
  ])
  expect(allOpenOffers([], onBoards, { ...nothing, readings: [{ member: cy, role: 'presenter', paper: first }] })).toEqual([])
  expect(allOpenOffers([], onBoards, { ...nothing, presenters: [presents(1, cy)] })).toEqual([])
  expect(allOpenOffers([], onBoards, { ...nothing, presenters: [presents(2, cy)] })).toHaveLength(1)
})
