import { z } from 'zod'
import { Day } from './days.ts'
import { Id } from './ids.ts'

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
})
export type Presence = z.infer<typeof Presence>

/** Members who are here, each once however many windows they have open, with the papers they look at. */
export const present = (states: Iterable<unknown>): Map<string, { board?: Day; papers: string[] }> => {
  const here = new Map<string, { board?: Day; papers: string[] }>()
  for (const state of states) {
    const { data } = Presence.safeParse(state)
    if (data === undefined) continue
    const so = here.get(data.member) ?? { papers: [] }
    here.set(data.member, { board: data.board ?? so.board, papers: data.paper ? [...so.papers, data.paper] : so.papers })
  }
  return here
}
