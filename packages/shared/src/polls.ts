/**
 * Polls of a meeting, in its live document:
 *
 *   polls    nonce:memberId            a question with options; the key names who asks
 *   ballots  nonce:memberId:memberId   what a member chose in an open poll
 *   voters   nonce:memberId:memberId   who has voted in a secret one, without what they chose; written by the server
 *   results  nonce:memberId            the counts of a poll that is closed; written by the server
 *
 * Ballots of a secret poll are in no document: every peer holds those. They go to the server, which counts them.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { aboutItem, mayDecide, mayTakeAway, onWhatWas, takesPart } from './floorRules.ts'
import { Id, newId } from './ids.ts'
import { limits } from './limits.ts'
import { type Circumstances, idKey, type Records, records, type Verdict } from './room.ts'
import { all, notInFuture, ownOnly, refuse, serverOnly } from './rules.ts'

const Time = z.int().min(0)
const Option = z.string().trim().min(1).max(limits.optionLength)

export const Poll = z.strictObject({
  paper: Id.nullable(),
  question: z.string().trim().min(1).max(limits.questionLength),
  options: z
    .array(Option)
    .min(2)
    .max(limits.pollOptions)
    .refine(options => new Set(options).size === options.length, 'Two options are the same'),
  /** Whether one may choose several. */
  many: z.boolean(),
  /** Nobody learns who chose what. */
  secret: z.boolean(),
  at: Time,
})
export type Poll = z.infer<typeof Poll>

/** Places in the list of options, from 0. */
export const Choices = z
  .array(
    z
      .int()
      .min(0)
      .max(limits.pollOptions - 1),
  )
  .min(1)
  .max(limits.pollOptions)
  .refine(choices => new Set(choices).size === choices.length, 'An option is chosen twice')
/** A ballot as it is sent. */
export const NewBallot = z.strictObject({ choices: Choices })
export type NewBallot = z.infer<typeof NewBallot>
export const Ballot = z.strictObject({ choices: Choices, at: Time })
export type Ballot = z.infer<typeof Ballot>

export const Voter = z.strictObject({ at: Time })
/** `counts`: how many chose each option. `by` closed it. */
export const PollResult = z.strictObject({ counts: z.array(z.int().min(0)).max(limits.pollOptions), ballots: z.int().min(0), by: Id, at: Time })
export type PollResult = z.infer<typeof PollResult>

/** Whether these choices fit the poll. */
export const fits = ({ options, many }: Pick<Poll, 'options' | 'many'>, choices: readonly number[]): boolean =>
  choices.every(choice => choice < options.length) && (many || choices.length === 1)

export const pollRoots: Record<'polls' | 'ballots' | 'voters' | 'results', Records> = {
  polls: records({
    key: idKey(2),
    record: Poll,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => (c.after === undefined ? mayTakeAway(c, actor, at) : all(mayDecide(actor), () => ownOnly(c, actor))),
        // Ballots name options by their place.
        () => refuse(c.after !== undefined && c.before() !== undefined, 'invalid-record'),
        () => aboutItem(c.after?.paper, at),
        () => notInFuture(c.after?.at, at),
      ),
  }),
  ballots: records({
    key: idKey(3),
    record: Ballot,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => ownOnly(c, actor),
        () => mayVote(c.key.slice(0, 2).join(':'), c.after, at),
        () => notInFuture(c.after?.at, at),
      ),
  }),
  voters: records({ key: idKey(3), record: Voter, may: (_, actor) => serverOnly(actor) }),
  results: records({ key: idKey(2), record: PollResult, may: (_, actor) => serverOnly(actor) }),
}

/** One votes in an open poll until it is closed, for options that it has. */
const mayVote = (key: string, ballot: Ballot | undefined, at: Circumstances): Verdict =>
  all(
    refuse(at.record('results', key) !== undefined, 'poll-closed'),
    () => onWhatWas('polls', key, ballot, at),
    () => {
      const poll = Poll.safeParse(at.record('polls', key)).data
      if (poll === undefined || ballot === undefined) return null
      return refuse(poll.secret || !fits(poll, ballot.choices), 'invalid-record')
    },
  )

const polls = (doc: Y.Doc) => doc.getMap<Poll>('polls')
const ballots = (doc: Y.Doc) => doc.getMap<Ballot>('ballots')
const voters = (doc: Y.Doc) => doc.getMap<z.infer<typeof Voter>>('voters')
const results = (doc: Y.Doc) => doc.getMap<PollResult>('results')

/** Puts a poll. Returns its key. */
export const putPoll = (doc: Y.Doc, { me, now, ...poll }: Omit<Poll, 'at'> & { me: string; now: number }): string => {
  const key = `${newId()}:${me}`
  polls(doc).set(key, { ...poll, question: poll.question.trim(), options: poll.options.map(option => option.trim()), at: now })
  return key
}
export const removePoll = (doc: Y.Doc, key: string) => polls(doc).delete(key)

/** Chooses in an open poll; no choices take the ballot back. */
export const castBallot = (doc: Y.Doc, { poll, me, choices, now }: { poll: string; me: string; choices: readonly number[]; now: number }) => {
  const key = `${poll}:${me}`
  if (choices.length === 0) ballots(doc).delete(key)
  else ballots(doc).set(key, { choices: [...choices].sort((a, b) => a - b), at: now })
}

/** Notes that a member has voted in a secret poll. By the server. */
export const noteVoter = (doc: Y.Doc, { poll, member, now }: { poll: string; member: string; now: number }) => {
  if (polls(doc).has(poll) && !voters(doc).has(`${poll}:${member}`)) voters(doc).set(`${poll}:${member}`, { at: now })
}

/** Closes a poll with its counts; one that is closed stays as it is. By the server. */
export const closePoll = (doc: Y.Doc, { poll, result }: { poll: string; result: PollResult }) => {
  if (polls(doc).has(poll) && !results(doc).has(poll)) results(doc).set(poll, result)
}

/** The result of an open poll as its ballots are now. */
export const countBallots = (doc: Y.Doc, poll: string, { by, now }: { by: string; now: number }): PollResult => {
  const cast = [...ballots(doc).entries()].filter(([key]) => key.startsWith(`${poll}:`)).map(([, { choices }]) => choices)
  return { counts: countsOf(cast, polls(doc).get(poll)?.options.length ?? 0), ballots: cast.length, by, at: now }
}

export const pollOf = (doc: Y.Doc, key: string): Poll | null => polls(doc).get(key) ?? null
/** Polls that are not closed. */
export const openPolls = (doc: Y.Doc): string[] => [...polls(doc).keys()].filter(key => !results(doc).has(key))

/** How many chose each of `options` options. */
export const countsOf = (cast: Iterable<readonly number[]>, options: number): number[] => {
  const counts = Array.from({ length: options }, () => 0)
  for (const choices of cast) for (const choice of choices) if (choice < options) counts[choice] = (counts[choice] ?? 0) + 1
  return counts
}

/** A poll as people see it. */
export interface OpenPoll extends Poll {
  key: string
  by: string
  /** Who has voted, in the order of voting. */
  voters: string[]
  /** What each chose; empty for a secret poll. */
  chosen: Map<string, readonly number[]>
  /** Null for a secret poll that is not closed. */
  counts: number[] | null
  result: PollResult | null
}

/** All polls, the latest first. */
export const pollsOf = (doc: Y.Doc): OpenPoll[] => {
  const byPoll = <T extends { at: number }>(entries: Iterable<[string, T]>) =>
    Map.groupBy(
      [...entries].sort(([x, a], [y, b]) => a.at - b.at || (x < y ? -1 : 1)),
      ([key]) => key.split(':').slice(0, 2).join(':'),
    )
  const cast = byPoll(ballots(doc).entries())
  const secretly = byPoll(voters(doc).entries())
  return [...polls(doc).entries()]
    .map(([key, poll]) => {
      const chosen = new Map(poll.secret ? [] : (cast.get(key) ?? []).map(([ballot, { choices }]) => [ballot.split(':')[2] ?? '', choices]))
      const result = results(doc).get(key) ?? null
      return {
        ...poll,
        key,
        by: key.split(':')[1] ?? '',
        voters: poll.secret ? (secretly.get(key) ?? []).map(([voter]) => voter.split(':')[2] ?? '') : [...chosen.keys()],
        chosen,
        counts: result?.counts ?? (poll.secret ? null : countsOf(chosen.values(), poll.options.length)),
        result,
      }
    })
    .sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1))
}
