import type { AssignedReading } from '@paperboard/shared/group'
import { Link } from 'wouter'
import { useBoardPapers } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { Connection } from '../board/Connection.tsx'
import { dayBrief, dayShort } from '../board/dates.ts'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { progressNames, roleNames } from '../board/names.ts'
import { paperHref } from '../board/nav.ts'
import { Presence } from '../board/Presence.tsx'
import { useRoomState, useView } from '../live/hooks.ts'
import { readings as readingsView } from '../live/views.ts'
import { paths } from '../routes.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Page } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { EmptyState, ErrorState, SkeletonText } from '../ui/states.tsx'
import { ProgressSelect } from './ProgressSelect.tsx'
import styles from './ReadingsPage.module.css'

/** Who reads what in the group: one's own readings, then those of the others, by due date. */
export default function ReadingsPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Readings />
    </GroupFrame>
  )
}

function Readings() {
  const { groupRoom } = useGroupView()
  return (
    <Page title="Readings" lead="Who prepares which paper, as what, and by when." width="read">
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      <Lists />
    </Page>
  )
}

/** The lists, or why there are none. */
function Lists() {
  const { group, groupRoom, me } = useGroupView()
  const all = useView(groupRoom, readingsView)
  const { status, known, synced } = useRoomState(groupRoom)
  if (all.length === 0) {
    if (status === 'closed' || (status === 'offline' && !known))
      return <ErrorState title="The readings could not be loaded">They appear as soon as the server can be reached.</ErrorState>
    if (!known || (!synced && status !== 'offline')) return <SkeletonText lines={4} label="Loading the readings" />
    return (
      <EmptyState title="Nobody has a reading yet" actions={<ButtonLink href={paths.board(group.id)}>Go to today’s board</ButtonLink>}>
        Hand a paper to a member from its board: to present it, to discuss it, or to read it.
      </EmptyState>
    )
  }
  const mine = all.filter(({ member }) => member === me.id)
  const others = all.filter(({ member }) => member !== me.id)
  return (
    <div className={styles.lists}>
      <List title="Mine" readings={mine} none="You have no reading at the moment." />
      <List title="Everyone else’s" readings={others} none="Nobody else has a reading at the moment." />
    </div>
  )
}

const List = ({ title, readings, none }: { title: string; readings: readonly AssignedReading[]; none: string }) => (
  <section>
    <h2 className={styles.heading}>{title}</h2>
    {readings.length === 0 ? (
      <p className={styles.none}>{none}</p>
    ) : (
      <ul className={styles.list}>
        {readings.map(reading => (
          <Row key={reading.key} reading={reading} />
        ))}
      </ul>
    )}
  </section>
)

function Row({ reading }: { reading: AssignedReading }) {
  const view = useGroupView()
  const { group, me, nameOf } = view
  const mine = reading.member === me.id
  const late = reading.due !== null && reading.due < group.today && (reading.state === 'unread' || reading.state === 'reading')
  return (
    <li className={styles.row}>
      <Avatar id={reading.member} name={nameOf(reading.member)} size="small" />
      <div className={styles.words}>
        <PaperLink reading={reading} />
        <p className={styles.facts}>
          {!mine && <strong>{nameOf(reading.member)}</strong>}
          <span>{roleNames[reading.role]}</span>
          {reading.part !== '' && <span>{reading.part}</span>}
          {reading.due !== null && (
            <span data-late={late || undefined}>
              {late ? 'was due' : 'due'} {dayBrief(reading.due)}
            </span>
          )}
          <span>board of {dayShort(reading.board)}</span>
        </p>
      </div>
      {mine ? <ProgressSelect view={view} reading={reading} /> : <span className={styles.state}>{progressNames[reading.state]}</span>}
    </li>
  )
}

/** The paper's title, leading to its discussion. Readings from one board share the question for its papers. */
function PaperLink({ reading: { paper, board } }: { reading: AssignedReading }) {
  const { group } = useGroupView()
  const { data, error } = useBoardPapers(group.id, board)
  const found = data?.find(({ id }) => id === paper)
  const unnamed = data === undefined && error === null ? 'Loading the title…' : 'A paper whose title is not known'
  return (
    <Link className={styles.title} href={paperHref(group.id, board, paper)}>
      {found?.title ?? found?.arxivId ?? found?.doi ?? unnamed}
    </Link>
  )
}
