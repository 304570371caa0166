/** A history in words and steps, as the page goes through it. */
import type { RecordChange } from '@paperboard/shared/history'
import { expect, test } from 'vitest'
import { papersIn, stepsOf } from '../../apps/web/src/replay/steps.ts'

const names = { nameOf: (member: string) => ({ a: 'Ada', b: 'Ben' })[member] ?? member, titleOf: (paper: string) => `“${paper}”` }
const said = (...changes: [by: string, root: string, key: string, after?: unknown][]) =>
  stepsOf(
    {
      moments: changes.map(([by, root, key, after], at) => ({
        at,
        texts: [],
        records: [{ by, root, key, ...(after === undefined ? {} : { after }) } satisfies RecordChange],
      })),
    },
    names,
  ).map(step => step.said.join('; '))

test('[Z24] what is done on a board is told in words, also what is taken back', () => {
  expect(
    said(
      ['server', 'papers', 'p', { by: 'a', source: 'hand' }],
      ['b', 'votes', 'p:b', { value: 1 }],
      ['b', 'votes', 'p:b', { value: -1 }],
      ['b', 'votes', 'p:b'],
      ['a', 'comments', 'n:a', { paper: 'p', text: 'Why?' }],
      ['a', 'comments', 'n:a'],
      ['a', 'comments', 'm:a', { paper: 'p', text: '' }],
      ['a', 'status', 'closed', { by: 'a' }],
    ),
  ).toEqual([
    'Ada put “p” on the board',
    'Ben voted up on “p”',
    'Ben voted down on “p”',
    'Ben withdrew the vote on “p”',
    'Ada commented on “p”: Why?',
    'Ada removed a comment on “p”',
    'Ada commented on “p”, which was taken away later',
    'Ada closed the board',
  ])
})

test('[Z25] what is done in a meeting is told in words, and what is not worth a step goes with the next', () => {
  const steps = stepsOf(
    {
      moments: [
        { at: 1, records: [{ by: 'server', root: 'floor', key: 'floor', after: { facilitator: 'a', item: 'lobby' } }], texts: [] },
        { at: 2, records: [{ by: 'a', root: 'clock', key: 'p', after: {} }], texts: [] },
        { at: 3, records: [{ by: 'a', root: 'floor', key: 'floor', after: { facilitator: 'a', item: 'p' } }], texts: [] },
        { at: 4, records: [], texts: [{ by: ['b'], root: 'notes', key: 'p', at: 0, removed: 0, inserted: 'So\nit is' }] },
        { at: 5, records: [{ by: 'server', root: 'standing', key: 'q', after: {} }], texts: [] },
      ],
    },
    names,
  )
  expect(steps.map(step => [step.at, step.upTo, step.said.join()])).toEqual([
    [1, 1, 'Ada leads'],
    [3, 3, 'The meeting went to “p”'],
    [4, 5, 'Ben wrote in the notes on “p”: So it is'],
  ])
  expect([...(steps[1]?.changed ?? [])]).toEqual(['clock/p', 'floor/floor'])
})

test('[Z26] the papers of a history are those of all its records and notes', () => {
  const records = [
    { by: 'a', root: 'votes', key: 'p:a', after: { value: 1 } },
    { by: 'a', root: 'comments', key: 'n:a', after: { paper: 'q', text: 'x' } },
    { by: 'a', root: 'floor', key: 'floor', after: { item: 'lobby' } },
  ]
  expect(papersIn({ moments: [{ at: 1, records, texts: [{ by: ['a'], root: 'notes', key: 'r', at: 0, removed: 0, inserted: 'x' }] }] }).sort()).toEqual([
    'p',
    'q',
    'r',
  ])
})

test('[Z30] papers that came together are counted, and nothing is said twice of one step', () => {
  const records = Array.from({ length: 5 }, (_, n) => ({ by: 'server', root: 'papers', key: `p${n}`, after: { by: 'a', source: 'paste' } }))
  const reactions = ['x', 'y'].map(nonce => ({ by: 'b', root: 'reactions', key: `${nonce}:a:👍:b`, after: { at: 1 } }))
  expect(stepsOf({ moments: [{ at: 1, records: [...records, ...reactions], texts: [] }] }, names).map(step => step.said)).toEqual([
    ['5 papers came to the board', 'Ben reacted with 👍'],
  ])
})
