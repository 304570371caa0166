import { group } from '@paperboard/shared/group'
import { limits } from '@paperboard/shared/limits'
import { defaultSettings } from '@paperboard/shared/members'
import { type Actor, circumstancesIn } from '@paperboard/shared/room'
import { isTag, setTag, tagCounts, tagFrom, tagsByPaper } from '@paperboard/shared/tags'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const [alice, bob] = ['AliceAliceAl', 'BobBobBobBob']
const [first, second] = ['paper0000001', 'paper0000002']
const give = (doc: Y.Doc, paper: string, tag: string, me = alice) => setTag(doc, { paper, tag, on: true, me, now: 1 })

/** What the rules say of a change of the tag `rl` on the first paper. */
const verdict = (doc: Y.Doc, actor: Actor, after: unknown, key = `${first}:rl`) =>
  group.roots.tags?.check(
    { key, after, before: () => doc.getMap('tags').get(key) },
    actor,
    circumstancesIn(doc, { now: 1, settings: defaultSettings, closed: false, knows: () => false }),
  )

test('[G40] a tag is on a paper once, whoever gives it, and any member takes it off', () => {
  const doc = new Y.Doc()
  give(doc, first, 'rl')
  give(doc, first, 'rl', bob)
  give(doc, first, 'agents', bob)
  give(doc, second, 'rl')
  expect([...tagsByPaper(doc)]).toEqual([
    [first, ['agents', 'rl']],
    [second, ['rl']],
  ])
  expect(tagCounts(tagsByPaper(doc))).toEqual([
    { tag: 'rl', papers: 2 },
    { tag: 'agents', papers: 1 },
  ])
  setTag(doc, { paper: first, tag: 'rl', on: false, me: bob, now: 2 })
  expect(tagsByPaper(doc).get(first)).toEqual(['agents'])
})

test.each([
  ['Reinforcement Learning', 'reinforcement-learning'],
  ['  #RL ', 'rl'],
  ['C++', 'c++'],
  ['a: b, c', 'a-b-c'],
  ['Überblick', 'überblick'],
  ['注意力', '注意力'],
  ['::', null],
  ['', null],
  ['x'.repeat(limits.tagLength + 1), null],
])('[G41] what is typed becomes a tag of one form: %s', (typed, tag) => expect(tagFrom(typed)).toBe(tag))

test('[G41] what is typed becomes a tag of one form, and a tag stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), typed => {
      const tag = tagFrom(typed)
      if (tag === null) return
      expect(isTag(tag)).toBe(true)
      expect(tagFrom(tag)).toBe(tag)
    }),
  )
})

test.each([
  ['a member', { id: alice, role: 'member' }, { by: alice, at: 1 }, null],
  ['a guest', { id: alice, role: 'guest' }, { by: alice, at: 1 }, 'not-allowed'],
  ['a member in the name of another', { id: alice, role: 'owner' }, { by: bob, at: 1 }, 'not-yours'],
  ['a member, in the future', { id: alice, role: 'member' }, { by: alice, at: 2 + limits.clockSkew }, 'wrong-time'],
  ['a member, with something beside it', { id: alice, role: 'member' }, { by: alice, at: 1, colour: 'red' }, 'invalid-record'],
] as const)('[G42] a tag is given by members, in their own name: %s', (_who, actor, after, refusal) => {
  expect(verdict(new Y.Doc(), actor, after)).toBe(refusal)
})

test.each([`${first}:RL`, `${first}:`, `${first}:a b`, `${first}:a:b`, 'rl', `x:rl`])('[G43] a tag has the form that typing gives it: not %s', key => {
  expect(verdict(new Y.Doc(), { id: alice, role: 'member' }, { by: alice, at: 1 }, key)).toBe('unknown-key')
})

test('[G44] a paper has at most twelve tags, and one that it has may be given again', () => {
  const doc = new Y.Doc()
  for (let i = 0; i < limits.tagsPerPaper; i++) give(doc, first, `tag${i}`)
  const actor = { id: bob, role: 'member' } as const
  expect(verdict(doc, actor, { by: bob, at: 1 })).toBe('too-many-tags')
  expect(verdict(doc, actor, { by: bob, at: 1 }, `${first}:tag0`)).toBe(null)
  expect(verdict(doc, actor, { by: bob, at: 1 }, `${second}:rl`)).toBe(null)
  expect(verdict(doc, actor, undefined, `${first}:tag0`)).toBe(null)
})
