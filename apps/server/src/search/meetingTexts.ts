/** What is found of meetings: their minutes, and each of their notes by itself, while they are on and afterwards. */
import { markdownPlain } from '@paperboard/shared/markdownText'
import { type MinutesFacts, minutesMarkdown } from '@paperboard/shared/minutes'
import { meetingNote } from '@paperboard/shared/notes'
import type { Database } from '../db/database.ts'
import { minutesOfMeetings, notesOfMeetings } from '../db/searchMeetings.ts'

export interface MeetingText {
  /** The id of the meeting for its minutes; `meeting/note` for a note, as in search_changes. */
  key: string
  group: string
  meeting: string
  of: 'minutes' | 'notes'
  /** The paper that a note is about. */
  paper: string | null
  /** What the meeting is called; '' for a note of one without a name. */
  title: string
  /** Without markup. */
  text: string
  at: number
}

type Notes = ReadonlyMap<string, string>

export const noteKey = (meeting: string, note: string): string => `${meeting}/${note}`
export const meetingOfKey = (key: string): string => key.split('/')[0] ?? key

/** All texts of the meetings that these keys are of. */
export async function meetingTexts(db: Database, keys: readonly string[]): Promise<MeetingText[]> {
  const meetings = [...new Set(keys.map(meetingOfKey))]
  const notes = await notesOfMeetings(db, meetings)
  const minutes = await minutesOfMeetings(db, meetings)
  const written: Notes = new Map(notes.map(({ meeting, note, text }) => [noteKey(meeting, note), text]))
  return [
    ...minutes.map(({ meeting, group, facts, edited, plain, at }): MeetingText => {
      const text = edited ? plain : markdownPlain(minutesMarkdown(withoutNotes(facts, meeting, written)))
      return { key: meeting, group, meeting, of: 'minutes', paper: null, title: facts.title, text, at }
    }),
    ...notes.map(({ meeting, group, note, title, text, at }): MeetingText => {
      const paper = note === meetingNote ? null : note
      return { key: noteKey(meeting, note), group, meeting, of: 'notes', paper, title, text: markdownPlain(text), at }
    }),
  ]
}

/** The same minutes less the notes that stand as they were then: these are found by themselves, and not once more as minutes. */
function withoutNotes(facts: MinutesFacts, meeting: string, written: Notes): MinutesFacts {
  const without = <T extends { notes: string }>(talk: T, note: string): T =>
    written.get(noteKey(meeting, note)) === talk.notes ? { ...talk, notes: '' } : talk
  return { ...facts, items: facts.items.map(item => without(item, item.paper)), rest: without(facts.rest, meetingNote) }
}
