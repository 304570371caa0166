/**
 * Templates of roles: who does what with one paper. The usual ones are here, a group's own are in its live document.
 *
 *   templates  nonce:memberId   a template that an organizer made
 *
 * Applied, each role becomes a reading whose `roleName` is the role: see casting.ts.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { newId } from './ids.ts'
import { limits } from './limits.ts'
import { RoleName, RoleTask, readingRoles } from './readingRoles.ts'
import { idKey, records } from './room.ts'
import { all, mayPlan, notInFuture, ownOnly } from './rules.ts'

/** Taken by one member, by everybody who has no other role, or by one for each part of the paper. */
export const roleTakers = ['one', 'everyone', 'parts'] as const

export const TemplateRole = z.strictObject({
  name: RoleName,
  task: RoleTask,
  takers: z.enum(roleTakers),
  /** As what it is taken on: whoever has a role as `presenter` presents at the session. */
  as: z.enum(readingRoles),
})
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
      { name: 'Presenter', task: 'Says in ten minutes what the paper claims and how it gets there.', takers: 'one', as: 'presenter' },
      {
        name: 'Reviewer',
        task: 'Writes the report one would send to the programme committee: strengths, weaknesses, a recommendation.',
        takers: 'one',
        as: 'discussant',
      },
      {
        name: 'Archaeologist',
        task: 'Digs out one earlier work that this one stands on, and one later work that stands on it.',
        takers: 'one',
        as: 'discussant',
      },
      { name: 'Hacker', task: 'Runs the code, or builds the core of it small, and shows what came out.', takers: 'one', as: 'discussant' },
      { name: 'Practitioner', task: 'Decides whether to use it next Monday, and what would have to be true first.', takers: 'one', as: 'discussant' },
      { name: 'Next author', task: 'Sketches the follow-up paper that this one makes possible.', takers: 'one', as: 'discussant' },
    ],
  },
  {
    key: null,
    name: 'Jigsaw by section',
    roles: [{ name: 'Expert', task: 'Reads this part closely and teaches it to the others, who have only skimmed it.', takers: 'parts', as: 'discussant' }],
  },
  {
    key: null,
    name: 'Everyone asks one question',
    roles: [
      { name: 'Moderator', task: 'Collects the questions beforehand and puts them into an order.', takers: 'one', as: 'discussant' },
      { name: 'Asker', task: 'Brings one question that the paper leaves open.', takers: 'everyone', as: 'reader' },
    ],
  },
]

/** The usual ones, then the group's own by name. */
export const templatesOf = (doc: Y.Doc): NamedTemplate[] => [
  ...usualTemplates,
  ...[...templates(doc).entries()].map(([key, { name, roles }]) => ({ key, name, roles })).sort((a, b) => a.name.localeCompare(b.name)),
]
