import { addComment, castVote, editComment, emojis, setOffer, setResolved, toggleReaction } from '@paperboard/shared/board'
import * as Y from 'yjs'
import { randomFrom } from '../support/random.ts'

/** What 60 members did on a busy board, in all: some 230 KB as an update. */
const deeds = { votes: 1_500, changedVotes: 1_200, comments: 420, edits: 120, reactions: 300, offers: 60, resolved: 40 }
const words =
  'attention ablation baseline bound causal compute contrastive convex data decoder diffusion evaluation gradient kernel latent margin memory model noise objective policy prior proof regret reward sample scaling sparse token training variance'.split(
    ' ',
  )

/** One member's part of the board: the update that holds all they did there. */
export interface Part {
  member: string
  update: Uint8Array
}

/** Makes up what members did with these papers. Each member's changes stand for themselves, since every record is its author's. */
export function makeBoard({ members, papers, now }: { members: readonly string[]; papers: readonly string[]; now: number }): Part[] {
  const random = randomFrom(7)
  const authors = members.map(member => ({ member, doc: new Y.Doc() }))
  const said: string[] = []
  // In the past, and far enough from what the bench itself writes.
  let clock = now - 48 * 3_600_000
  const tick = () => (clock += random.below(5_000))
  const some = () => random.pick(authors)
  const text = (count: number) => Array.from({ length: count }, () => random.pick(words)).join(' ')
  const vote = () => {
    const { member, doc } = some()
    castVote(doc, { paper: random.pick(papers), me: member, value: random.chance(0.8) ? 1 : -1, now: tick() })
  }
  const change = () => {
    const { member, doc } = some()
    const [key, cast] = random.pick([...doc.getMap<{ value: 1 | -1 }>('votes').entries()])
    castVote(doc, { paper: key.split(':')[0] ?? '', me: member, value: cast.value === 1 ? -1 : 1, now: tick() })
  }
  const comment = () => {
    const { member, doc } = some()
    const parent = said.length > 0 && random.chance(0.4) ? random.pick(said) : null
    said.push(addComment(doc, { paper: random.pick(papers), me: member, parent, text: text(6 + random.below(40)), now: tick() }))
  }
  const edit = () => {
    const key = random.pick(said)
    const author = authors.find(({ member }) => key.endsWith(member))
    if (author !== undefined) editComment(author.doc, key, text(6 + random.below(40)), tick())
  }
  const react = () => {
    const { member, doc } = some()
    toggleReaction(doc, { comment: random.pick(said), emoji: random.pick(emojis), me: member, now: tick() })
  }
  const offer = () => {
    const { member, doc } = some()
    setOffer(doc, { paper: random.pick(papers), me: member, offered: true, now: tick() })
  }
  const settle = () => {
    const { member, doc } = some()
    setResolved(doc, { comment: random.pick(said), me: member, resolved: true, now: tick() })
  }
  for (const [count, act] of [
    [deeds.votes, vote],
    [deeds.changedVotes, change],
    [deeds.comments, comment],
    [deeds.edits, edit],
    [deeds.reactions, react],
    [deeds.offers, offer],
    [deeds.resolved, settle],
  ] as const)
    for (let n = 0; n < count; n++) act()
  return authors.map(({ member, doc }) => ({ member, update: Y.encodeStateAsUpdate(doc) }))
}
