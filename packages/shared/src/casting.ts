/**
 * Who has which role of a template: proposed from what everybody has had before, changed by hand, and handed out as
 * readings. Pure, but for the handing out.
 */
import type * as Y from 'yjs'
import type { Day } from './days.ts'
import { type AssignedReading, assignReading, type Reading } from './group.ts'
import type { ReadingRole } from './readingRoles.ts'
import { proposals, type Rota } from './rota.ts'
import type { TemplateRole } from './templates.ts'

/** A role that somebody is to have, once for each part. */
export interface Place {
  roleName: string
  task: string
  as: ReadingRole
  part: string
}

/** Who does what, before it is handed out, and what speaks for them. */
export interface Casting extends Place {
  /** '' where nobody is left. */
  member: string
  why: CastWhy | null
}

/** They have the role already, or present at the session; or which roles they had before and have for later, and how often this one. */
export type CastWhy = 'has' | 'presents' | RolesSoFar

export interface RolesSoFar {
  /** Of sessions before this one, and the last of them. */
  roles: number
  last: Day | null
  /** Handed out for later ones, and the first of them. */
  later: number
  next: Day | null
  /** How often the role in question is among both. */
  times: number
}

/** A role of another session, before or later. */
export interface RoleHeld {
  member: string
  roleName: string
  day: Day
}

export interface CastBy {
  /** Its talks are the roles that members have in other sessions. */
  members: Rota['members']
  absences: Rota['absences']
  held: readonly RoleHeld[]
  day: Day
  /** Parts of the paper, for roles that are taken once for each. */
  parts: readonly string[]
  /** Who presents at the session already: a role of a presenter is theirs. */
  presenting?: readonly string[]
  /** Roles that are handed out already: they stay. */
  there?: readonly { member: string; roleName: string; part: string }[]
}

/** The roles that members have, from their readings: of their day, or of the day of their session. */
export const rolesHeld = (readings: readonly Pick<AssignedReading, 'member' | 'roleName' | 'due'>[]): RoleHeld[] =>
  readings.flatMap(({ member, roleName, due }) => (roleName === undefined || due === null ? [] : [{ member, roleName, day: due }]))

/**
 * Fills the roles of a template: whoever has the fewest roles first, before and later, and of those each the role that they
 * have least often. Nobody away is cast, and nobody twice while somebody is without a role.
 */
export function cast(roles: readonly TemplateRole[], by: CastBy): Casting[] {
  // A second session of the same day takes nobody away.
  const held = by.held.filter(({ day }) => day !== by.day)
  const standing = proposals({ members: by.members, talks: held.map(({ member, day }) => ({ member, day })), absences: by.absences }, by.day)
  const byMember = new Map(standing.map(({ member, talks, last, later, next }) => [member, { roles: talks, last, later, next }]))
  const whyOf = (member: string, roleName: string): CastWhy => ({
    ...(byMember.get(member) ?? { roles: 0, last: null, later: 0, next: null }),
    times: timesOf(held, member, roleName),
  })
  const places = roles.flatMap(role => placesOf(role, by.parts))
  const fixed = fixedIn(places, by)
  const busy = new Set([...(by.presenting ?? []), ...(by.there ?? []).map(({ member }) => member)])
  const free = standing.map(({ member }) => member).filter(member => !busy.has(member))
  const open = places.length - fixed.size
  const left = free.slice(0, open)
  const castings = places.map((place): Casting => {
    const known = fixed.get(place)
    if (known !== undefined) return { ...place, ...known }
    const member = leastOften(left, place.roleName, held)
    if (member === undefined) return { ...place, member: '', why: null }
    left.splice(left.indexOf(member), 1)
    return { ...place, member, why: whyOf(member, place.roleName) }
  })
  const forAll = roles.filter(({ takers }) => takers === 'everyone').map(({ name, task, as }): Place => ({ roleName: name, task, as, part: '' }))
  const others = free.slice(open)
  return [
    ...castings,
    ...forAll.flatMap(place => [
      ...(by.there ?? []).filter(({ roleName }) => roleName === place.roleName).map(({ member }): Casting => ({ ...place, member, why: 'has' })),
      ...others.map(member => ({ ...place, member, why: whyOf(member, place.roleName) })),
    ]),
  ]
}

/** Places that are somebody's already. */
function fixedIn(places: readonly Place[], { there = [], presenting = [] }: CastBy): Map<Place, Pick<Casting, 'member' | 'why'>> {
  const fixed = new Map<Place, Pick<Casting, 'member' | 'why'>>()
  for (const place of places) {
    const held = there.find(({ roleName, part }) => roleName === place.roleName && part === place.part)
    if (held !== undefined) fixed.set(place, { member: held.member, why: 'has' })
  }
  const presenters = presenting.filter(member => !there.some(held => held.member === member))
  for (const place of places) {
    if (place.as !== 'presenter' || fixed.has(place)) continue
    const member = presenters.shift()
    if (member !== undefined) fixed.set(place, { member, why: 'presents' })
  }
  return fixed
}

const placesOf = ({ name, task, takers, as }: TemplateRole, parts: readonly string[]): Place[] =>
  takers === 'everyone' ? [] : (takers === 'one' ? [''] : parts).map(part => ({ roleName: name, task, as, part }))

const timesOf = (held: readonly RoleHeld[], member: string, roleName: string) =>
  held.filter(role => role.member === member && role.roleName === roleName).length

/** Of these members, in their order, the first who had the role least often. */
const leastOften = (members: readonly string[], roleName: string, held: readonly RoleHeld[]): string | undefined =>
  [...members].sort((a, b) => timesOf(held, a, roleName) - timesOf(held, b, roleName) || members.indexOf(a) - members.indexOf(b))[0]

/** Why somebody is proposed for a role: "2 roles so far, the last on 3 March, has one for 7 April; never Hacker". */
export function castReason({ why, roleName }: Pick<Casting, 'why' | 'roleName'>, dayName: (day: Day) => string): string {
  if (why === null) return 'Nobody is left'
  if (why === 'has') return 'has it already'
  if (why === 'presents') return 'presents at this session'
  const { roles, last, later, next, times } = why
  const before = roles === 0 || last === null ? 'has had no role yet' : `${roles === 1 ? '1 role' : `${roles} roles`} so far, the last on ${dayName(last)}`
  if (roles + later === 0) return before
  const often = times === 0 ? `never ${roleName}` : `${roleName} ${times === 1 ? 'once' : `${times} times`}`
  return `${before}${next === null ? '' : `, has one for ${dayName(next)}${later === 1 ? '' : ` and ${later - 1} more`}`}; ${often}`
}

export interface HandOut {
  session: string
  /** Null while it is open which paper it will be. */
  paper: string | null
  board: Day
  castings: readonly Pick<Casting, keyof Place | 'member'>[]
  me: string
  now: number
}

/** The reading that a casting becomes, as it is handed out. */
export const readingFor = ({ roleName, task, as, part, member }: Pick<Casting, keyof Place | 'member'>, { session, paper, board, now }: HandOut): Reading => ({
  paper,
  board,
  member,
  role: as,
  roleName,
  ...(task === '' ? {} : { task }),
  part,
  session,
  due: null,
  at: now,
})

/** Hands the roles out, in one step; those that are open or handed out already stay as they are. Gives the keys of the readings. */
export const handOutRoles = (doc: Y.Doc, roles: HandOut): string[] =>
  doc.transact(() => {
    const there = new Set([...doc.getMap<Reading>('readings').values()].map(nameOf))
    return roles.castings
      .filter(({ member }) => member !== '')
      .map(casting => readingFor(casting, roles))
      .filter(reading => !there.has(nameOf(reading)))
      .map(reading => assignReading(doc, roles.me, reading))
  })

const nameOf = ({ session, paper, member, roleName, part }: Reading) => JSON.stringify([session, paper, member, roleName, part])
