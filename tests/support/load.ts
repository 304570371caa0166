import { addComment, castVote, deleteComment, editComment, emojis, setOffer, setResolved, toggleReaction } from '@paperboard/shared/board'
import { assignReading, changeReading, progressStates, type Reading, removeReading, setProgress } from '@paperboard/shared/group'
import type * as Y from 'yjs'
import type { Peer } from './peer.ts'
import type { Random } from './random.ts'

/** Each writer keeps this many changes under way. */
const window = 8

/** Times of records: in the past and no two alike, so that each change can be told from all others. */
let clock = Date.now() - 3_600_000

/** What a member does in a room, on a record that is theirs alone. */
export type Act = (doc: Y.Doc, me: string, random: Random) => void

/** One of the things that members do on a board. */
export const act: Act = (doc, me, random) => {
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

/** One of the things that members do in the room of their group. Presenters' readings are never taken back, so that progress is noted on what is there. */
export const actInGroup: Act = (doc, me, random) => {
  const now = clock++
  const readings = [...doc.getMap<Reading>('readings').entries()]
  const own = readings.filter(([key]) => key.endsWith(`:${me}`))
  const presenting = own.filter(([, reading]) => reading.role === 'presenter').map(([key]) => key)
  const reading = own.filter(([, { role }]) => role === 'reader').map(([key]) => key)
  const kind = random.below(4)
  const due = `2026-12-${String(1 + random.below(28)).padStart(2, '0')}`
  const hand = (role: Reading['role']) =>
    assignReading(doc, me, {
      paper: `paper${String(random.below(10_000_000)).padStart(7, '0')}`,
      board: '2026-11-24',
      member: me,
      role,
      part: '',
      due,
      at: now,
    })
  if (presenting.length < 3) hand('presenter')
  else if (kind === 0 || reading.length === 0) hand('reader')
  else if (kind === 1) setProgress(doc, { reading: random.pick(presenting), me, state: random.pick(progressStates), now })
  else if (kind === 2) changeReading(doc, random.pick(own)[0], { part: `Sec. ${now}`, due }, { me, now })
  else removeReading(doc, random.pick(reading))
}

export interface Writer {
  peer: Peer
  me: string
  /** What they do; what is done on a board unless named. */
  does?: Act
}

interface Load {
  random: Random
  end: () => Promise<void>
  /** Goes on until so many messages are acknowledged, */
  count?: number
  /** or for so long, in ms from the beginning. */
  for?: number
}

/** Lets members write, always with some changes under way, for a count or a time; then `end` is called at once, and they go on until they are disconnected. */
export function writeUntil(writers: readonly Writer[], { random, end, count = Number.POSITIVE_INFINITY, for: ms }: Load): Promise<void> {
  const acknowledged = () => writers.reduce((sum, { peer }) => sum + peer.acknowledged, 0)
  const goal = acknowledged() + count
  return new Promise((resolve, reject) => {
    let ended = false
    const finish = () => {
      if (ended) return
      ended = true
      end().then(resolve, reject)
    }
    const go = () => {
      if (acknowledged() >= goal) finish()
      for (const { peer, me, does = act } of writers)
        for (let left = window - (peer.sent - peer.acknowledged); left > 0 && peer.closed === null; left--) does(peer.doc, me, random)
    }
    for (const { peer } of writers) peer.socket.on('message', go)
    if (ms !== undefined) setTimeout(finish, ms)
    go()
  })
}
