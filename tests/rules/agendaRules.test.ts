import { listed, reasonFor } from '@paperboard/shared/agendaReasons'
import {
  type AgendaRule,
  type AgendaRuleKind,
  ballotsOf,
  boosts,
  type Candidate,
  defaultAgendaRule,
  placed,
  type Standing,
} from '@paperboard/shared/agendaRules'
import { rankedChoice, roundsOf } from '@paperboard/shared/rankedChoice'
import { describe, expect, test } from 'vitest'

const rule = (kind: AgendaRuleKind, more: Partial<AgendaRule> = {}): AgendaRule => ({ ...defaultAgendaRule, kind, ...more })

/** `a+ b-` is a vote of a for and one of b against, each later than the one before. */
const candidate = (paper: string, votes: string, more: Partial<Candidate> = {}): Candidate => ({
  paper,
  votes: votes
    .split(' ')
    .filter(Boolean)
    .map((vote, i) => ({ member: vote.slice(0, -1), value: vote.endsWith('+') ? 1 : -1, at: 100 + i })),
  offers: [],
  proposer: null,
  carried: 0,
  ...more,
})

const standing = (candidates: readonly Candidate[], more: Partial<Standing> = {}): Standing => ({ candidates, past: [], rankings: new Map(), ...more })
const from = (votes: Record<string, string>) => standing(Object.entries(votes).map(([paper, cast]) => candidate(paper, cast)))

/** `P 2, Q 1`: papers in order with their scores. */
const result = (by: AgendaRule, of: Standing) =>
  placed(by, of)
    .map(({ paper, score }) => `${paper} ${score}`)
    .join(', ')

describe('[Y1] by net votes a paper has its votes less those against it', () => {
  test.each<[Record<string, string>, string]>([
    [{}, ''],
    [{ P: '' }, 'P 0'],
    [{ P: 'a+', Q: 'a+ b+' }, 'Q 2, P 1'],
    [{ P: 'a+ b+ c-', Q: 'a+ b+' }, 'Q 2, P 1'],
    [{ P: 'a-', Q: '', R: 'a+ b-' }, 'R 0, Q 0, P -1'],
  ])('%j: %s', (votes, expected) => expect(result(rule('net'), from(votes))).toBe(expected))
})

describe('[Y2] by approval the votes for a paper count and no others', () => {
  test.each<[Record<string, string>, string]>([
    [{ P: 'a+ b+ c- d- e-', Q: 'a+' }, 'P 2, Q 1'],
    [{ P: 'a-', Q: '' }, 'P 0, Q 0'],
  ])('%j: %s', (votes, expected) => expect(result(rule('approval'), from(votes))).toBe(expected))
})

describe('[Y3] of a budget nobody gives more than they have, nor more than one vote to a paper', () => {
  test.each<[number, Record<string, string>, string]>([
    [3, { P: 'a+', Q: 'b+ c+' }, 'Q 2, P 1'],
    [1, { P: 'a+ b+', Q: 'a+ c+', R: 'a+ c-' }, 'P 1.333333, Q 1.333333, R 0.333333'],
    [2, { P: 'a+', Q: 'a+', R: 'a+', S: 'a+' }, 'P 0.5, Q 0.5, R 0.5, S 0.5'],
  ])('%i each, %j: %s', (votes, cast, expected) => expect(result(rule('budget', { votes }), from(cast))).toBe(expected))
})

describe('[Y4] by ranked choice each place is won in a run-off, where the weakest goes out until one has more than half', () => {
  const ballots = (text: string) => text.split(' ').map((papers, i) => ({ member: `m${i}`, papers: papers.split(''), weight: 1 }))
  test.each([
    ['PQ PQ QP', 'P 2/3 in 1, Q 3/3 in 1'],
    // R goes out first, and its ballot makes the difference.
    ['P P Q Q RQ', 'Q 3/5 in 2, P 2/3 in 1, R 1/1 in 1'],
    // A tie: the one further down goes out.
    ['P Q', 'P 1/1 in 2, Q 1/1 in 1'],
    ['', ''],
  ])('%s: %s', (cast, expected) => {
    const places = rankedChoice(ballots(cast), ['P', 'Q', 'R'])
    expect([...places].map(([paper, { won, of, rounds }]) => `${paper} ${won}/${of} in ${rounds}`).join(', ')).toBe(expected)
  })
})

test('[Y4] the strongest other of the last round is named, and a heavier ballot counts for more', () => {
  const ballots = [
    { member: 'a', papers: ['P'], weight: 1 },
    { member: 'b', papers: ['Q'], weight: 1.5 },
  ]
  expect(rankedChoice(ballots, ['P', 'Q']).get('Q')).toEqual({ place: 1, rounds: 1, won: 1.5, of: 2.5, against: 'P' })
})

test('[Y18] a run-off is told round by round: who had how many ballots, and what went out', () => {
  const ballots = ['P', 'P', 'Q', 'Q', 'RQ'].map((papers, i) => ({ member: `m${i}`, papers: papers.split(''), weight: 1 }))
  const papers = ['P', 'Q', 'R']
  const told = (place: number) =>
    roundsOf(ballots, papers, rankedChoice(ballots, papers), place).map(
      ({ counts, of, out }) => `${counts.map(one => one.join(' ')).join(', ')} of ${of}: ${out}`,
    )
  expect(told(1)).toEqual(['P 2, Q 2, R 1 of 5: R', 'Q 3, P 2 of 5: null'])
  expect(told(2)).toEqual(['P 2, R 1 of 3: null'])
})

test('[Y5] whoever ranks nothing has their votes counted in the order of voting, and what they voted for comes behind what they ranked', () => {
  const candidates = [
    {
      ...candidate('P', 'a+ b+'),
      votes: [
        { member: 'a', value: 1, at: 5 },
        { member: 'b', value: 1, at: 1 },
      ],
    },
    {
      ...candidate('Q', ''),
      votes: [
        { member: 'a', value: 1, at: 2 },
        { member: 'b', value: -1, at: 2 },
      ],
    },
    candidate('R', ''),
  ]
  expect(ballotsOf({ candidates, rankings: new Map([['b', ['R', 'gone']]]) })).toEqual([
    { member: 'a', papers: ['Q', 'P'] },
    { member: 'b', papers: ['R', 'P'] },
  ])
})

describe('[Y6] members whose proposals were least often discussed are lifted, by one vote at most, and nobody is lowered', () => {
  test.each<[string, [member: string, proposed: number, discussed: number][], Record<string, number>]>([
    ['nothing was ever discussed', [['a', 3, 0]], {}],
    [
      'all alike',
      [
        ['a', 4, 2],
        ['b', 4, 2],
      ],
      { a: 0, b: 0 },
    ],
    [
      'one always, one never',
      [
        ['a', 4, 4],
        ['b', 4, 0],
      ],
      { a: 0, b: 0.8 },
    ],
    [
      'whoever is new',
      [
        ['a', 4, 2],
        ['b', 0, 0],
      ],
      { a: 0, b: 0 },
    ],
  ])('%s', (_, past, expected) => {
    expect(Object.fromEntries(boosts(past.map(([member, proposed, discussed]) => ({ member, proposed, discussed }))))).toEqual(expected)
  })

  const past = [
    { member: 'a', proposed: 4, discussed: 4 },
    { member: 'b', proposed: 4, discussed: 0 },
  ]
  const of = standing([candidate('P', 'a+ c+', { proposer: 'a' }), candidate('Q', 'b+ c+', { proposer: 'b' }), candidate('R', 'c-', { proposer: 'b' })], {
    past,
  })

  test.each<[AgendaRuleKind, string]>([
    ['net', 'Q 2.8, P 2, R -1'],
    ['approval', 'Q 2.8, P 2, R 0'],
    ['budget', 'Q 2.8, P 2, R 0'],
    // Their ballot is the heavier one.
    ['ranked', 'P 2, Q 2.8, R 0'],
  ])('%s: %s', (kind, expected) => expect(result(rule(kind, { boost: true }), of)).toBe(expected))
})

test('[Y7] equal papers are told apart: offers first, then what was carried over, then the votes for it, then what has waited longest', () => {
  const votes = 'a+ b+'
  const early = candidate('V', '', {
    votes: [
      { member: 'a', value: 1, at: 1 },
      { member: 'b', value: 1, at: 9 },
    ],
  })
  const of = standing([
    candidate('Z', votes),
    candidate('W', votes),
    early,
    candidate('X', 'a+ b+ c+ d-'),
    candidate('Y', votes, { carried: 1 }),
    candidate('U', votes, { offers: [{ member: 'c', at: 1 }] }),
  ])
  expect(result(rule('net'), of)).toBe('U 2, Y 2, X 2, V 2, W 2, Z 2')
})

test('[Y8] the order in which votes and papers are read changes nothing', () => {
  const of = from({ P: 'a+ b+ c-', Q: 'b+ d+', R: 'a+ c+ d+', S: 'd-' })
  for (const kind of ['net', 'approval', 'budget', 'ranked'] as const) {
    const turned = standing(of.candidates.map(c => ({ ...c, votes: c.votes.toReversed() })).toReversed())
    expect(result(rule(kind, { votes: 1 }), turned)).toBe(result(rule(kind, { votes: 1 }), of))
  }
})

describe('[Y9] each place is explained in words', () => {
  const named = { name: (member: string) => ({ a: 'Ada', b: 'Bo', c: 'Cem' })[member] ?? member, title: (paper: string) => `Paper ${paper}` }
  const words = (by: AgendaRule, of: Standing) => placed(by, of).map(one => reasonFor(one, by, named))
  test.each<[string, AgendaRule, Standing, string]>([
    ['votes', rule('net'), from({ P: 'a+ b+ c-' }), '1 net: Ada and Bo are for it, Cem against.'],
    ['one vote', rule('net'), from({ P: 'a+' }), '1 vote: Ada is for it.'],
    ['more against', rule('net'), from({ P: 'a+ b- c-' }), '−1 net: Ada is for it, Bo and Cem against.'],
    ['approval', rule('approval'), from({ P: 'a+ b-' }), '1 vote: Ada is for it.'],
    ['no vote', rule('approval'), from({ P: '' }), 'Nobody has voted on it.'],
    ['a budget', rule('budget', { votes: 1 }), from({ P: 'a+ b+', Q: 'a+' }), '1.5 votes: Ada 0.5, Bo 1, with 1 each to give.'],
    [
      'a heavier ballot',
      rule('ranked', { boost: true }),
      standing([candidate('P', 'a+ b+')], {
        past: [
          { member: 'a', proposed: 4, discussed: 4 },
          { member: 'b', proposed: 4, discussed: 0 },
        ],
      }),
      'Place 1 by 2.8 of 2.8 ballots in round 1. Ballots that count for more, as few of what they proposed before was discussed: that of Bo 1.8.',
    ],
    ['a run-off', rule('ranked'), from({ P: 'a+', Q: 'b+ c+' }), 'Place 1 by 2 of 3 ballots in round 1, against “Paper P”.'],
    [
      'what else counts',
      rule('net', { boost: true }),
      standing([candidate('P', 'a+', { proposer: 'b', carried: 2, offers: [{ member: 'c', at: 1 }] })], {
        past: [
          { member: 'a', proposed: 4, discussed: 4 },
          { member: 'b', proposed: 4, discussed: 0 },
        ],
      }),
      '1 vote: Ada is for it. 0.8 more, as few of the papers that Bo proposed before were discussed. Cem offers to present it. Carried over 2 times.',
    ],
  ])('%s', (_, by, of, expected) => expect(words(by, of)[0]).toBe(expected))

  test('many names are counted', () => expect(listed(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d and 2 others'))
})
