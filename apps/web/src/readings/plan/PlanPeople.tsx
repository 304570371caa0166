import type { AssignedReading } from '@paperboard/shared/group'
import { progressStates } from '@paperboard/shared/group'
import type { PlannedGuest } from '@paperboard/shared/groupSessions'
import type { PlanSession } from '@paperboard/shared/plan'
import type { SessionPresenter } from '@paperboard/shared/presenters'
import { type ReadingRole, readingRoles } from '@paperboard/shared/readingRoles'
import { progress } from '../../board/acts.ts'
import { type GroupView, useGroupView } from '../../board/board.ts'
import { dayBrief } from '../../board/dates.ts'
import { progressNames, roleNames } from '../../board/names.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { CheckIcon, TrashIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import { ReaderMark } from '../Readiness.tsx'
import { agree } from '../rota/rotaActs.ts'
import styles from './Plan.module.css'
import { changeOf, takeGuestOff, takePresenterOff, takeReadingBack } from './planActs.ts'

interface PeopleProps {
  session: PlanSession
  readings: readonly AssignedReading[]
  guests: readonly PlannedGuest[]
  /** Presenters of the session as a whole. */
  presenters?: readonly SessionPresenter[]
}

/** Who presents, discusses and reads, role by role. */
export function PlanPeople({ session, readings, guests, presenters = [] }: PeopleProps) {
  if (readings.length + guests.length + presenters.length === 0) return null
  return (
    <div className={styles.people}>
      {readingRoles.map(role => (
        <RoleLine
          key={role}
          role={role}
          session={session}
          readings={readings.filter(reading => reading.role === role)}
          guests={guests.filter(guest => guest.role === role)}
          presenters={role === 'presenter' ? presenters : []}
        />
      ))}
    </div>
  )
}

const plural: Record<ReadingRole, string> = { presenter: 'Presenters', discussant: 'Discussants', reader: 'Readers' }

function RoleLine({ role, session, readings, guests, presenters = [] }: PeopleProps & { role: ReadingRole }) {
  const n = readings.length + guests.length + presenters.length
  if (n === 0) return null
  const name = n === 1 ? roleNames[role] : plural[role]
  return (
    <div className={styles.roleLine}>
      <span className={styles.role} aria-hidden="true">
        {name}
      </span>
      <ul aria-label={name} className={styles.chips}>
        {presenters.map(presenter => (
          <PresenterChip key={presenter.member} presenter={presenter} />
        ))}
        {readings.map(reading => (
          <ReadingChip key={reading.key} reading={reading} session={session} />
        ))}
        {guests.map(guest => (
          <GuestChip key={guest.key} guest={guest} />
        ))}
      </ul>
    </div>
  )
}

/** Roles to choose from; the one that holds is checked. */
const roleSection = (view: GroupView, reading: AssignedReading): MenuSection => ({
  heading: 'As',
  items: readingRoles.map(role => ({
    label: roleNames[role],
    checked: reading.role === role,
    onSelect: () =>
      void (reading.role !== role && changeOf(view, reading.key, { role }, `Made ${view.nameOf(reading.member)} ${roleNames[role].toLowerCase()}`)),
  })),
})

function ReadingChip({ reading, session }: { reading: AssignedReading; session: PlanSession }) {
  const view = useGroupView()
  const own = reading.member === view.me.id
  const name = own ? 'You' : view.nameOf(reading.member)
  const due = reading.due !== null && reading.due !== session.day ? `by ${dayBrief(reading.due)}` : ''
  const detail = [reading.roleName, reading.part, due].filter(Boolean).join(', ')
  const sections = (): MenuSection[] => [
    ...(own
      ? [
          {
            heading: 'How far you are',
            items: progressStates.map(state => ({
              label: progressNames[state],
              checked: reading.state === state,
              onSelect: () => progress(view, reading.key, state),
            })),
          },
        ]
      : []),
    roleSection(view, reading),
    {
      items: [
        {
          label: own && reading.by !== view.me.id ? 'Decline' : 'Take back',
          icon: TrashIcon,
          danger: true,
          onSelect: () => takeReadingBack(view, reading),
        },
      ],
    },
  ]
  return (
    <li>
      <Menu
        trigger={
          <button type="button" className={styles.person}>
            <ReaderMark member={reading.member} name={view.nameOf(reading.member)} state={reading.state} />
            <span className={styles.name}>{name}</span>
            {detail !== '' && <span className={styles.detail}>{detail}</span>}
            <span className="visually-hidden">, {progressNames[reading.state].toLowerCase()}</span>
          </button>
        }
        sections={sections}
      />
    </li>
  )
}

function PresenterChip({ presenter }: { presenter: SessionPresenter }) {
  const view = useGroupView()
  const own = presenter.member === view.me.id
  const name = own ? 'You' : view.nameOf(presenter.member)
  return (
    <li>
      <Menu
        trigger={
          <button type="button" className={styles.person}>
            <Avatar id={presenter.member} name={view.nameOf(presenter.member)} size="small" />
            <span className={styles.name}>{name}</span>
            {presenter.asked && <span className={styles.detail}>asked</span>}
          </button>
        }
        sections={() => [
          ...(own && presenter.asked ? [{ items: [{ label: 'I will present', icon: CheckIcon, onSelect: () => agree(view, presenter.session) }] }] : []),
          { items: [{ label: 'Take off', icon: TrashIcon, danger: true, onSelect: () => takePresenterOff(view, presenter) }] },
        ]}
      />
    </li>
  )
}

function GuestChip({ guest }: { guest: PlannedGuest }) {
  const view = useGroupView()
  return (
    <li>
      <Menu
        trigger={
          <button type="button" className={styles.person}>
            <span className={styles.name}>{guest.name}</span>
            <span className={styles.detail}>guest</span>
          </button>
        }
        sections={() => [{ items: [{ label: 'Take off', icon: TrashIcon, danger: true, onSelect: () => takeGuestOff(view, guest) }] }]}
      />
    </li>
  )
}
