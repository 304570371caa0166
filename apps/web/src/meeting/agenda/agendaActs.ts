/** What is done to an agenda: asked of the rules first, then done at once on the live document. */
import { type AgendaEntry, entriesOf, entryAfter, leaveToVotes, rankPapers, setEntry } from '@paperboard/shared/agenda'
import { type AgendaParts, placeFor } from '@paperboard/shared/agendaOrder'
import { serverNow } from '../../live/clock.ts'
import { toast } from '../../ui/toast.ts'
import { type FloorView, may } from '../floor/floor.ts'

type Change = Partial<Pick<AgendaEntry, 'state' | 'place' | 'minutes' | 'presenter'>>

/** Says something of a paper by hand. False when it may not be. */
export function change(floor: FloorView, paper: string, to: Change): boolean {
  const { room, me } = floor
  const by = { me: me.id, now: serverNow() }
  const after = entryAfter(entriesOf(room.doc).get(paper), to, by)
  if (!may(floor, { root: 'agenda', key: paper, after })) return false
  setEntry(room.doc, paper, to, by)
  return true
}

/** Brings a paper to be the `nth` of the agenda, from 1, and pins it there. */
export const moveTo = (floor: FloorView, parts: AgendaParts, { paper, nth }: { paper: string; nth: number }): boolean =>
  change(floor, paper, { state: 'planned', place: placeFor(parts, paper, nth) })

/** Takes a paper off the agenda, with Undo. */
export function drop(floor: FloorView, paper: string) {
  const before = entriesOf(floor.room.doc).get(paper)
  if (!change(floor, paper, { state: 'dropped' })) return
  const undo = () => {
    if (before === undefined) letVotesDecide(floor, [paper])
    else change(floor, paper, { state: before.state, place: before.place })
  }
  toast('Off the agenda', { action: { label: 'Undo', run: undo } })
}

/** Undoes what was said of a paper, under whichever of its ids. */
export function letVotesDecide(floor: FloorView, ids: readonly string[]) {
  const said = ids.filter(id => entriesOf(floor.room.doc).has(id))
  if (said.every(id => may(floor, { root: 'agenda', key: id, after: undefined }))) leaveToVotes(floor.room.doc, said)
}

/** All ids of a paper that stands for the agenda. */
export const idsOf = ({ standing }: AgendaParts, paper: string): string[] => [
  paper,
  ...(standing.candidates.find(candidate => candidate.paper === paper)?.also ?? []),
]

/** Puts papers in my order, for ranked choice; none: in that of my votes. False when it may not be. */
export function rank(floor: FloorView, papers: readonly string[]): boolean {
  const now = serverNow()
  const after = papers.length === 0 ? undefined : { papers: [...papers], at: now }
  if (!may(floor, { root: 'rankings', key: floor.me.id, after })) return false
  rankPapers(floor.room.doc, { papers, me: floor.me.id, now })
  return true
}
