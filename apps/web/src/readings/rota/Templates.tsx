import { mayPlan } from '@paperboard/shared/rules'
import type { NamedTemplate } from '@paperboard/shared/templates'
import { lazy, Suspense, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CopyIcon, EditIcon, MoreIcon, TrashIcon } from '../../ui/icons.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Section } from '../../ui/Page.tsx'
import styles from './RotaPage.module.css'
import { discard } from './roleActs.ts'

const TemplateDialog = lazy(() => import('./TemplateDialog.tsx'))

/** The templates of roles that the group can choose from, and how organizers make their own. */
export function Templates() {
  const view = useGroupView()
  const templates = useView(view.groupRoom, views.templates)
  const [editing, setEditing] = useState<{ template: NamedTemplate | null } | null>(null)
  const plans = mayPlan(view.me) === null
  return (
    <Section title="Roles" hint="Who does what with a paper. A session’s menu hands them out: whoever had the fewest comes first.">
      <ul className={styles.list} aria-label="Templates of roles">
        {templates.map(template => (
          <li key={template.key ?? template.name} className={styles.line}>
            <span>
              {template.name}
              <span className={styles.reason}>{template.roles.map(({ name }) => name).join(', ')}</span>
            </span>
            {plans && (
              <Menu
                align="end"
                trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${template.name}`} />}
                sections={() => [
                  {
                    items: [
                      ...(template.key === null ? [] : [{ label: 'Change…', icon: EditIcon, onSelect: () => setEditing({ template }) }]),
                      {
                        label: 'Make one like it…',
                        icon: CopyIcon,
                        onSelect: () => setEditing({ template: { ...template, key: null, name: `${template.name}, ours` } }),
                      },
                      ...(template.key === null ? [] : [{ label: 'Remove', icon: TrashIcon, danger: true, onSelect: () => discard(view, template) }]),
                    ],
                  },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {plans && (
        <div className={styles.form}>
          <Button size="small" onClick={() => setEditing({ template: null })}>
            New template…
          </Button>
        </div>
      )}
      <Suspense>{editing !== null && <TemplateDialog template={editing.template} onClose={() => setEditing(null)} />}</Suspense>
    </Section>
  )
}
