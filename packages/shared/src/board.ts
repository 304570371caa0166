/**
 * The live document of one board, `board/<group>/<day>`: its records, the actions that change them, and views of them.
 *
 *   papers     paperId                            who put it there, when, from where
 *   votes      paperId:memberId                   up or down, when
 *   offers     paperId:memberId                   "I will present this"
 *   comments   nonce:memberId                     Markdown, on a paper or in reply to a comment
 *   reactions  comment key:emoji:memberId
 *   resolved   comment key                        a thread that is settled
 *   status     closed                             nothing changes any more
 *
 * The last part of a key is the record's owner wherever it has one, so that whose a record is can be read off the
 * change itself, and one vote per member is the shape of the data.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id, idPattern, newId } from './ids.ts'
import { limits } from './limits.ts'
import { type Circumstances, idKey, type RoomKind, records } from './room.ts'
import { all, mayClose, mayModerate, mayRemovePaper, mayWrite, notInFuture, ownOnly, refuse, serverOnly, stillOpen, withinBudget } from './rules.ts'

const Time = z.int().min(0)

export const sources = ['paste', 'ids', 'hand', 'sample', 'source'] as const
export const PaperOnBoard = z.strictObject({
  /** Who put it there: a member, or the source that it came from by itself. */
  by: Id,
  at: Time,
  order: z.int().min(0),
  source: z.enum(sources),
  /** What the source is called, and which of its rules highlight the paper; with the paper, since sources go. */
  from: z.string().max(limits.nameLength).optional(),
  marks: z.array(z.string().max(limits.rulePhraseLength)).max(limits.sourceRules).optional(),
})
export type PaperOnBoard = z.infer<typeof PaperOnBoard>

export const Vote = z.strictObject({ value: z.union([z.literal(1), z.literal(-1)]), at: Time })
export type Vote = z.infer<typeof Vote>

export const Offer = z.strictObject({ at: Time })
export type Offer = z.infer<typeof Offer>

/** A key of `comments`: a nonce and the author. */
export const commentKeyPattern = /^[0-9A-Za-z]{12}:[0-9A-Za-z]{12}$/
export const CommentKey = z.string().regex(commentKeyPattern)
export const Comment = z.strictObject({
  paper: Id,
  parent: CommentKey.nullable(),
  text: z.string().trim().min(1).max(limits.commentLength),
  at: Time,
  edited: Time.nullable(),
})
export type Comment = z.infer<typeof Comment>

/** What one can answer with at a glance. A closed set: reactions are counted, so they must be the same for all. */
export const emojis = ['👍', '🎯', '🤔', '❓', '🎉', '❤️'] as const
export type Emoji = (typeof emojis)[number]
export const Reaction = z.strictObject({ at: Time })

export const Resolved = z.strictObject({ by: Id, at: Time })
export type Resolved = z.infer<typeof Resolved>
export const Closed = z.strictObject({ by: Id, at: Time })
export type Closed = z.infer<typeof Closed>

const commentKey = (key: string) => (commentKeyPattern.test(key) ? key.split(':') : null)
const reactionKey = (key: string) => {
  const parts = key.split(':')
  const [nonce, author, emoji, member] = parts
  const wellFormed = parts.length === 4 && [nonce, author, member].every(id => idPattern.test(id ?? '')) && emojis.some(e => e === emoji)
  return wellFormed ? parts : null
}

/** Records are about papers of this board; taking one back always is. */
const aboutKnown = (paper: string | undefined, after: unknown, at: Circumstances) => refuse(after !== undefined && !at.knows(paper ?? ''), 'not-here')

/** Whether a paper is on the board. */
export const onBoard = (doc: Y.Doc, paper: string): boolean => papers(doc).has(paper)

/** Whether a paper is on the board or was before it was taken off: Yjs keeps the key of a deleted record. */
export const everOnBoard = (doc: Y.Doc, paper: string): boolean => papers(doc)._map.has(paper)

export const board: RoomKind = {
  version: 1,
  steps: {},
  roots: {
    papers: records({
      key: idKey(1),
      record: PaperOnBoard,
      may: (c, actor, at) => (c.after === undefined ? all(stillOpen(at), () => mayRemovePaper(actor, c.before())) : serverOnly(actor)),
    }),
    votes: records({
      key: idKey(2),
      record: Vote,
      may: (c, actor, at) =>
        all(
          stillOpen(at),
          () => ownOnly(c, actor),
          () => aboutKnown(c.key[0], c.after, at),
          () => notInFuture(c.after?.at, at),
          () => withinBudget(c, actor, at),
        ),
    }),
    offers: records({
      key: idKey(2),
      record: Offer,
      may: (c, actor, at) =>
        all(
          stillOpen(at),
          () => ownOnly(c, actor),
          () => aboutKnown(c.key[0], c.after, at),
          () => notInFuture(c.after?.at, at),
        ),
    }),
    comments: records({
      key: commentKey,
      record: Comment,
      may: (c, actor, at) =>
        all(
          stillOpen(at),
          () => (c.after === undefined ? mayModerate(c, actor) : ownOnly(c, actor)),
          () => notInFuture(c.after?.edited ?? c.after?.at, at),
          () => aboutKnown(c.after?.paper, c.after, at),
          () => sameThread(c.before(), c.after),
        ),
    }),
    reactions: records({
      key: reactionKey,
      record: Reaction,
      may: (c, actor, at) =>
        all(
          stillOpen(at),
          () => ownOnly(c, actor),
          () => notInFuture(c.after?.at, at),
        ),
    }),
    resolved: records({
      key: commentKey,
      record: Resolved,
      may: (c, actor, at) =>
        all(
          stillOpen(at),
          () => mayWrite(actor),
          () => refuse(c.after !== undefined && c.after.by !== actor.id, 'not-yours'),
          () => notInFuture(c.after?.at, at),
        ),
    }),
    status: records({
      key: key => (key === 'closed' ? [key] : null),
      record: Closed,
      may: (c, actor, at) =>
        all(
          mayClose(actor),
          () => refuse(c.after !== undefined && c.after.by !== actor.id, 'not-yours'),
          () => notInFuture(c.after?.at, at),
        ),
    }),
  },
}

/** An edit changes a comment's text, not where it stands. */
const sameThread = (before: Comment | undefined, after: Comment | undefined) =>
  refuse(
    before !== undefined && after !== undefined && (before.paper !== after.paper || before.parent !== after.parent || before.at !== after.at),
    'invalid-record',
  )

const papers = (doc: Y.Doc) => doc.getMap<PaperOnBoard>('papers')
const votes = (doc: Y.Doc) => doc.getMap<Vote>('votes')
const offers = (doc: Y.Doc) => doc.getMap<Offer>('offers')
const comments = (doc: Y.Doc) => doc.getMap<Comment>('comments')
const reactions = (doc: Y.Doc) => doc.getMap<z.infer<typeof Reaction>>('reactions')
const resolved = (doc: Y.Doc) => doc.getMap<Resolved>('resolved')
const status = (doc: Y.Doc) => doc.getMap<Closed>('status')

// Actions. `me` is a member's id, `now` ms by the server's clock.

/**
 * Puts papers on the board in the given order, below what is there; the first of them at `order` where one is given, the
 * place it had before it was taken off. Papers already there keep their record. Returns how many were added.
 */
export const addPapers = (
  doc: Y.Doc,
  ids: readonly string[],
  by: { member: string; now: number; source: PaperOnBoard['source']; order?: number; from?: string; marks?: ReadonlyMap<string, string[]> },
): number => {
  const map = papers(doc)
  // Counting the keys of papers taken off, too: what is added meanwhile must not get the place of one that may come back.
  let next = map._map.size
  for (const paper of map.values()) next = Math.max(next, paper.order + 1)
  const fresh = [...new Set(ids)].filter(id => !map.has(id))
  const first = by.order !== undefined && by.order < next ? by.order : null
  doc.transact(() => {
    for (const [i, id] of fresh.entries())
      map.set(id, { by: by.member, at: by.now, order: i === 0 && first !== null ? first : next++, source: by.source, ...told(id, by) })
  })
  return fresh.length
}

const told = (id: string, { from, marks }: { from?: string; marks?: ReadonlyMap<string, string[]> }) => {
  const its = marks?.get(id) ?? []
  return { ...(from === undefined ? {} : { from }), ...(its.length === 0 ? {} : { marks: its }) }
}

/** Takes a paper off the board. Its votes and comments stay in the document and return with it. */
export const removePaper = (doc: Y.Doc, paper: string) => papers(doc).delete(paper)

/** Casts, changes or (null) withdraws a vote. */
export const castVote = (doc: Y.Doc, vote: { paper: string; me: string; value: Vote['value'] | null; now: number }) => {
  const key = `${vote.paper}:${vote.me}`
  if (vote.value === null) votes(doc).delete(key)
  else votes(doc).set(key, { value: vote.value, at: vote.now })
}

/** Offers to present a paper, or takes the offer back. */
export const setOffer = (doc: Y.Doc, offer: { paper: string; me: string; offered: boolean; now: number }) => {
  const key = `${offer.paper}:${offer.me}`
  if (offer.offered) offers(doc).set(key, { at: offer.now })
  else offers(doc).delete(key)
}

/** Writes a comment, or a reply to the comment `parent`. Returns its key. */
export const addComment = (doc: Y.Doc, comment: { paper: string; me: string; parent?: string | null; text: string; now: number }): string => {
  const key = `${newId()}:${comment.me}`
  comments(doc).set(key, { paper: comment.paper, parent: comment.parent ?? null, text: comment.text.trim(), at: comment.now, edited: null })
  return key
}

export const editComment = (doc: Y.Doc, key: string, text: string, now: number) => {
  const comment = comments(doc).get(key)
  if (comment !== undefined && comment.text !== text.trim()) comments(doc).set(key, { ...comment, text: text.trim(), edited: now })
}

/** Removes a comment for good. Its replies stay, below a note that it was removed. */
export const deleteComment = (doc: Y.Doc, key: string) => comments(doc).delete(key)

/** Adds my reaction to a comment, or takes it back. */
export const toggleReaction = (doc: Y.Doc, reaction: { comment: string; emoji: Emoji; me: string; now: number }) => {
  const key = `${reaction.comment}:${reaction.emoji}:${reaction.me}`
  if (reactions(doc).has(key)) reactions(doc).delete(key)
  else reactions(doc).set(key, { at: reaction.now })
}

/** Marks the thread below a top comment as settled, or opens it again. */
export const setResolved = (doc: Y.Doc, thread: { comment: string; me: string; resolved: boolean; now: number }) => {
  if (thread.resolved) resolved(doc).set(thread.comment, { by: thread.me, at: thread.now })
  else resolved(doc).delete(thread.comment)
}

export const setClosed = (doc: Y.Doc, board: { me: string; closed: boolean; now: number }) => {
  if (board.closed) status(doc).set('closed', { by: board.me, at: board.now })
  else status(doc).delete('closed')
}

// Views. Each walks one root map once.

/** The papers in board order. */
export const papersOf = (doc: Y.Doc): (PaperOnBoard & { id: string })[] =>
  [...papers(doc).entries()].map(([id, paper]) => ({ id, ...paper })).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

/** Who voted how on one paper, each list in the order of voting. `net` is ups less downs, always counted anew. */
export interface Tally {
  net: number
  up: string[]
  down: string[]
  lastAt: number
}
export const noVotes: Tally = { net: 0, up: [], down: [], lastAt: 0 }

/** Tallies by paper; a paper without votes has none. */
export const talliesOf = (doc: Y.Doc): Map<string, Tally> => talliesIn(votes(doc).entries())

/** The same of some votes, by key: a screen counts only the papers whose votes changed. */
export const talliesIn = (some: Iterable<[string, Vote]>): Map<string, Tally> => {
  // By key where times are equal, so that every screen shows the same order.
  const cast = [...some].sort(([x, a], [y, b]) => a.at - b.at || (x < y ? -1 : 1))
  const tallies = new Map<string, Tally>()
  for (const [key, { value, at }] of cast) {
    const [paper = '', member = ''] = key.split(':')
    const tally = tallies.get(paper) ?? { net: 0, up: [], down: [], lastAt: 0 }
    tallies.set(paper, tally)
    tally.net += value
    tally[value > 0 ? 'up' : 'down'].push(member)
    tally.lastAt = at
  }
  return tallies
}

/** My vote on a paper: 1, -1, or 0 for none. */
export const voteOf = (doc: Y.Doc, paper: string, me: string): 1 | 0 | -1 => votes(doc).get(`${paper}:${me}`)?.value ?? 0

/** How many up-votes a member has on this board. */
export const upVotesOf = (doc: Y.Doc, member: string): number => {
  let count = 0
  for (const [key, vote] of votes(doc).entries()) if (vote.value === 1 && key.endsWith(`:${member}`)) count++
  return count
}

/** Members who offer to present, by paper, in the order of their offers. */
export const offersOf = (doc: Y.Doc): Map<string, string[]> => {
  const made = [...offers(doc).entries()].sort(([, a], [, b]) => a.at - b.at)
  const byPaper = new Map<string, string[]>()
  for (const [key] of made) {
    const [paper = '', member = ''] = key.split(':')
    byPaper.set(paper, [...(byPaper.get(paper) ?? []), member])
  }
  return byPaper
}

/** A comment with what hangs on it. A removed comment that has replies stays as `removed`, without text. */
export interface ThreadComment {
  key: string
  author: string
  text: string
  at: number
  edited: number | null
  removed: boolean
  resolved: Resolved | null
  reactions: { emoji: Emoji; members: string[] }[]
  replies: ThreadComment[]
}

/** The threads of one paper, oldest first, replies below their comment. */
export const threadsOf = (doc: Y.Doc, paper: string): ThreadComment[] => {
  const reactionsBy = reactionsOf(doc)
  const nodes = new Map<string, ThreadComment>()
  const node = (key: string, comment?: Comment): ThreadComment => ({
    key,
    author: key.split(':')[1] ?? '',
    text: comment?.text ?? '',
    at: comment?.at ?? 0,
    edited: comment?.edited ?? null,
    removed: comment === undefined,
    resolved: resolved(doc).get(key) ?? null,
    reactions: reactionsBy.get(key) ?? [],
    replies: [],
  })
  const here = [...comments(doc).entries()].filter(([, comment]) => comment.paper === paper).sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))
  for (const [key, comment] of here) nodes.set(key, node(key, comment))
  const tops: ThreadComment[] = []
  for (const [key, { parent, at }] of here) {
    const self = nodes.get(key)
    if (self === undefined) continue
    if (parent === null || !hangsFromTop(doc, key)) {
      tops.push(self)
      continue
    }
    const above = nodes.get(parent) ?? { ...node(parent), at }
    if (!nodes.has(parent)) tops.push(above)
    nodes.set(parent, above)
    above.replies.push(self)
  }
  return tops
}

/** False when following the parents leads back to the comment: two crafted comments could name each other, and both would be lost to the view. */
const hangsFromTop = (doc: Y.Doc, key: string) => {
  const seen = new Set<string>()
  for (let at: string | null = key; at !== null; at = comments(doc).get(at)?.parent ?? null) {
    if (seen.has(at)) return false
    seen.add(at)
  }
  return true
}

const reactionsOf = (doc: Y.Doc) => {
  const byComment = new Map<string, { emoji: Emoji; members: string[] }[]>()
  const given = [...reactions(doc).entries()].sort(([, a], [, b]) => a.at - b.at)
  for (const [key] of given) {
    const [nonce, author, emojiPart, member = ''] = key.split(':')
    const emoji = emojis.find(e => e === emojiPart)
    if (emoji === undefined) continue
    const comment = `${nonce}:${author}`
    const list = byComment.get(comment) ?? []
    const same = list.find(r => r.emoji === emoji)
    if (same === undefined) list.push({ emoji, members: [member] })
    else same.members.push(member)
    byComment.set(comment, list)
  }
  return byComment
}

/** How much is said about each paper, and when last. `open` counts threads that are not resolved. */
export interface Discussion {
  comments: number
  open: number
  lastAt: number
}
export const discussionsOf = (doc: Y.Doc): Map<string, Discussion> => {
  const byPaper = new Map<string, Discussion>()
  for (const [key, comment] of comments(doc).entries()) {
    const so = byPaper.get(comment.paper) ?? { comments: 0, open: 0, lastAt: 0 }
    const open = comment.parent === null && !resolved(doc).has(key) ? 1 : 0
    byPaper.set(comment.paper, { comments: so.comments + 1, open: so.open + open, lastAt: Math.max(so.lastAt, comment.at) })
  }
  return byPaper
}

/** How many comments on the paper others have written since. */
export const saidSince = (doc: Y.Doc, { paper, since, me }: { paper: string; since: number; me: string }): number => {
  let said = 0
  for (const [key, comment] of comments(doc).entries()) if (comment.paper === paper && comment.at > since && !key.endsWith(`:${me}`)) said++
  return said
}

export const closedOf = (doc: Y.Doc): Closed | null => status(doc).get('closed') ?? null

/** The orders in which a board can be read. */
export const boardOrders = ['board', 'votes', 'new', 'discussed'] as const
export type BoardOrder = (typeof boardOrders)[number]

/** Paper ids in one of the orders; ties stay in board order. `new` is the most recently added first. */
export const ordered = (doc: Y.Doc, order: BoardOrder): string[] =>
  inOrder(papersOf(doc), order, {
    tallies: order === 'votes' ? talliesOf(doc) : new Map(),
    discussions: order === 'discussed' ? discussionsOf(doc) : new Map(),
  })

/** The same from views at hand; `list` is in board order. */
export const inOrder = (
  list: readonly { id: string; at: number }[],
  order: BoardOrder,
  by: { tallies: Map<string, Tally>; discussions: Map<string, Discussion> },
): string[] => {
  if (order === 'board') return list.map(p => p.id)
  const rank = (p: { id: string; at: number }) =>
    order === 'new' ? p.at : order === 'votes' ? (by.tallies.get(p.id)?.net ?? 0) : (by.discussions.get(p.id)?.comments ?? 0)
  return list
    .map(p => ({ id: p.id, rank: rank(p) }))
    .sort((a, b) => b.rank - a.rank)
    .map(p => p.id)
}
