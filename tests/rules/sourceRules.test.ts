/** What the rules of a source do with papers, and which boards items come to. */
import { createRules } from '@paperboard/shared/sourceRules'
import type { SourceRule } from '@paperboard/shared/sources'
import { describe, expect, test } from 'vitest'
import { choose } from '../../apps/server/src/papers/sources/choosing.ts'
import { listedOn } from '../../apps/server/src/papers/sources/fetching.ts'
import { nextSlot } from '../../apps/server/src/papers/sources/slots.ts'

const rule = (effect: SourceRule['effect'], phrases: string[], more: Partial<SourceRule> = {}): SourceRule => ({
  effect,
  where: ['title', 'abstract', 'author'],
  phrases,
  wholeWord: true,
  name: '',
  ...more,
})
const paper = {
  title: 'Score-based Généralisation of Graph\n Transformers',
  abstract: 'On paragraphs.',
  authors: ['Łukasz Kaiser', 'LeCun, Yann', 'José Á. García'],
}

describe('rules of a source', () => {
  test.each([
    ['graph transformers', {}, true],
    ['Graph-Transformers', {}, true],
    ['generalisation', {}, true],
    ['GÉNÉRALISATION', {}, true],
    ['graph', { where: ['abstract'] }, false],
    ['graph', { where: ['abstract'], wholeWord: false }, true],
    ['transformer', {}, false],
    ['transformer', { wholeWord: false }, true],
    ['score based', {}, true],
    ['lukasz kaiser', {}, true],
    ['Kaiser', { where: ['title'] }, false],
    ['Y. LeCun', {}, true],
    ['Yann LeCun', { where: ['author'] }, true],
    ['Jose Garcia', { where: ['author'] }, true],
    ['J. A. Garcia', { where: ['author'] }, true],
    ['Yann Kaiser', { where: ['author'] }, false],
    ['Y', { where: ['author'] }, false],
    ['...', {}, false],
  ] as [string, Partial<SourceRule>, boolean][])(
    '[F1] a phrase is found whatever its case, accents, signs and breaks, as a word unless told otherwise: %s %o',
    (phrase, more, found) => {
      expect(createRules([rule('include', [phrase], more)])(paper).comes).toBe(found)
    },
  )

  test('[F1] a phrase is found in scripts without spaces', () => {
    expect(createRules([rule('include', ['拡散'])])({ title: '画像の拡散モデル', abstract: '', authors: [] }).comes).toBe(true)
  })

  test.each([
    ['no rules', [], true],
    ['an include that finds it', [rule('include', ['graph'])], true],
    ['an include that does not', [rule('include', ['diffusion'])], false],
    ['one of two includes', [rule('include', ['diffusion']), rule('include', ['graph'])], true],
    ['an exclude that finds it', [rule('exclude', ['graph'])], false],
    ['an exclude that does not', [rule('exclude', ['diffusion'])], true],
    ['include and exclude', [rule('include', ['graph']), rule('exclude', ['kaiser'])], false],
    ['a highlight alone', [rule('highlight', ['graph'])], true],
    ['a highlight that no include lets in', [rule('highlight', ['graph']), rule('include', ['diffusion'])], false],
  ])('[F2] excluding goes before including, and highlighting lets nothing in: %s', (_, rules, comes) => {
    expect(createRules(rules)(paper).comes).toBe(comes)
  })

  test('[F3] what comes is marked with the names of the rules that highlight it', () => {
    const judged = createRules([rule('highlight', ['graph'], { name: 'Our topic' }), rule('highlight', ['yann lecun']), rule('highlight', ['x'])])(paper)
    expect(judged).toEqual({ comes: true, found: [0, 1], marks: ['Our topic', 'yann lecun'] })
  })
})

describe('choosing', () => {
  const item = (key: string, title: string, day: string | null, rank = 0) => ({
    key,
    day,
    rank,
    paper: { ...paper, title, line: null, arxivId: null, arxivVersion: null, doi: null, url: null, venue: null, published: null, subjects: [], links: [] },
  })
  const at = { from: '2026-11-20', today: '2026-11-24', known: () => false, broughtOn: () => 0 }
  const source = { rules: [rule('highlight', ['special']), rule('exclude', ['survey'])], most: 2, board: 'item' as const }

  test('[F4] an item goes to the board of its day; undated and future ones to that of today, old ones nowhere', () => {
    const choice = choose(
      [item('a', 'A', '2026-11-23'), item('b', 'B', null), item('c', 'C', '2027-01-01'), item('d', 'D', '2026-11-19'), item('e', 'E', '2026-11-25')],
      source,
      at,
    )
    expect(choice.items.map(({ key, day }) => [key, day])).toEqual([
      ['a', '2026-11-23'],
      ['b', '2026-11-24'],
      ['c', '2026-11-24'],
      ['e', '2026-11-25'],
    ])
    expect(choice.report).toMatchObject({ found: 4, matched: 4, notes: ['1 item is of before 2026-11-20 and not looked at.'] })
    expect(choose([item('a', 'A', '2026-11-23')], { ...source, board: 'run' }, at).items[0]?.day).toBe('2026-11-24')
  })

  test('[F5] of more than a source may bring in a day the highlighted and the best liked come, in the source’s order, and the rest is named', () => {
    const items = [item('a', 'A', null, 1), item('b', 'B', null, 9), item('c', 'A survey', null, 99), item('d', 'Special', null)]
    const { items: chosen, report } = choose(items, source, at)
    expect(chosen.map(({ key }) => key)).toEqual(['b', 'd'])
    expect(report).toMatchObject({ found: 4, matched: 3, left: { count: 1, titles: ['A'] } })
    expect(report.rules).toEqual([
      { name: 'special', effect: 'highlight', count: 1 },
      { name: 'survey', effect: 'exclude', count: 1 },
    ])
    expect(choose(items, source, { ...at, broughtOn: () => 1 }).items.map(({ key }) => key)).toEqual(['d'])
  })
})

describe('slots', () => {
  const weekdays = { days: [0, 1, 2, 3, 4], times: ['07:30'] }
  test.each([
    ['the same morning', weekdays, 'Europe/Berlin', '2026-11-24T06:29:59Z', '2026-11-24T06:30:00.000Z'],
    ['the next morning', weekdays, 'Europe/Berlin', '2026-11-24T06:30:00Z', '2026-11-25T06:30:00.000Z'],
    ['over a weekend', weekdays, 'Europe/Berlin', '2026-11-27T07:00:00Z', '2026-11-30T06:30:00.000Z'],
    ['over the start of summer time', { days: [0, 1, 2, 3, 4, 5, 6], times: ['07:30'] }, 'Europe/Berlin', '2026-03-28T07:00:00Z', '2026-03-29T05:30:00.000Z'],
    ['in an hour that the clock skips', { days: [6], times: ['02:30'] }, 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['in an hour that there is twice, once', { days: [6], times: ['02:30'] }, 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-11-01T01:30:00.000Z'],
    ['in the south', weekdays, 'Australia/Sydney', '2026-10-02T22:00:00Z', '2026-10-04T20:30:00.000Z'],
    ['at a quarter to the hour', weekdays, 'Asia/Kathmandu', '2026-11-24T00:00:00Z', '2026-11-24T01:45:00.000Z'],
    ['at the first of several times', { days: [1], times: ['18:15', '07:30'] }, 'America/New_York', '2026-11-24T13:00:00Z', '2026-11-24T23:15:00.000Z'],
  ])('[F6] the next slot goes by the clock of the group: %s', (_, schedule, zone, after, next) => {
    expect(new Date(nextSlot(schedule, zone, Date.parse(after))).toISOString()).toBe(next)
  })

  test.each([
    ['Mon before two', '2026-11-23T18:59:00Z', '2026-11-24'],
    ['Mon after two', '2026-11-23T19:00:00Z', '2026-11-25'],
    ['Thu after two', '2026-11-19T19:30:00Z', '2026-11-23'],
    ['Fri before two', '2026-11-20T18:00:00Z', '2026-11-23'],
    ['Fri after two', '2026-11-20T19:00:00Z', '2026-11-24'],
    ['Sat', '2026-11-21T12:00:00Z', '2026-11-24'],
    ['Sun evening', '2026-11-22T23:00:00Z', '2026-11-24'],
    ['in summer', '2026-07-06T17:59:00Z', '2026-07-07'],
  ])('[F7] what was submitted to arXiv belongs to the listing in which it is announced: %s', (_, submitted, day) => {
    expect(listedOn(Date.parse(submitted))).toBe(day)
  })
})
