import { z } from 'zod'
import { Day } from './days.ts'
import { Id } from './ids.ts'
import { MeetingItem } from './meetingFloor.ts'
import { isNoteKey } from './notes.ts'

/** A place in a text: before the character of this id, or after it (`after`); null at the end of an empty text. */
const Spot = z.strictObject({ client: z.int().min(0), clock: z.int().min(0), after: z.literal(true).optional() }).nullable()

/** Where somebody writes: the note, and what is selected in it. The two are the same while nothing is. */
export const NoteCursor = z.strictObject({ note: z.string().refine(isNoteKey, 'A note'), anchor: Spot, head: Spot })
export type NoteCursor = z.infer<typeof NoteCursor>

/**
 * What a client says about itself while it is here. Names and colours are not in it: they follow from the member id,
 * so nobody can appear under another's name.
 */
export const Presence = z.strictObject({
  /** The signed-in member; the server refuses any other. */
  member: Id,
  /** The board being read, in the group's room. */
  board: Day.optional(),
  /** The paper being looked at. */
  paper: Id.nullable().optional(),
  /** What is looked at in a meeting's room. */
  item: MeetingItem.optional(),
  /** A projector: it shows, and is nobody's presence. */
  screen: z.literal(true).optional(),
  cursor: NoteCursor.optional(),
})
export type Presence = z.infer<typeof Presence>

/** Members who are here, each once however many windows they have open, with the papers they look at. */
export const present = (states: Iterable<unknown>): Map<string, { board?: Day; papers: string[]; items: MeetingItem[] }> => {
  const here = new Map<string, { board?: Day; papers: string[]; items: MeetingItem[] }>()
  for (const state of states) {
    const { data } = Presence.safeParse(state)
    if (data === undefined || data.screen) continue
    const so = here.get(data.member) ?? { papers: [], items: [] }
    here.set(data.member, {
      board: data.board ?? so.board,
      papers: data.paper ? [...so.papers, data.paper] : so.papers,
      items: data.item ? [...so.items, data.item] : so.items,
    })
  }
  return here
}
