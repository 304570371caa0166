import { addComment, castVote, deleteComment, editComment, emojis, setOffer, setResolved, toggleReaction } from '@paperboard/shared/board'
import type * as Y from 'yjs'
import type { Peer } from './peer.ts'
import type { Random } from './random.ts'

/** Each writer keeps this many changes under way. */
const window = 8

/** Times of records: in the past and no two alike, so that each change can be told from all others. */
let clock = Date.now() - 3_600_000

/** One of the things that members do on a board, on a record that is theirs alone. */
export function act(doc: Y.Doc, me: string, random: Random) {
  const now = clock++
  const paper = random.pick([...doc.getMap('papers').keys()])
  const own = [...doc.getMap('comments').keys()].filter(key => key.endsWith(`:${me}`))
  const comment = own.length === 0 ? null : random.pick(own)
  const kind = random.below(8)
  if (kind <= 2) castVote(doc, { paper, me, value: random.pick([1, -1, null]), now })
  else if (kind === 3) setOffer(doc, { paper, me, offered: random.chance(0.5), now })
  else if (kind === 4 || comment === null) addComment(doc, { paper, me, text: 'What about the ablation? '.repeat(1 + random.below(80)), now })
  else if (kind === 5) editComment(doc, comment, `Answered in the appendix, at ${now}.`, now)
  else if (kind === 6) toggleReaction(doc, { comment, emoji: random.pick(emojis), me, now })
  else if (random.chance(0.3)) deleteComment(doc, comment)
  else setResolved(doc, { comment, me, resolved: random.chance(0.5), now })
}

/** Lets members write, always with some changes under way, until `count` of their messages are acknowledged; then `end` is called at once, and they go on until they are disconnected. */
export function writeUntil(
  writers: readonly { peer: Peer; me: string }[],
  { count, random, end }: { count: number; random: Random; end: () => Promise<void> },
): Promise<void> {
  const acknowledged = () => writers.reduce((sum, { peer }) => sum + peer.acknowledged, 0)
  const goal = acknowledged() + count
  return new Promise((resolve, reject) => {
    let ended = false
    const go = () => {
      if (!ended && acknowledged() >= goal) {
        ended = true
        end().then(resolve, reject)
      }
      for (const { peer, me } of writers)
        for (let left = window - (peer.sent - peer.acknowledged); left > 0 && peer.closed === null; left--) act(peer.doc, me, random)
    }
    for (const { peer } of writers) peer.socket.on('message', go)
    go()
  })
}
