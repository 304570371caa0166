import type { Person } from '@paperboard/shared/api'
import { useLocation } from 'wouter'
import { signOut } from '../account/signOut.ts'
import { paths } from '../routes.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { BellIcon, KeyboardIcon, MoonIcon, PersonIcon, ReadingIcon, SignOutIcon, SunIcon, SystemIcon } from '../ui/icons.tsx'
import { hasKeys } from '../ui/keys.ts'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import { setTheme, type Theme, useTheme } from '../ui/theme.ts'
import styles from './AccountMenu.module.css'

const themes: { value: Theme; label: string; icon: typeof SunIcon }[] = [
  { value: 'system', label: 'As the system', icon: SystemIcon },
  { value: 'light', label: 'Light', icon: SunIcon },
  { value: 'dark', label: 'Dark', icon: MoonIcon },
]

/** What is about oneself: account, looks, the way out. */
export function AccountMenu({ person, onShortcuts }: { person: Person; onShortcuts: () => void }) {
  const [, navigate] = useLocation()
  const theme = useTheme()
  const sections = (): MenuSection[] => [
    { items: [{ label: person.name, detail: person.email, icon: PersonIcon, onSelect: () => navigate(paths.account) }] },
    { items: [{ label: 'My readings', icon: ReadingIcon, onSelect: () => navigate(paths.myReadings) }] },
    { items: [{ label: 'Reminders and calendars', icon: BellIcon, onSelect: () => navigate(paths.reminders) }] },
    { heading: 'Appearance', items: themes.map(({ value, label, icon }) => ({ label, icon, checked: value === theme, onSelect: () => setTheme(value) })) },
    {
      items: [
        ...(hasKeys() ? [{ label: 'Keyboard shortcuts', icon: KeyboardIcon, kbd: '?', onSelect: onShortcuts }] : []),
        { label: 'Sign out', icon: SignOutIcon, onSelect: () => void signOut() },
      ],
    },
  ]
  return (
    <Menu
      align="end"
      sections={sections}
      trigger={
        <button type="button" className={styles.trigger}>
          <span className="visually-hidden">Account of {person.name}</span>
          <Avatar id={person.id} name={person.name} />
        </button>
      }
    />
  )
}
