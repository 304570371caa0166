/** The order of an agenda: what was put somewhere by hand, what its session had planned, and what votes bring. Pure. */
import { type AgendaEntry, byPlace } from './agenda.ts'
import { type AgendaRule, type Placed, placed, type Standing, workAmong } from './agendaRules.ts'

/** How a paper got on the agenda. */
export type AgendaWay = 'hand' | 'session' | 'carried' | 'votes'

export interface AgendaItem {
  paper: string
  way: AgendaWay
  /** Where its votes put it, and how; null for a paper that nobody has voted on. */
  placed: Placed | null
  minutes: number | null
  presenter: string | null
  /** Whether it was put in its place by hand, and by whom; null where nobody said anything of it. */
  pinned: boolean
  by: string | null
}

export interface Agenda {
  items: AgendaItem[]
  /** What stands for the agenda and is not on it, by votes; and what was dropped. */
  others: Placed[]
  dropped: string[]
}

export interface AgendaParts {
  rule: AgendaRule
  standing: Standing
  entries: ReadonlyMap<string, AgendaEntry>
  /** Papers of the session that the meeting is held for, in order. Where there are some, votes bring no others. */
  planned: readonly string[]
}

/** What was said of papers by hand. Of what was said of one work under two ids, the last counts. */
function saidOf({ standing, entries }: Pick<AgendaParts, 'standing' | 'entries'>): Map<string, AgendaEntry> {
  const workOf = workAmong(standing.candidates)
  const said = new Map<string, AgendaEntry>()
  for (const [id, entry] of entries) {
    const before = said.get(workOf(id))
    if (before === undefined || before.at <= entry.at) said.set(workOf(id), entry)
  }
  return said
}

/**
 * The agenda as it stands. A paper that was put in a place by hand stands in it; the others go around it, in the order of
 * the session, or else first what was carried over and then by votes, until there are `rule.most`.
 */
export function agendaFrom(parts: AgendaParts): Agenda {
  const { rule, standing } = parts
  const entries = saidOf(parts)
  const planned = [...new Set(parts.planned.map(workAmong(standing.candidates)))]
  const byVotes = placed(rule, standing)
  const places = new Map(byVotes.map(one => [one.paper, one]))
  const isDropped = (paper: string) => entries.get(paper)?.state === 'dropped'
  const pinned = [...entries].flatMap(([paper, entry]) => (entry.state !== 'dropped' && entry.place !== null ? [{ ...entry, paper }] : [])).sort(byPlace)
  const isPinned = new Set(pinned.map(({ paper }) => paper))
  const free = (paper: string) => !isPinned.has(paper) && !isDropped(paper)
  const carried = byVotes.filter(one => one.carried > 0)
  // Nobody's wish is no reason to discuss a paper; as many for it as against it are.
  const wanted = byVotes.filter(
    ({ carried, score, votes, offers }) => carried === 0 && score >= 0 && (offers.length > 0 || votes.some(({ value }) => value > 0)),
  )
  const rest: [string, AgendaWay][] =
    planned.length > 0
      ? planned.filter(free).map(paper => [paper, 'session'])
      : [
          ...carried.filter(({ paper }) => free(paper)).map(({ paper }): [string, AgendaWay] => [paper, 'carried']),
          ...wanted.filter(({ paper }) => free(paper)).map(({ paper }): [string, AgendaWay] => [paper, 'votes']),
        ].slice(0, Math.max(0, rule.most - pinned.length))
  const item = (paper: string, way: AgendaWay): AgendaItem => {
    const entry = entries.get(paper)
    const { minutes = null, presenter = null, by = null } = entry ?? {}
    return { paper, way, placed: places.get(paper) ?? null, minutes, presenter, pinned: way === 'hand', by }
  }
  const items: AgendaItem[] = []
  const [hand, left] = [[...pinned], [...rest]]
  while (hand.length > 0 || left.length > 0) {
    const next = hand[0]
    if (next !== undefined && ((next.place ?? 0) <= items.length + 1 || left.length === 0)) {
      items.push(item(next.paper, 'hand'))
      hand.shift()
      continue
    }
    const [paper, way] = left.shift() ?? ['', 'votes']
    items.push(item(paper, way))
  }
  const on = new Set(items.map(({ paper }) => paper))
  return {
    items,
    others: byVotes.filter(({ paper }) => !on.has(paper) && !isDropped(paper)),
    dropped: [...entries.keys()].filter(isDropped),
  }
}

/** The place that brings a paper to be the `nth` of an agenda, from 1. */
export function placeFor(given: AgendaParts, paper: string, nth: number): number {
  const parts = { ...given, entries: saidOf(given) }
  const off: AgendaEntry = { state: 'dropped', place: null, minutes: null, presenter: null, by: null, at: 0 }
  const { items } = agendaFrom({ ...parts, entries: new Map([...parts.entries, [paper, off]]) })
  const pinned = (some: readonly AgendaItem[]) => some.flatMap(item => (item.pinned ? (parts.entries.get(item.paper)?.place ?? []) : []))
  const before = pinned(items.slice(0, nth - 1)).at(-1) ?? 0
  const after = pinned(items.slice(nth - 1))[0] ?? Number.POSITIVE_INFINITY
  if (before < nth && nth < after) return nth
  if (after === Number.POSITIVE_INFINITY) return before + 1
  const from = nth - 1 < after ? Math.max(before, nth - 1) : before
  return (from + after) / 2
}
