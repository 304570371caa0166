import { limits } from '@paperboard/shared/limits'
import { kindAsked, type Marked, parseSearch, searchTerms } from '@paperboard/shared/search'
import { describe, expect, test } from 'vitest'
import { askedBy } from '../../apps/server/src/search/clauses.ts'
import { excerpt, marked } from '../../apps/server/src/search/marks.ts'
import { folded, joinedTokens, stem, tokensOf } from '../../apps/server/src/search/text.ts'
import { oddText } from '../support/oddText.ts'
import { type Random, randomFrom } from '../support/random.ts'

const nothing = { words: [], phrases: [], not: [], fields: [], problems: [] }

describe('[X1] a query is words, phrases, what must not be there, and fields:', () => {
  test.each([
    ['', nothing],
    ['state space', { ...nothing, words: ['state', 'space'] }],
    ['"state space" mamba', { ...nothing, words: ['mamba'], phrases: ['state space'] }],
    ['“state space”', { ...nothing, phrases: ['state space'] }],
    ['"state spa', { ...nothing, phrases: ['state spa'] }],
    ['mamba -diffusion -"large model"', { ...nothing, words: ['mamba'], not: ['diffusion', 'large model'] }],
    ['pre-training', { ...nothing, words: ['pre-training'] }],
    ['- -- "" *', nothing],
    [
      'author:Gu Author:"Albert Gu"',
      {
        ...nothing,
        fields: [
          { field: 'author', value: 'Gu' },
          { field: 'author', value: 'Albert Gu' },
        ],
      },
    ],
    ['author: Gu', { ...nothing, fields: [{ field: 'author', value: 'Gu' }] }],
    ['-tag:rl', { ...nothing, fields: [{ field: 'tag', value: 'rl', not: true }] }],
    ['see:this', { ...nothing, words: ['see:this'] }],
    [
      'on:2026-11 before:2026 after:2026-11-24',
      {
        ...nothing,
        fields: [
          { field: 'on', value: '2026-11' },
          { field: 'before', value: '2026' },
          { field: 'after', value: '2026-11-24' },
        ],
      },
    ],
  ])('%s', (q, asked) => {
    expect(parseSearch(q)).toEqual(asked)
  })
})

test('[X2] what of a query cannot be taken is said with its reason, and the rest counts', () => {
  const { words, fields, problems } = parseSearch('mamba on:2026-02-30 on:soon kind:films read:bob voted:me tag:')
  expect(words).toEqual(['mamba'])
  expect(fields).toEqual([{ field: 'voted', value: 'me' }])
  expect(problems.map(({ text }) => text)).toEqual(['on:2026-02-30', 'on:soon', 'kind:films', 'read:bob', 'tag:'])
  for (const { reason } of problems) expect(reason).toMatch(/^[A-Z].*\.$/)
  expect(parseSearch('a '.repeat(limits.searchTerms + 2)).problems).toHaveLength(1)
})

test('[X3] only the last word, with nothing behind it, is the beginning of a word', () => {
  const open = (q: string) => searchTerms(q).terms.map(term => term.open)
  expect(open('state spa')).toEqual([false, true])
  expect(open('state spa ')).toEqual([false, false])
  expect(open('"state spa"')).toEqual([false])
  expect(open('"state spa')).toEqual([true])
  expect(open('mamba author:g')).toEqual([false, true])
})

test('[X4] a query narrows itself to a kind, in the singular or plural', () => {
  const kind = (q: string) => kindAsked(parseSearch(q))
  expect([kind('a'), kind('kind:paper'), kind('kind:Comments a'), kind('kind:person'), kind('kind:notes kind:people')]).toEqual([
    null,
    'papers',
    'comments',
    'people',
    'people',
  ])
})

describe('[X5] words are the same', () => {
  test.each([
    ['Müller', 'muller'],
    ['Łukasz', 'lukasz'],
    ['Straße', 'strasse'],
    ['ﬁne', 'fine'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['İstanbul', 'istanbul'],
    ['x²', 'x2'],
  ])('%s as %s', (text, word) => {
    expect(folded(text)).toBe(word)
    expect(tokensOf(text)).toEqual([{ word, from: 0, to: text.length }])
  })

  test.each([
    ['models', 'model'],
    ['theories', 'theory'],
    ['approaches', 'approach'],
    ['classes', 'class'],
    ['boxes', 'box'],
    ['caches', 'cache'],
  ])('%s as %s', (many, one) => expect(stem(many)).toBe(stem(one)))

  test.each(['gauss', 'analysis', 'corpus', 'gpt4', 'bas', 'müs'])('%s only as itself', word => expect(stem(word)).toBe(word))
})

test('[X6] words with hyphens are found in one, and signs of scripts without spaces one by one', () => {
  const text = 'Pre-training of image-to-text models'
  expect(joinedTokens(text, tokensOf(text)).map(({ word, from, to }) => [word, text.slice(from, to)])).toEqual([
    ['pretraining', 'Pre-training'],
    ['imagetotext', 'image-to-text'],
  ])
  expect(tokensOf('深度学习 mit 注意').map(({ word }) => word)).toEqual(['深', '度', '学', '习', 'mit', '注', '意'])
})

test('[X7] common words need not be there, unless there are no others, or they stand in a phrase', () => {
  const typed = (q: string) => askedBy(q).all.map(clause => clause.typed)
  expect(typed('the theory of games')).toEqual(['theory', 'games'])
  expect(typed('of the ')).toEqual(['of', 'the'])
  expect(typed('"the theory" of games')).toEqual(['the theory', 'games'])
  expect(typed('games th')).toEqual(['games', 'th'])
})

const shown = ({ text, hits }: Marked) => hits.map(([from, to]) => text.slice(from, to))

describe('[X8] what was asked for is marked where it stands:', () => {
  test.each([
    ['spac', 'State spaces, and a space', ['spaces', 'space']],
    ['spac ', 'State spaces', []],
    ['"state space" ', 'Space, state; state spaces', ['state spaces']],
    ['muller', 'von Müller 𝒳', ['Müller']],
    ['pretraining', 'On pre-training', ['pre-training']],
    ['pre-training', 'Pretraining', ['Pretraining']],
    ['title:a author:b', 'a b', ['a']],
    ['學', '機器學習', ['學']],
  ])('%s in %s', (q, text, hits) => expect(shown(marked(text, askedBy(q).all, 'title'))).toEqual(hits))
})

test('[X9] a long text is shown where most of what was asked for stands together', () => {
  const text = `${'one '.repeat(100)}mamba ${'two '.repeat(100)} a state space like mamba ${'three '.repeat(100)}`
  const found = excerpt(text, askedBy('mamba state space').all)
  expect(found.text).toMatch(/^….*a state space like mamba.*…$/)
  expect(found.text.length).toBeLessThan(300)
  expect(shown(found)).toEqual(['state', 'space', 'mamba'])
  expect(excerpt('Nothing of it', askedBy('mamba').all)).toEqual({ text: 'Nothing of it', hits: [] })
})

const randomQuery = (random: Random): string => oddText(random, 30)

test('[X10] whatever is typed is understood in some way, and marked within the text', () => {
  const random = randomFrom()
  for (let n = 0; n < 3_000; n++) {
    const q = randomQuery(random)
    const about = `seed ${random.seed}, query ${JSON.stringify(q)}`
    const { all, none } = askedBy(q)
    for (const { any } of [...all, ...none]) for (const { words } of any) for (const word of words) expect(word, about).toMatch(/^[\p{L}\p{N}]+$/u)
    const { text, hits } = excerpt(randomQuery(random).repeat(20), all)
    let end = -1
    for (const [from, to] of hits) {
      expect(from, about).toBeGreaterThan(end)
      expect(to, about).toBeGreaterThan(from)
      end = to
    }
    expect(end, about).toBeLessThanOrEqual(text.length)
    expect(
      parseSearch(q).problems.every(({ reason }) => reason !== ''),
      about,
    ).toBe(true)
  }
})
