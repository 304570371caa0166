import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useMe } from '../api.ts'
import { NoticeBell } from '../reminders/NoticeBell.tsx'
import { paths } from '../routes.ts'
import type { AskedPaper } from '../search/OptionLine.tsx'
import { TypedAhead } from '../search/TypedAhead.tsx'
import { IconButton } from '../ui/Button.tsx'
import { BoardIcon, LibraryIcon, MembersIcon, PresentIcon, ReadingIcon, SearchIcon } from '../ui/icons.tsx'
import { type KeyBinding, useKeys } from '../ui/keys.ts'
import { Portal } from '../ui/portal.ts'
import { ShellSlots, type Slots } from '../ui/ShellSlot.tsx'
import { cameBack } from '../ui/scrollMemory.ts'
import { Sign } from '../ui/Wordmark.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { GroupMenu } from './GroupMenu.tsx'
import { lastGroup, setLastGroup } from './lastGroup.ts'
import styles from './Shell.module.css'

const Shortcuts = lazy(() => import('../ui/Shortcuts.tsx'))
const loadPalette = () => import('../search/Palette.tsx')
const Palette = lazy(loadPalette)
const PaperAsked = lazy(() => import('../search/PaperAsked.tsx'))

/** The frame around every page of a member: where one is, where one can go, who is here, who one is. */
export function Shell({ group: opened, children }: { group?: string; children: ReactNode }) {
  const me = useMe().data
  // On pages outside of any group, such as the account, the way back leads into the last one.
  const group = opened ?? (me?.groups.find(({ id }) => id === lastGroup()) ?? me?.groups[0])?.id
  const [, navigate] = useLocation()
  const [shortcuts, setShortcuts] = useState(false)
  const [searching, setSearching] = useState(false)
  const [asked, setAsked] = useState<AskedPaper | null>(null)
  const [presence, setPresence] = useState<HTMLElement | null>(null)
  const [connection, setConnection] = useState<HTMLElement | null>(null)
  const [floor, setFloor] = useState<HTMLElement | null>(null)
  const [banner, setBanner] = useState<HTMLElement | null>(null)
  const slots = useMemo(() => ({ presence, connection, banner }), [presence, connection, banner])
  const main = useFocusOnNewPage()

  useEffect(() => {
    if (group !== undefined) setLastGroup(group)
  }, [group])
  const to = (path: (group: string) => string) => () => group !== undefined && navigate(path(group))
  useKeys([
    ...(group === undefined
      ? []
      : ([
          { keys: '/', does: 'Search, or go to a page', under: 'Everywhere', act: () => setSearching(true) },
          { keys: 'mod+k', does: 'Search, also while writing', under: 'Everywhere', act: () => setSearching(true) },
          { keys: 'g b', does: 'Go to today’s board', under: 'Everywhere', act: to(paths.board) },
          { keys: 'g l', does: 'Go to the library', under: 'Everywhere', act: to(paths.library) },
          { keys: 'g t', does: 'Go to the top papers', under: 'Everywhere', act: to(paths.recent) },
          { keys: 'g r', does: 'Go to the readings', under: 'Everywhere', act: to(paths.readings) },
          { keys: 'g p', does: 'Go to the plan', under: 'Everywhere', act: to(paths.plan) },
          { keys: 'g e', does: 'Go to the meetings', under: 'Everywhere', act: to(paths.meetings) },
          { keys: 'g m', does: 'Go to the members', under: 'Everywhere', act: to(paths.members) },
          { keys: 'g f', does: 'Go to the sources', under: 'Everywhere', act: to(paths.sources) },
          { keys: 'g s', does: 'Go to the settings', under: 'Everywhere', act: to(paths.settings) },
        ] satisfies KeyBinding[])),
    { keys: '?', does: 'Show these keys', under: 'Everywhere', act: () => setShortcuts(true) },
  ])

  return (
    <Providers slots={slots} floor={floor}>
      <a href="#main" className={styles.skip}>
        Skip to the page
      </a>
      <header className={styles.bar}>
        <Link href={paths.home} className={styles.sign} aria-label="Paperboard: today’s board">
          <Sign />
        </Link>
        {me && <GroupMenu group={group} groups={me.groups} />}
        {group !== undefined && <Pages group={group} className={styles.pages} />}
        <span className={styles.space} />
        <div ref={setConnection} className={styles.slot} />
        <div ref={setPresence} className={styles.slot} />
        {group !== undefined && <SearchButton onPress={() => setSearching(true)} />}
        {me?.person && <NoticeBell />}
        {me?.person && <AccountMenu person={me.person} onShortcuts={() => setShortcuts(true)} />}
      </header>
      <div ref={setBanner} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
        {/* Menus and popovers: inside a landmark, or screen readers that go by landmarks pass them by. */}
        <div ref={setFloor} />
      </main>
      {group !== undefined && <Pages group={group} className={styles.tabs} />}
      {searching && group !== undefined && <Search group={group} onAsk={setAsked} onClose={() => setSearching(false)} />}
      {asked !== null && group !== undefined && (
        <Suspense>
          <PaperAsked group={group} {...asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
      {shortcuts && (
        <Suspense>
          <Shortcuts onClose={() => setShortcuts(false)} />
        </Suspense>
      )}
    </Providers>
  )
}

function Search({ group, onAsk, onClose }: { group: string; onAsk: (asked: AskedPaper) => void; onClose: () => void }) {
  const typed = useRef('')
  return (
    <Suspense fallback={<TypedAhead text={typed} onClose={onClose} />}>
      <Palette
        group={group}
        typed={typed}
        onAsk={asked => {
          onClose()
          onAsk(asked)
        }}
        onClose={onClose}
      />
    </Suspense>
  )
}

const SearchButton = ({ onPress }: { onPress: () => void }) => {
  // Its code comes when the pointer or the focus reaches it.
  const prepare = () => void loadPalette().catch(() => undefined)
  return (
    <IconButton icon={SearchIcon} iconSize={19} label="Search" kbd="/" aria-haspopup="dialog" onClick={onPress} onPointerEnter={prepare} onFocus={prepare} />
  )
}

const Providers = ({ slots, floor, children }: { slots: Slots; floor: HTMLElement | null; children: ReactNode }) => (
  <ShellSlots value={slots}>
    <Portal value={floor}>{children}</Portal>
  </ShellSlots>
)

const pages = [
  { name: 'Board', icon: BoardIcon, path: paths.board, is: (rest: string) => rest === '' || /^\/(\d|week\/|month\/|since|recent)/.test(rest) },
  { name: 'Library', icon: LibraryIcon, path: paths.library, is: (rest: string) => /^\/(library|papers\/|search)/.test(rest) },
  { name: 'Readings', icon: ReadingIcon, path: paths.readings, is: (rest: string) => /^\/(readings|plan|rota)/.test(rest) },
  { name: 'Meetings', icon: PresentIcon, path: paths.meetings, is: (rest: string) => rest.startsWith('/meetings') },
  {
    name: 'Members',
    icon: MembersIcon,
    path: paths.members,
    is: (rest: string) => rest.startsWith('/members') || rest.startsWith('/settings') || rest.startsWith('/sources'),
  },
]

function Pages({ group, className }: { group: string; className: string | undefined }) {
  const [location] = useLocation()
  const rest = location.startsWith(paths.board(group)) ? location.slice(paths.board(group).length) : null
  return (
    <nav aria-label="Group" className={className}>
      {pages.map(({ name, icon: Icon, path, is }) => (
        <Link key={name} href={path(group)} aria-current={rest !== null && is(rest) ? 'page' : undefined}>
          <Icon size={18} />
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** The day in an address is part of the same page: going from one to the next must not move the focus. */
const pageOf = (location: string) => location.replace(/\d{4}-\d\d-\d\d.*$/, '')

/** On a new page the focus goes to its beginning, as it does when a browser loads one. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const [location] = useLocation()
  const page = pageOf(location)
  const shown = useRef(page)
  useEffect(() => {
    if (shown.current === page) return
    shown.current = page
    if (!cameBack()) window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [page])
  return main
}
