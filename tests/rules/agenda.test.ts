/** The agenda of a meeting: who may say what of it, and the order that follows. */
import { type AgendaEntry, countVotes, entriesOf, entryAfter, setAgenda, setAgendaOf, standingOf } from '@paperboard/shared/agenda'
import { agendaFrom, placeFor } from '@paperboard/shared/agendaOrder'
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
