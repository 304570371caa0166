/**
 * Templates of roles: who does what with one paper. The usual ones are here, a group's own are in its live document.
 *
 *   templates  nonce:memberId   a template that an organizer made
 *
 * Applied, each role becomes a reading whose `roleName` is the role.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import type { Day } from './days.ts'
import { newId } from './ids.ts'
import { limits } from './limits.ts'
import { idKey, records } from './room.ts'
import { proposals, type Rota } from './rota.ts'
import { all, mayPlan, notInFuture, ownOnly } from './rules.ts'

/** Taken by one member, by everybody who has no other role, or by one for each part of the paper. */
export const roleTakers = ['one', 'everyone', 'parts'] as const

export const RoleName = z.string().trim().min(1).max(limits.roleNameLength)
export const TemplateRole = z.strictObject({ name: RoleName, task: z.string().max(limits.roleTaskLength), takers: z.enum(roleTakers) })
export type TemplateRole = z.infer<typeof TemplateRole>

export const Template = z.strictObject({
  name: RoleName,
  roles: z.array(TemplateRole).min(1).max(limits.templateRoles),
  at: z.int().min(0),
})
export type Template = z.infer<typeof Template>

export const templateRecords = records({
  key: idKey(2),
  record: Template,
  may: (c, actor, at) =>
    all(
      mayPlan(actor),
      () => (c.before() === undefined ? ownOnly(c, actor) : null),
      () => notInFuture(c.after?.at, at),
    ),
})

const templates = (doc: Y.Doc) => doc.getMap<Template>('templates')

/** Keeps a template. Returns its key. */
export const addTemplate = (doc: Y.Doc, me: string, template: Template): string => {
  const key = `${newId()}:${me}`
  templates(doc).set(key, template)
  return key
}
export const changeTemplate = (doc: Y.Doc, key: string, template: Template) => templates(doc).set(key, template)
export const removeTemplate = (doc: Y.Doc, key: string) => templates(doc).delete(key)

/** A template as people see it; `key` is null for those that come with the product. */
export interface NamedTemplate extends Pick<Template, 'name' | 'roles'> {
  key: string | null
}

export const usualTemplates: readonly NamedTemplate[] = [
  {
    key: null,
    name: 'Role-playing seminar',
    roles: [
      { name: 'Presenter', task: 'Says in ten minutes what the paper claims and how it gets there.', takers: 'one' },
      { name: 'Reviewer', task: 'Writes the report one would send to the programme committee: strengths, weaknesses, a recommendation.', takers: 'one' },
      { name: 'Archaeologist', task: 'Digs out one earlier work that this one stands on, and one later work that stands on it.', takers: 'one' },
      { name: 'Hacker', task: 'Runs the code, or builds the core of it small, and shows what came out.', takers: 'one' },
      { name: 'Practitioner', task: 'Decides whether to use it next Monday, and what would have to be true first.', takers: 'one' },
      { name: 'Next author', task: 'Sketches the follow-up paper that this one makes possible.', takers: 'one' },
    ],
  },
  {
    key: null,
    name: 'Jigsaw by section',
    roles: [{ name: 'Expert', task: 'Reads this part closely and teaches it to the others, who have only skimmed it.', takers: 'parts' }],
  },
  {
    key: null,
    name: 'Everyone asks one question',
    roles: [
      { name: 'Moderator', task: 'Collects the questions beforehand and puts them into an order.', takers: 'one' },
      { name: 'Asker', task: 'Brings one question that the paper leaves open.', takers: 'everyone' },
    ],
  },
]

/** The usual ones, then the group's own by name. */
export const templatesOf = (doc: Y.Doc): NamedTemplate[] => [
  ...usualTemplates,
  ...[...templates(doc).entries()].map(([key, { name, roles }]) => ({ key, name, roles })).sort((a, b) => a.name.localeCompare(b.name)),
]

/** Who does what, before it is handed out. */
export interface Casting {
  roleName: string
  task: string
  part: string
  /** '' where nobody is left. */
  member: string
}

/** A role that somebody had before. */
export interface RoleHeld {
  member: string
  roleName: string
  day: Day
}

export interface CastBy {
  /** Its talks are the roles that members had before. */
  members: Rota['members']
  absences: Rota['absences']
  held: readonly RoleHeld[]
  day: Day
  /** Parts of the paper, for roles that are taken once for each. */
  parts: readonly string[]
}

/**
 * Fills the roles of a template: whoever had the fewest roles first, and of those each the role that they had least often.
 * Nobody away is cast, and nobody twice while somebody is without a role.
 */
export function cast(roles: readonly TemplateRole[], by: CastBy): Casting[] {
  const talks = by.held.filter(({ day }) => day < by.day).map(({ member, day }) => ({ member, day }))
  const free = proposals({ members: by.members, talks, absences: by.absences }, by.day).map(({ member }) => member)
  const single = roles.flatMap(role => placesOf(role, by.parts))
  const left = free.slice(0, single.length)
  const castings = single.map(place => {
    const member = leastOften(left, place.roleName, by.held)
    if (member !== undefined) left.splice(left.indexOf(member), 1)
    return { ...place, member: member ?? '' }
  })
  const everyone = roles.filter(({ takers }) => takers === 'everyone')
  const others = free.slice(single.length)
  return [...castings, ...everyone.flatMap(({ name, task }) => others.map(member => ({ roleName: name, task, part: '', member })))]
}

const placesOf = ({ name, task, takers }: TemplateRole, parts: readonly string[]): Omit<Casting, 'member'>[] =>
  takers === 'everyone' ? [] : takers === 'one' ? [{ roleName: name, task, part: '' }] : parts.map(part => ({ roleName: name, task, part }))

/** Of these members, in their order, the first who had the role least often. */
function leastOften(members: readonly string[], roleName: string, held: readonly RoleHeld[]): string | undefined {
  const times = (member: string) => held.filter(role => role.member === member && role.roleName === roleName).length
  return [...members].sort((a, b) => times(a) - times(b) || members.indexOf(a) - members.indexOf(b))[0]
}
