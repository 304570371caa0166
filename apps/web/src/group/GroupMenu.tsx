import type { GroupSummary } from '@paperboard/shared/api'
import { useLocation } from 'wouter'
import { paths } from '../routes.ts'
import { ChevronDownIcon, PlusIcon, SettingsIcon } from '../ui/icons.tsx'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import styles from './GroupMenu.module.css'
import { roleWords } from './roleWords.ts'

/** The group one is in, and the way to the others. */
export function GroupMenu({ group, groups }: { group: string | undefined; groups: readonly GroupSummary[] }) {
  const [, navigate] = useLocation()
  const current = groups.find(({ id }) => id === group)
  const sections = (): MenuSection[] => [
    {
      heading: 'Groups',
      items: groups.map(({ id, name, role }) => ({
        key: id,
        label: name,
        detail: roleWords[role].name,
        checked: id === group,
        onSelect: () => navigate(paths.board(id)),
      })),
    },
    {
      items: [
        ...(current ? [{ label: 'Group settings', icon: SettingsIcon, onSelect: () => navigate(paths.settings(current.id)) }] : []),
        { label: 'New group', icon: PlusIcon, onSelect: () => navigate(paths.start) },
      ],
    },
  ]
  return (
    <Menu
      sections={sections}
      trigger={
        <button type="button" className={styles.trigger}>
          <span className="visually-hidden">Group: </span>
          <span className={styles.name}>{current?.name ?? 'Choose a group'}</span>
          <ChevronDownIcon size={16} />
        </button>
      }
    />
  )
}
