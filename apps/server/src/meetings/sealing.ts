/**
 * Takes and secret ballots on their way: into the database, where nobody but their author reads them, and from there into
 * the meeting's document once they are opened. What is opened is noted in the database first: if the document does not get
 * it, doing it again does the rest.
 */
import { closePoll, countBallots, countsOf, fits, NewBallot, noteVoter, type Poll, PollResult, pollOf } from '@paperboard/shared/polls'
import { meetingRoom } from '@paperboard/shared/room'
import { NewTake, noteTaker, revealTakes, type Take } from '@paperboard/shared/takes'
import type { Database } from '../db/database.ts'
import { open, seal, takeOut } from '../db/sealed.ts'
import { Problem } from '../errors.ts'
import type { Rooms } from '../sync/rooms.ts'

/** Where and by whom. */
export interface Act {
  group: string
  meeting: string
  me: string
  now: number
}
interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read'>
}

const isRevealed = new Problem('conflict', 'The takes on this paper have been revealed: they stay as they are.')
const isCounted = new Problem('conflict', 'The poll is closed: its votes are counted.')

export async function writeTake({ db, rooms }: Parts, act: Act, { paper, take }: { paper: string; take: NewTake }): Promise<void> {
  const done = await seal(db, { meeting: act.meeting, kind: 'take', thing: paper }, { person: act.me, content: take, at: act.now })
  if (!done) throw isRevealed
  await rooms.edit(meetingRoom(act.group, act.meeting), doc => noteTaker(doc, { paper, member: act.me, now: act.now, wrote: true }))
}

export async function takeBack({ db, rooms }: Parts, act: Act, paper: string): Promise<void> {
  if (!(await takeOut(db, { meeting: act.meeting, kind: 'take', thing: paper }, act.me))) throw isRevealed
  await rooms.edit(meetingRoom(act.group, act.meeting), doc => noteTaker(doc, { paper, member: act.me, now: act.now, wrote: false }))
}

/** Reveals what everybody wrote on a paper. */
export async function reveal({ db, rooms }: Parts, act: Act, paper: string): Promise<void> {
  const found = await open(db, { meeting: act.meeting, kind: 'take', thing: paper }, { by: act.me, at: act.now, count: () => null, evenIfNone: false })
  if (found === null) throw new Problem('conflict', 'Nobody has written a take on this paper yet.')
  const written = new Map<string, Take>(found.sealed.map(({ person, content, at }) => [person, { ...NewTake.parse(content), at }]))
  const { by, at } = found.opened
  await rooms.edit(meetingRoom(act.group, act.meeting), doc => revealTakes(doc, { paper, written, by, now: at }))
}

/** Votes in a secret poll. */
export async function voteSecretly({ db, rooms }: Parts, act: Act, { poll, choices }: { poll: string; choices: NewBallot['choices'] }): Promise<void> {
  const room = meetingRoom(act.group, act.meeting)
  const { secret, options, many } = await pollIn({ rooms }, room, poll)
  if (!secret) throw new Problem('invalid', 'This poll is open: its votes are given in the room.')
  if (!fits({ options, many }, choices)) throw new Problem('invalid', many ? 'The poll has no such option.' : 'Please choose one of the options.')
  const done = await seal(db, { meeting: act.meeting, kind: 'ballot', thing: poll }, { person: act.me, content: { choices }, at: act.now })
  if (!done) throw isCounted
  await rooms.edit(room, doc => noteVoter(doc, { poll, member: act.me, now: act.now }))
}

/** Closes a poll with its counts; one that is closed stays as it is. */
export async function closeWithCounts({ db, rooms }: Parts, act: Act, key: string): Promise<void> {
  const room = meetingRoom(act.group, act.meeting)
  const poll = await pollIn({ rooms }, room, key)
  const result = poll.secret ? await countSecretly(db, act, { key, poll }) : null
  // An open one is counted on the document of the very moment: what comes later is refused.
  await rooms.edit(room, doc => closePoll(doc, { poll: key, result: result ?? countBallots(doc, key, { by: act.me, now: act.now }) }))
}

async function pollIn({ rooms }: Pick<Parts, 'rooms'>, room: string, key: string): Promise<Poll> {
  const poll = await rooms.read(room, doc => pollOf(doc, key))
  if (poll === null) throw new Problem('not-found', 'There is no such poll in the meeting.')
  return poll
}

async function countSecretly(db: Database, act: Act, { key, poll }: { key: string; poll: Poll }): Promise<PollResult> {
  const count = (sealed: readonly { content: unknown }[]): PollResult => {
    const cast = sealed.map(({ content }) => NewBallot.parse(content).choices)
    return { counts: countsOf(cast, poll.options.length), ballots: cast.length, by: act.me, at: act.now }
  }
  const found = await open(db, { meeting: act.meeting, kind: 'ballot', thing: key }, { by: act.me, at: act.now, count, evenIfNone: true })
  return PollResult.parse(found?.opened.result)
}
