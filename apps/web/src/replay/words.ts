/** Changes of boards and meetings in words: "Ada voted up on …". */
import type { RecordChange, TextChange } from '@paperboard/shared/history'
import { meetingNote } from '@paperboard/shared/notes'

export interface Names {
  nameOf: (member: string) => string
  titleOf: (paper: string) => string
}

/** Fields of records, as far as words are made of them: what is told comes from the server, and was checked when it was written. */
type Fields = Partial<Record<string, unknown>>
const fieldsOf = (record: unknown): Fields => (typeof record === 'object' && record !== null ? { ...record } : {})

interface Told extends Names {
  key: readonly string[]
  after: Fields | null
  before: Fields | null
  /** Who did it. */
  who: string
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const quoted = (value: unknown) => (text(value) === '' ? ', which was taken away later' : `: ${shortened(text(value))}`)
const shortened = (words: string) => (words.length > 140 ? `${words.slice(0, 139).trimEnd()}…` : words)

type Words = (told: Told) => string | null

const written =
  (what: string): Words =>
  ({ who, after, before }) =>
    after === null ? `${who} removed ${what}` : `${who} ${before === null ? 'wrote' : 'changed'} ${what}${quoted(after.text)}`

const itemIn = (item: unknown, { titleOf }: Names) => (item === 'lobby' ? 'the lobby' : item === 'closing' ? 'the closing' : titleOf(text(item)))

const onBoard: Record<string, Words> = {
  papers: ({ key: [paper = ''], after, who, titleOf }) => {
    if (after === null) return `${titleOf(paper)} was taken off the board`
    return after.source === 'source' ? `${titleOf(paper)} came by itself` : `${who} put ${titleOf(paper)} on the board`
  },
  votes: ({ key: [paper = ''], after, who, titleOf }) =>
    after === null ? `${who} withdrew the vote on ${titleOf(paper)}` : `${who} voted ${after.value === 1 ? 'up' : 'down'} on ${titleOf(paper)}`,
  offers: ({ key: [paper = ''], after, who, titleOf }) => `${who} ${after === null ? 'no longer offers' : 'offered'} to present ${titleOf(paper)}`,
  comments: told => {
    const { after, before, who, titleOf } = told
    const paper = titleOf(text((after ?? before)?.paper))
    if (after === null) return `${who} removed a comment on ${paper}`
    return `${who} ${before === null ? 'commented' : 'changed a comment'} on ${paper}${quoted(after.text)}`
  },
  reactions: ({ key, after, who }) => (after === null ? null : `${who} reacted with ${key[2]}`),
  resolved: ({ after, who }) => `${who} ${after === null ? 'opened a thread again' : 'settled a thread'}`,
  status: ({ after, who }) => `${who} ${after === null ? 'opened the board again' : 'closed the board'}`,
}

const inMeeting: Record<string, Words> = {
  meeting: ({ after }) => (after?.state === 'live' ? 'The meeting started' : after?.state === 'ended' ? 'The meeting ended' : null),
  floor: told => {
    const { after, before, nameOf } = told
    if (after === null) return null
    const leads = before?.facilitator === after.facilitator ? null : `${nameOf(text(after.facilitator))} leads`
    const goes = before === null || before.item === after.item ? null : `The meeting went to ${itemIn(after.item, told)}`
    return [leads, goes].filter(words => words !== null).join('; ') || null
  },
  attendance: ({ key: [member = ''], after, nameOf }) => {
    const last: unknown = Array.isArray(after?.spans) ? after.spans.at(-1) : null
    return Array.isArray(last) ? `${nameOf(member)} ${last[1] === null ? 'came' : 'left'}` : null
  },
  questions: ({ after, before, who }) =>
    after === null ? `${who} took a question away` : before === null ? `${who} asked${quoted(after.text)}` : `${who} changed a question`,
  questionVotes: ({ after, who }) => (after === null ? null : `${who} wants to hear an answer, too`),
  answered: ({ after, who }) => (after === null ? 'A question is open again' : `${who} marked a question as answered`),
  hands: ({ key: [member = ''], after, nameOf }) => `${nameOf(member)} ${after === null ? 'lowered the hand' : 'raised a hand'}`,
  word: ({ after, nameOf }) => (after === null ? null : `${nameOf(text(after.member))} has the word`),
  ready: ({ key: [, member = ''], after, nameOf }) => (after === null ? null : `${nameOf(member)} is ready`),
  parked: written('down something for another time'),
  decisions: written('a decision'),
  actions: told => (told.after?.done === true && told.before?.done !== true ? `${told.who} did it${quoted(told.after.text)}` : written('what is to do')(told)),
  polls: ({ after, before, who }) => (after === null ? `${who} removed a poll` : before === null ? `${who} asked all${quoted(after.question)}` : null),
  ballots: ({ after, who }) => (after === null ? null : `${who} voted in a poll`),
  voters: ({ key: [, , member = ''], nameOf }) => `${nameOf(member)} voted in a secret poll`,
  results: ({ after }) => (after === null ? null : 'A poll was closed'),
  takers: ({ key: [, member = ''], after, nameOf }) => (after === null ? null : `${nameOf(member)} sealed a first take`),
  revealed: ({ key: [paper = ''], after, titleOf }) => (after === null ? null : `The takes on ${titleOf(paper)} were revealed`),
  agenda: ({ key: [paper = ''], after, before, titleOf }) =>
    after?.state === 'dropped' ? `${titleOf(paper)} was taken off the agenda` : before === null && after !== null ? `${titleOf(paper)} is on the agenda` : null,
  counted: ({ after }) => (after === null ? null : 'The votes were counted'),
}

const words: Record<string, Words> = { ...onBoard, ...inMeeting }

/** What a change of a record was, or null where there is nothing to tell. */
export const sentenceFor = ({ root, key, by, after }: RecordChange, before: unknown, names: Names): string | null => {
  const signed = text(fieldsOf(after ?? before).by)
  const who = by === 'server' ? (signed === '' ? 'Paperboard' : names.nameOf(signed)) : names.nameOf(by)
  const told = {
    ...names,
    key: key.split(':'),
    after: after === undefined ? null : fieldsOf(after),
    before: before === undefined ? null : fieldsOf(before),
    who,
  }
  return words[root]?.(told) ?? null
}

/** What was done to a note. */
export const sentenceForText = ({ by, key, removed, inserted }: TextChange, { nameOf, titleOf }: Names): string => {
  const who = by.map(nameOf).join(' and ')
  const note = key === meetingNote ? 'the notes of the meeting' : `the notes on ${titleOf(key)}`
  if (inserted.trim() === '') return `${who} ${removed > 0 ? 'deleted words from' : 'wrote in'} ${note}`
  return `${who} wrote in ${note}: ${shortened(inserted.replace(/\s+/g, ' ').trim())}`
}
