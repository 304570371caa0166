/**
 * Questions put in a meeting, in its live document:
 *
 *   questions      nonce:memberId            a question on a paper, or on none; the key names who asks
 *   questionVotes  nonce:memberId:memberId   somebody else who wants to hear the answer
 *   answered       nonce:memberId            who says that it was answered
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { aboutItem, inOwnName, mayTakeAway, onWhatWas, takesPart } from './floorRules.ts'
import { Id, newId } from './ids.ts'
import { limits } from './limits.ts'
import { idKey, type Records, records } from './room.ts'
import { all, notInFuture, ownOnly, refuse } from './rules.ts'

const Time = z.int().min(0)

export const Question = z.strictObject({ paper: Id.nullable(), text: z.string().trim().min(1).max(limits.questionLength), at: Time })
export type Question = z.infer<typeof Question>
export const QuestionVote = z.strictObject({ at: Time })
export const Answered = z.strictObject({ by: Id, at: Time })
export type Answered = z.infer<typeof Answered>

export const questionRoots: Record<'questions' | 'questionVotes' | 'answered', Records> = {
  questions: records({
    key: idKey(2),
    record: Question,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => (c.after === undefined ? mayTakeAway(c, actor, at) : ownOnly(c, actor)),
        () => aboutItem(c.after?.paper, at),
        () => notInFuture(c.after?.at, at),
        () => sameQuestion(c.before(), c.after),
      ),
  }),
  questionVotes: records({
    key: idKey(3),
    record: QuestionVote,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => ownOnly(c, actor),
        () => onWhatWas('questions', c.key.slice(0, 2).join(':'), c.after, at),
        () => notInFuture(c.after?.at, at),
      ),
  }),
  answered: records({
    key: idKey(2),
    record: Answered,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => mayTakeAway(c, actor, at),
        () => inOwnName(c.after, actor),
        () => onWhatWas('questions', c.key.join(':'), c.after, at),
        () => notInFuture(c.after?.at, at),
      ),
  }),
}

/** Its words may be mended; what it is about, and when it was asked, stays. */
const sameQuestion = (before: Question | undefined, after: Question | undefined) =>
  refuse(before !== undefined && after !== undefined && (before.paper !== after.paper || before.at !== after.at), 'invalid-record')

const questions = (doc: Y.Doc) => doc.getMap<Question>('questions')
const votes = (doc: Y.Doc) => doc.getMap<z.infer<typeof QuestionVote>>('questionVotes')
const answered = (doc: Y.Doc) => doc.getMap<Answered>('answered')

/** Puts a question. Returns its key. */
export const ask = (doc: Y.Doc, question: { paper: string | null; text: string; me: string; now: number }): string => {
  const key = `${newId()}:${question.me}`
  questions(doc).set(key, { paper: question.paper, text: question.text.trim(), at: question.now })
  return key
}

/** Takes a question away, with my vote for it. */
export const withdrawQuestion = (doc: Y.Doc, key: string) => questions(doc).delete(key)

/** Says that I want to hear the answer, too, or no longer do. */
export const setQuestionVote = (doc: Y.Doc, vote: { question: string; me: string; on: boolean; now: number }) => {
  const key = `${vote.question}:${vote.me}`
  if (vote.on) votes(doc).set(key, { at: vote.now })
  else votes(doc).delete(key)
}

export const setAnswered = (doc: Y.Doc, question: { key: string; me: string; answered: boolean; now: number }) => {
  if (question.answered) answered(doc).set(question.key, { by: question.me, at: question.now })
  else answered(doc).delete(question.key)
}

/** A question as people see it. `voters` are those who want to hear the answer besides who asks, in the order of saying so. */
export interface AskedQuestion extends Question {
  key: string
  asker: string
  voters: string[]
  answered: Answered | null
}

/** All questions: the open ones first, those that most want to hear before others, then the answered ones, the latest first. */
export const questionsOf = (doc: Y.Doc): AskedQuestion[] => {
  const voters = Map.groupBy(
    [...votes(doc).entries()].sort(([x, a], [y, b]) => a.at - b.at || (x < y ? -1 : 1)),
    ([key]) => key.split(':').slice(0, 2).join(':'),
  )
  const membersFor = (key: string, asker: string) => (voters.get(key) ?? []).map(([vote]) => vote.split(':')[2] ?? '').filter(member => member !== asker)
  return [...questions(doc).entries()]
    .map(([key, question]) => {
      const asker = key.split(':')[1] ?? ''
      return { ...question, key, asker, voters: membersFor(key, asker), answered: answered(doc).get(key) ?? null }
    })
    .sort((a, b) => {
      if (a.answered !== null || b.answered !== null) return (b.answered?.at ?? Number.POSITIVE_INFINITY) - (a.answered?.at ?? Number.POSITIVE_INFINITY)
      return b.voters.length - a.voters.length || a.at - b.at || (a.key < b.key ? -1 : 1)
    })
}
