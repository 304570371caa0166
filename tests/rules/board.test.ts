import {
  addComment,
  addPapers,
  board,
  castVote,
  deleteComment,
  discussionsOf,
  editComment,
  emojis,
  noVotes,
  ordered,
  papersOf,
  removePaper,
  saidSince,
  setClosed,
  setOffer,
  setResolved,
  talliesOf,
  threadsOf,
  toggleReaction,
  type Vote,
  voteOf,
} from '@paperboard/shared/board'
import { defaultSettings } from '@paperboard/shared/members'
import { circumstancesIn } from '@paperboard/shared/room'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

const [alice, bob] = ['AliceAliceAl', 'BobBobBobBob']
const [first, second, third] = ['paper0000001', 'paper0000002', 'paper0000003']

const newBoard = () => {
  const doc = new Y.Doc()
  addPapers(doc, [first, second, third], { member: alice, now: 1, source: 'hand' })
  return doc
}
const cast = (doc: Y.Doc, me: string, value: Vote['value'] | null, paper = first, now = 1) => castVote(doc, { paper, me, value, now })

describe('[V1] a vote is one of up, down and none, and the tally follows', () => {
  test.each([
    [null, 1, 1],
    [null, -1, -1],
    [1, null, 0],
    [-1, null, 0],
    [1, -1, -1],
    [-1, 1, 1],
    [1, 1, 1],
    [null, null, 0],
  ] as const)('%s to %s counts as %i', (before, after, net) => {
    const doc = newBoard()
    cast(doc, alice, before)
    cast(doc, alice, after)
    expect([voteOf(doc, first, alice), (talliesOf(doc).get(first) ?? noVotes).net]).toEqual([net, net])
  })
})

test('[V2] a tally names who voted, in the order of voting, and each member once', () => {
  const doc = newBoard()
  cast(doc, bob, 1, first, 2)
  cast(doc, alice, 1, first, 1)
  cast(doc, bob, 1, first, 3)
  expect(talliesOf(doc).get(first)).toEqual({ net: 2, up: [alice, bob], down: [], lastAt: 3 })
})

test('[V3] two windows of one member that vote differently while apart end on one vote', () => {
  const [here, there] = [newBoard(), new Y.Doc()]
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  cast(here, alice, 1)
  cast(there, alice, -1)
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  expect(voteOf(here, first, alice)).toBe(voteOf(there, first, alice))
  expect(Math.abs(talliesOf(here).get(first)?.net ?? 0)).toBe(1)
})

test.each([
  [1, 'another paper', 'over-budget'],
  [-1, 'another paper', null],
  [1, 'the paper voted for', null],
] as const)('[V4] with the one up-vote of the budget given, a vote of %i on %s is %s', (value, on, verdict) => {
  const doc = newBoard()
  cast(doc, alice, 1)
  const key = `${on === 'another paper' ? second : first}:${alice}`
  const at = circumstancesIn(doc, { now: 1, settings: { ...defaultSettings, voteBudget: 1 }, closed: false, knows: () => true })
  expect(board.roots.votes?.check({ key, after: { value, at: 1 }, before: () => doc.getMap('votes').get(key) }, { id: alice, role: 'member' }, at)).toBe(
    verdict,
  )
})

test('[B1] papers keep the order in which they came, new ones below, and none is there twice', () => {
  const doc = newBoard()
  expect(addPapers(doc, [second, 'paper0000004', 'paper0000004'], { member: bob, now: 2, source: 'ids' })).toBe(1)
  expect(papersOf(doc).map(({ id, by }) => [id, by])).toEqual([
    [first, alice],
    [second, alice],
    [third, alice],
    ['paper0000004', bob],
  ])
})

test('[B5] a paper that is put back is where it was, whatever came meanwhile, and no other has its place', () => {
  const doc = new Y.Doc()
  const by = { member: alice, now: 1, source: 'ids' as const }
  const ids = () => papersOf(doc).map(paper => paper.id)
  addPapers(doc, [first, second, third], by)
  const takeOff = (paper: string) => {
    const order = papersOf(doc).find(({ id }) => id === paper)?.order
    removePaper(doc, paper)
    return order
  }
  const middle = takeOff(second)
  addPapers(doc, ['paper0000004'], by)
  addPapers(doc, [second], { ...by, order: middle })
  expect(ids()).toEqual([first, second, third, 'paper0000004'])
  const last = takeOff('paper0000004')
  addPapers(doc, ['aaper0000005'], by)
  addPapers(doc, ['paper0000004'], { ...by, order: last })
  expect(ids()).toEqual([first, second, third, 'paper0000004', 'aaper0000005'])
  // Without a place, or with one that the board never had, it comes last.
  for (const order of [undefined, 1_000_000]) {
    removePaper(doc, first)
    addPapers(doc, [first], { ...by, order })
    expect(ids().at(-1)).toBe(first)
  }
  const orders = papersOf(doc).map(paper => paper.order)
  expect(new Set(orders).size).toBe(orders.length)
})

test('[B2] a board is read in board order, by votes, by what is new and by what is discussed, ties in board order', () => {
  const doc = newBoard()
  addPapers(doc, ['paper0000004'], { member: bob, now: 9, source: 'hand' })
  cast(doc, alice, 1, third)
  cast(doc, alice, -1, first)
  addComment(doc, { paper: second, me: bob, text: 'Hm', now: 1 })
  expect(ordered(doc, 'board')).toEqual([first, second, third, 'paper0000004'])
  expect(ordered(doc, 'votes')).toEqual([third, second, 'paper0000004', first])
  expect(ordered(doc, 'new')).toEqual(['paper0000004', first, second, third])
  expect(ordered(doc, 'discussed')).toEqual([second, first, third, 'paper0000004'])
})

test('[B3] a paper taken off keeps its votes and gets them back when it returns', () => {
  const doc = newBoard()
  cast(doc, bob, 1)
  removePaper(doc, first)
  expect(papersOf(doc).map(({ id }) => id)).toEqual([second, third])
  addPapers(doc, [first], { member: alice, now: 3, source: 'ids' })
  expect(talliesOf(doc).get(first)?.net).toBe(1)
})

test.each([
  ['owner', null],
  ['organizer', null],
  ['member', 'not-allowed'],
  ['guest', 'not-allowed'],
] as const)('[B4] a board closed by a %s: %s', (role, verdict) => {
  const doc = newBoard()
  setClosed(doc, { me: alice, closed: true, now: 1 })
  const at = circumstancesIn(doc, { now: 1, settings: defaultSettings, closed: false, knows: () => true })
  expect(board.roots.status?.check({ key: 'closed', after: doc.getMap('status').get('closed'), before: () => undefined }, { id: alice, role }, at)).toBe(
    verdict,
  )
})

test('[C1] replies stand below what they answer, oldest first', () => {
  const doc = newBoard()
  const top = addComment(doc, { paper: first, me: alice, text: 'Why?', now: 1 })
  addComment(doc, { paper: first, me: alice, parent: top, text: 'Later', now: 3 })
  addComment(doc, { paper: first, me: bob, parent: top, text: 'Sooner', now: 2 })
  addComment(doc, { paper: second, me: bob, text: 'Elsewhere', now: 1 })
  expect(threadsOf(doc, first).map(({ text, replies }) => [text, replies.map(reply => reply.text)])).toEqual([['Why?', ['Sooner', 'Later']]])
})

test('[C2] the replies to a removed comment stay, below a note without its text', () => {
  const doc = newBoard()
  const top = addComment(doc, { paper: first, me: alice, text: 'A slip', now: 1 })
  addComment(doc, { paper: first, me: bob, parent: top, text: 'Still true', now: 2 })
  deleteComment(doc, top)
  expect(threadsOf(doc, first)).toMatchObject([{ key: top, removed: true, text: '', author: alice, replies: [{ text: 'Still true' }] }])
})

test('[C3] comments that name each other as parents are shown all the same', () => {
  const doc = newBoard()
  const [one, two] = [`aaaaaaaaaaaa:${alice}`, `bbbbbbbbbbbb:${bob}`]
  for (const [key, parent] of [
    [one, two],
    [two, one],
  ] as const) {
    doc.getMap('comments').set(key, { paper: first, parent, text: key, at: 1, edited: null })
  }
  expect(threadsOf(doc, first).map(({ key }) => key)).toEqual([one, two])
})

test('[C4] an edit changes the words and says so, and an edit to the same words does not', () => {
  const doc = newBoard()
  const key = addComment(doc, { paper: first, me: alice, text: 'Eq. 2', now: 1 })
  editComment(doc, key, ' Eq. 2 ', 5)
  expect(threadsOf(doc, first)).toMatchObject([{ text: 'Eq. 2', at: 1, edited: null }])
  editComment(doc, key, 'Eq. 3', 6)
  expect(threadsOf(doc, first)).toMatchObject([{ text: 'Eq. 3', at: 1, edited: 6 }])
})

test('[C5] a reaction is given once by each member and taken back by the same press', () => {
  const doc = newBoard()
  const comment = addComment(doc, { paper: first, me: alice, text: 'Eq. 2', now: 1 })
  const [emoji] = emojis
  toggleReaction(doc, { comment, emoji, me: bob, now: 2 })
  toggleReaction(doc, { comment, emoji, me: alice, now: 3 })
  expect(threadsOf(doc, first)[0]?.reactions).toEqual([{ emoji, members: [bob, alice] }])
  toggleReaction(doc, { comment, emoji, me: bob, now: 4 })
  expect(threadsOf(doc, first)[0]?.reactions).toEqual([{ emoji, members: [alice] }])
})

test('[C6] a settled thread is not counted as open, its comments are', () => {
  const doc = newBoard()
  const comment = addComment(doc, { paper: first, me: alice, text: 'Why?', now: 1 })
  addComment(doc, { paper: first, me: bob, parent: comment, text: 'See Sec. 2', now: 2 })
  expect(discussionsOf(doc).get(first)).toEqual({ comments: 2, open: 1, lastAt: 2 })
  setResolved(doc, { comment, me: bob, resolved: true, now: 3 })
  expect(discussionsOf(doc).get(first)).toEqual({ comments: 2, open: 0, lastAt: 2 })
})

test('[C8] what was said on a paper since a time is what others wrote after it, while it is there', () => {
  const doc = newBoard()
  const [at, since] = [9, 5]
  addComment(doc, { paper: first, me: bob, text: 'At that time', now: since })
  addComment(doc, { paper: second, me: bob, text: 'Of another paper', now: at })
  addComment(doc, { paper: first, me: alice, text: 'My own', now: at })
  const theirs = addComment(doc, { paper: first, me: bob, text: 'Of bob', now: at })
  expect(saidSince(doc, { paper: first, since, me: alice })).toBe(1)
  expect(saidSince(doc, { paper: first, since, me: bob })).toBe(1)
  deleteComment(doc, theirs)
  expect(saidSince(doc, { paper: first, since, me: alice })).toBe(0)
})

test('[C7] an offer to present is made once and can be taken back', () => {
  const doc = newBoard()
  for (const now of [1, 2]) setOffer(doc, { paper: first, me: bob, offered: true, now })
  expect(doc.getMap('offers').size).toBe(1)
  setOffer(doc, { paper: first, me: bob, offered: false, now: 3 })
  expect(doc.getMap('offers').size).toBe(0)
})
