/** Why the server refused a change to a live document. A closed set: the code travels in the close reason, the sentence is for people. */
export const refusals = {
  malformed: 'The change could not be read.',
  gap: 'The change builds on one the server has never seen.',
  'foreign-client': "The change was written under another member's document client.",
  'unknown-root': 'The change touches a part of the document that does not exist.',
  'unknown-key': 'The change names a record in a form that does not exist.',
  nested: 'The change puts a shared type where a plain record belongs.',
  list: 'The change puts list content where a record belongs.',
  'invalid-record': 'The record is not complete or has a wrong field.',
  'too-big': 'The record is too long.',
  'not-text': 'The change puts something other than plain characters into a text.',
  'not-yours': "The record is another member's.",
  'not-allowed': 'Your role in this group does not allow that.',
  'not-here': 'The record points to something that is not on this board.',
  'board-closed': 'The board was closed before the change arrived.',
  'meeting-ended': 'The meeting had ended before the change arrived.',
  'not-facilitator': 'Somebody else leads the meeting.',
  'votes-closed': 'The votes for this meeting were closed before the change arrived.',
  'agenda-set': 'The meeting has started: a paper is dropped from its agenda, and not taken out of it.',
  'agenda-full': 'As many papers as there can be were put on the agenda, or taken off it.',
  'poll-closed': 'The poll was closed before the vote arrived.',
  'over-budget': 'All of your votes on this board are already given.',
  'too-many-tags': 'The paper has as many tags as it can have.',
  'session-full': 'The session has as many papers, or guests, as it can have.',
  'swap-over': 'What was to be swapped has changed meanwhile, or was answered already.',
  'too-late': 'What was to count from the moment it was done arrived too long after it.',
  'wrong-time': 'The time of the change lies in the future: the clock of your device is ahead.',
} as const
export type Refusal = keyof typeof refusals

/** The refusal a close reason carries ("not-yours votes/…"), or null when the reason is of another kind. */
export const refusalIn = (reason: string): Refusal | null => {
  const code = reason.split(' ', 1)[0] ?? ''
  return Object.hasOwn(refusals, code) ? (code as Refusal) : null
}
