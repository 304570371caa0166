import { limits } from '@paperboard/shared/limits'
import { type NamedTemplate, roleTakers, type TemplateRole } from '@paperboard/shared/templates'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextArea, TextField } from '../../ui/Field.tsx'
import { TrashIcon } from '../../ui/icons.tsx'
import { keep, whyNotTemplates } from './roleActs.ts'
import styles from './TemplateDialog.module.css'

const takerNames: Record<TemplateRole['takers'], string> = { one: 'one member', everyone: 'all who have no other', parts: 'one for each part' }
const asNames: Record<TemplateRole['as'], string> = { presenter: 'presents', discussant: 'discusses', reader: 'reads' }
const empty: TemplateRole = { name: '', task: '', takers: 'one', as: 'discussant' }

interface Draft extends TemplateRole {
  /** Tells the rows apart while they are typed. */
  id: number
}

/** Makes a template of a group's own, or changes it. */
export default function TemplateDialog({ template, onClose }: { template: NamedTemplate | null; onClose: () => void }) {
  const view = useGroupView()
  const form = useId()
  const [name, setName] = useState(template?.name ?? '')
  const [drafts, setDrafts] = useState<Draft[]>(() => (template?.roles ?? [empty]).map((role, id) => ({ ...role, id })))
  const roles = drafts.map(({ id: _, ...role }) => ({ ...role, name: role.name.trim(), task: role.task.trim() }))
  const next = { key: template?.key ?? null, name: name.trim(), roles }
  const lacking = next.name === '' ? 'Give the template a name.' : roles.some(role => role.name === '') ? 'Give each role a name.' : null
  const denied = lacking ?? whyNotTemplates(view, next)
  const set = (id: number, to: Partial<TemplateRole>) => setDrafts(drafts.map(draft => (draft.id === id ? { ...draft, ...to } : draft)))

  return (
    <Dialog
      title={template?.key == null ? 'New template' : 'Change the template'}
      size="large"
      dismissable={false}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} denied={denied}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={event => {
          event.preventDefault()
          if (denied !== null) return
          keep(view, next)
          onClose()
        }}
      >
        <TextField label="Name" maxLength={limits.roleNameLength} value={name} onChange={event => setName(event.target.value)} />
        <ul className={styles.roles} aria-label="Roles">
          {drafts.map(({ id, ...role }, n) => (
            <li key={id} className={styles.role}>
              <TextField
                label={`Role ${n + 1}`}
                maxLength={limits.roleNameLength}
                value={role.name}
                onChange={event => set(id, { name: event.target.value })}
              />
              <Select
                label="Taken by"
                value={role.takers}
                onChange={event => set(id, { takers: roleTakers.find(each => each === event.target.value) ?? 'one' })}
              >
                {roleTakers.map(each => (
                  <option key={each} value={each}>
                    {takerNames[each]}
                  </option>
                ))}
              </Select>
              <Select
                label="Who has it"
                value={role.as}
                onChange={event => set(id, { as: (['presenter', 'discussant', 'reader'] as const).find(each => each === event.target.value) ?? 'discussant' })}
              >
                {Object.entries(asNames).map(([as, word]) => (
                  <option key={as} value={as}>
                    {word}
                  </option>
                ))}
              </Select>
              <IconButton
                icon={TrashIcon}
                size="small"
                iconSize={16}
                label={`Remove role ${n + 1}`}
                denied={drafts.length === 1 ? 'A template has one role at least.' : null}
                onClick={() => setDrafts(drafts.filter(draft => draft.id !== id))}
              />
              <TextArea
                label="What to do"
                rows={2}
                maxLength={limits.roleTaskLength}
                value={role.task}
                onChange={event => set(id, { task: event.target.value })}
              />
            </li>
          ))}
        </ul>
        <Button
          size="small"
          denied={drafts.length >= limits.templateRoles ? `A template has ${limits.templateRoles} roles at most.` : null}
          onClick={() => setDrafts([...drafts, { ...empty, id: 1 + Math.max(...drafts.map(({ id }) => id)) }])}
        >
          Add a role
        </Button>
      </form>
    </Dialog>
  )
}
