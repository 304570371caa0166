/** The agenda of a meeting: who may say what of it, and the order that follows. */
import { type AgendaEntry, countVotes, entriesOf, entryAfter, rankPapers, setAgenda, setAgendaOf, standingOf } from '@paperboard/shared/agenda'
import { agendaFrom, placeFor } from '@paperboard/shared/agendaOrder'
import { momentsOf, standingAt } from '@paperboard/shared/agendaReplay'
import { type Candidate, defaultAgendaRule, placed } from '@paperboard/shared/agendaRules'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

const candidate = (paper: string, net: number, more: Partial<Candidate> = {}): Candidate => ({
  paper,
  votes: Array.from({ length: Math.abs(net) }, (_, i) => ({ member: `m${i}`, value: Math.sign(net), at: 10 + i })),
  offers: [],
  proposer: null,
  carried: 0,
  ...more,
})
const entry = (change: Partial<AgendaEntry>, now = 1) => entryAfter(undefined, change, { me: 'lead', now })

/** `A*  B` : papers in order; a star for what was put there by hand. */
const order = (
  candidates: readonly Candidate[],
  entries: Record<string, AgendaEntry> = {},
  { planned = [], most = 6 }: { planned?: readonly string[]; most?: number } = {},
) =>
  agendaFrom({
    rule: { ...defaultAgendaRule, most },
    standing: { candidates, past: [], rankings: new Map() },
    entries: new Map(Object.entries(entries)),
    planned,
  })
    .items.map(({ paper, pinned }) => `${paper}${pinned ? '*' : ''}`)
    .join(' ')

const four = [candidate('A', 4), candidate('B', 3), candidate('C', 2), candidate('D', 1)]

describe('[Y10] an agenda has the papers with most votes, as many as it is to have, and none that more are against than for', () => {
  test.each<[string, readonly Candidate[], number, string]>([
    ['nothing', [], 6, ''],
    ['by votes', [candidate('A', 1), candidate('B', 2)], 6, 'B A'],
    ['so many', four, 2, 'A B'],
    ['nobody is for it', [candidate('A', 0), candidate('B', -1), candidate('C', 1)], 6, 'C'],
    [
      'as many for it as against it',
      [
        candidate('A', 0, {
          votes: [
            { member: 'm', value: 1, at: 1 },
            { member: 'n', value: -1, at: 1 },
          ],
        }),
      ],
      6,
      'A',
    ],
    ['somebody offers it', [candidate('A', 0, { offers: [{ member: 'm', at: 1 }] })], 6, 'A'],
    ['carried over first', [candidate('A', 3), candidate('B', 0, { carried: 1 })], 6, 'B A'],
  ])('%s', (_, candidates, most, expected) => expect(order(candidates, {}, { most })).toBe(expected))
})

describe('[Y11] what was put in a place by hand stands in it, and the others go around it', () => {
  test.each<[string, Record<string, AgendaEntry>, string]>([
    ['D second', { D: entry({ place: 2 }) }, 'A D* B C'],
    ['D first, A last', { D: entry({ place: 1 }), A: entry({ place: 4 }) }, 'D* B C A*'],
    ['two in one place: the earlier one first', { C: entry({ place: 1 }, 2), D: entry({ place: 1 }, 1) }, 'D* C* A B'],
    ['further down than there are papers', { A: entry({ place: 9 }) }, 'B C D A*'],
    ['what nobody voted on', { Z: entry({ place: 1 }) }, 'Z* A B C D'],
    ['dropped', { A: entry({ state: 'dropped' }) }, 'B C D'],
    ['minutes alone put nothing in a place', { C: entry({ minutes: 5 }) }, 'A B C D'],
  ])('%s', (_, entries, expected) => expect(order(four, entries)).toBe(expected))

  test('it counts among as many as there are to be', () => expect(order(four, { D: entry({ place: 2 }) }, { most: 3 })).toBe('A D* B'))
})

test('[Y12] where a session has papers planned they are the agenda, in its order, and votes bring no others', () => {
  expect(order(four, {}, { planned: ['Z', 'B'] })).toBe('Z B')
  expect(order(four, { Z: entry({ state: 'dropped' }), A: entry({ place: 1 }) }, { planned: ['Z', 'B'] })).toBe('A* B')
})

test('[Y13] a paper is moved to any place of any agenda, and stands there', () => {
  const papers = four.map(({ paper }) => paper)
  const hands: Record<string, AgendaEntry>[] = [
    {},
    { B: entry({ place: 2 }) },
    { B: entry({ place: 2 }), C: entry({ place: 2.5 }), D: entry({ place: 2.7 }) },
    { A: entry({ place: 9 }) },
  ]
  for (const hand of hands)
    for (const paper of papers)
      for (const nth of [1, 2, 3, 4]) {
        const parts = { rule: defaultAgendaRule, standing: { candidates: four, past: [], rankings: new Map() }, planned: [] }
        const place = placeFor({ ...parts, entries: new Map(Object.entries(hand)) }, paper, nth)
        const after = order(four, { ...hand, [paper]: entry({ place }, 5) })
        expect(after.replaceAll('*', '').split(' ').indexOf(paper) + 1, `${paper} to ${nth} of ${JSON.stringify(hand)}: ${after}`).toBe(nth)
      }
})

test('[Y14] what was counted is read again as it was: the same votes, the same agenda', () => {
  const doc = new Y.Doc()
  const candidates = [...four, candidate('E', 1, { offers: [{ member: 'm', at: 3 }], proposer: 'm', carried: 2 })]
  const past = [{ member: 'm', proposed: 4, discussed: 1 }]
  countVotes(doc, { candidates, past, from: 1, until: 50, now: 60 })
  countVotes(doc, { candidates: [candidate('Z', 9)], past: [], from: 1, until: 99, now: 99 })
  const before = placed({ ...defaultAgendaRule, boost: true }, { candidates, past, rankings: new Map() })
  const standing = standingOf(doc)
  expect(standing && placed({ ...defaultAgendaRule, boost: true }, standing)).toEqual(before)
})

test('[Y15] an agenda that is set has its papers in places from one on, keeps what was dropped, and leaves none to votes', () => {
  const doc = new Y.Doc()
  for (const [paper, of] of Object.entries({ A: entry({ place: 3 }), B: entry({ state: 'dropped' }), C: entry({ minutes: 5 }) }))
    doc.getMap('agenda').set(paper, of)
  setAgenda(
    doc,
    [
      { paper: 'D', minutes: null, presenter: null },
      { paper: 'A', minutes: 20, presenter: 'm' },
    ],
    9,
  )
  expect(setAgendaOf(doc).map(({ paper, place, minutes, presenter }) => [paper, place, minutes, presenter])).toEqual([
    ['D', 1, null, null],
    ['A', 2, 20, 'm'],
  ])
  expect([...entriesOf(doc)].filter(([, { state }]) => state === 'dropped').map(([paper]) => paper)).toEqual(['B'])
})

describe('[Y16] what is said of a paper under another of its ids, by hand or by the session, is said of that paper', () => {
  // a was entered twice, and turned out to be A.
  const two = [candidate('A', 4, { also: ['a'] }), candidate('B', 3), candidate('C', 2)]
  test.each<[string, Record<string, AgendaEntry>, readonly string[], string]>([
    ['a place', { a: entry({ place: 2 }) }, [], 'B A* C'],
    ['the last word counts', { a: entry({ place: 3 }, 1), A: entry({ place: 2 }, 2) }, [], 'B A* C'],
    ['the last word under the other id', { A: entry({ place: 2 }, 1), a: entry({ state: 'dropped' }, 2) }, [], 'B C'],
    ['planned under either', {}, ['B', 'a', 'A'], 'B A'],
  ])('%s', (_, entries, planned, expected) => expect(order(two, entries, { planned })).toBe(expected))

  test('it is moved as one paper, and set as one', () => {
    const doc = new Y.Doc()
    const entries = new Map([['a', entry({ place: 3 }, 1)]])
    const parts = { rule: defaultAgendaRule, standing: { candidates: two, past: [], rankings: new Map() }, planned: [], entries }
    const place = placeFor(parts, 'A', 1)
    expect(order(two, { a: entry({ place: 3 }, 1), A: entry({ place }, 2) })).toBe('A* B C')
    for (const [paper, of] of Object.entries({ a: entry({ state: 'dropped' }, 1), A: entry({ place }, 2) })) doc.getMap('agenda').set(paper, of)
    countVotes(doc, { candidates: two, past: [], from: 1, until: 50, now: 60 })
    setAgenda(doc, [{ paper: 'A', minutes: null, presenter: null }], 70)
    expect([...entriesOf(doc).keys()]).toEqual(['A'])
  })

  test('an order of one’s own names it by either, also once votes are counted', () => {
    const doc = new Y.Doc()
    rankPapers(doc, { papers: ['C', 'a', 'A'], me: 'x', now: 1 })
    countVotes(doc, { candidates: two.map(one => ({ ...one, votes: [] })), past: [], from: 1, until: 50, now: 60 })
    const standing = standingOf(doc)
    expect(standing && placed({ ...defaultAgendaRule, kind: 'ranked' }, standing).map(({ paper, runOff }) => [paper, runOff?.place])).toEqual([
      ['C', 1],
      ['A', 2],
      ['B', undefined],
    ])
  })
})

test('[Y17] counted votes are gone through as they came in: what stood after each, and at the end what was counted', () => {
  const at = (member: string, time: number, value = 1) => ({ member, value, at: time, board: '2026-11-24' })
  const standing = {
    candidates: [
      candidate('A', 0, { votes: [at('x', 10), at('y', 40)], offers: [{ member: 'z', at: 50 }] }),
      candidate('B', 0, { votes: [at('x', 20), at('y', 30), at('z', 60, -1)] }),
    ],
    past: [],
    rankings: new Map(),
  }
  const moments = momentsOf(standing)
  const then = (count: number) =>
    placed(defaultAgendaRule, standingAt(standing, moments, count))
      .map(({ paper, score, offers }) => `${paper} ${score}${offers.length > 0 ? ' offered' : ''}`)
      .join(', ')
  expect(moments.map(({ paper, member, at }) => `${at} ${member} ${paper}`)).toEqual(['10 x A', '20 x B', '30 y B', '40 y A', '60 z B'])
  expect([0, 1, 3, 4, 5].map(then)).toEqual(['A 0, B 0', 'A 1, B 0', 'B 2, A 1', 'A 2, B 2', 'A 2 offered, B 1'])
  expect(standingAt(standing, moments, 5)).toBe(standing)
})
