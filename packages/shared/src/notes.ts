/**
 * Notes of a meeting, texts of its document that everybody there writes at once:
 *
 *   notes/<paperId>   what is said about a paper
 *   notes/meeting     all else
 *
 * A note is plain Markdown. How it looks is no part of it, so nothing but characters ever gets into one.
 */
import type * as Y from 'yjs'
import { idPattern } from './ids.ts'
import { limits } from './limits.ts'
import type { Texts } from './room.ts'
import { all, mayTakeNotes, mayTakePart, refuse } from './rules.ts'

/** The note that is about no paper. */
export const meetingNote = 'meeting'

export const isNoteKey = (key: string): boolean => key === meetingNote || idPattern.test(key)

export const noteTexts: Texts = {
  isKey: isNoteKey,
  longest: limits.noteLength,
  may: (key, actor, at) =>
    all(
      mayTakeNotes(actor, at),
      () => mayTakePart(actor, at.settings),
      () => refuse(key !== meetingNote && !at.knows(key), 'not-here'),
    ),
}

/** What the texts are named by, before their keys. */
export const notesRoot = 'notes'
const prefix = `${notesRoot}/`

/** The shared text of a note. `key` is a paper's id, or `meetingNote`. */
export const noteOf = (doc: Y.Doc, key: string): Y.Text => doc.getText(prefix + key)

/** The notes in which something is written, by their keys. */
export const notesOf = (doc: Y.Doc): Map<string, string> => {
  const notes = new Map<string, string>()
  for (const name of [...doc.share.keys()]) {
    const key = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    const text = isNoteKey(key) ? noteOf(doc, key).toString() : ''
    if (text.trim() !== '') notes.set(key, text)
  }
  return notes
}
