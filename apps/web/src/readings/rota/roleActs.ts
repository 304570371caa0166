/** What organizers and members do with roles of templates: asked of the rules first, then done at once on the live document. */
import { type HandOut, handOutRoles, readingFor } from '@paperboard/shared/casting'
import { removeReading } from '@paperboard/shared/group'
import { newId } from '@paperboard/shared/ids'
import { addTemplate, changeTemplate, type NamedTemplate, removeTemplate } from '@paperboard/shared/templates'
import { type GroupView, whyNotAllInGroup, whyNotInGroup } from '../../board/board.ts'
import { count } from '../../board/names.ts'
import { serverNow } from '../../live/clock.ts'
import { toast } from '../../ui/toast.ts'

type Roles = Omit<HandOut, 'me' | 'now'>

/** Why these roles may not be handed out, as a sentence; null when they may. */
export const whyNotHandOut = (view: GroupView, roles: Roles): string | null => {
  const whole = { ...roles, me: view.me.id, now: serverNow() }
  return whyNotAllInGroup(
    view,
    roles.castings.map(casting => ({ root: 'readings', key: `${newId()}:${view.me.id}`, after: readingFor(casting, whole) })),
  )
}

export const handOut = (view: GroupView, roles: Roles) => {
  const { groupRoom, me } = view
  const keys = handOutRoles(groupRoom.doc, { ...roles, me: me.id, now: serverNow() })
  const takeBack = () => groupRoom.doc.transact(() => keys.forEach(key => void removeReading(groupRoom.doc, key)))
  toast(`${count(keys.length, 'role')} handed out`, { action: { label: 'Undo', run: takeBack } })
}

/** Why one may not make or change templates, as a sentence; null when one may. */
export const whyNotTemplates = (view: GroupView, { key, name, roles }: NamedTemplate): string | null =>
  whyNotInGroup(view, { root: 'templates', key: key ?? `${newId()}:${view.me.id}`, after: { name, roles, at: serverNow() } })

/** Keeps a template: a new one, or one that has a key as it is now. */
export const keep = (view: GroupView, { key, name, roles }: NamedTemplate) => {
  const template = { name, roles: [...roles], at: serverNow() }
  if (key === null) addTemplate(view.groupRoom.doc, view.me.id, template)
  else changeTemplate(view.groupRoom.doc, key, template)
}

export const discard = (view: GroupView, { key, name, roles }: NamedTemplate) => {
  if (key === null) return
  removeTemplate(view.groupRoom.doc, key)
  toast(`“${name}” removed`, { action: { label: 'Undo', run: () => keep(view, { key: null, name, roles }) } })
}
