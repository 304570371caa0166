import type { AssignedReading } from '@paperboard/shared/group'
import { dueMoment, type Pressing, pressingOf, pressings } from '@paperboard/shared/readingTimes'
import { useCallback, useState } from 'react'
import { useMe, usePerson } from '../../api.ts'
import { GroupContext } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { useNow } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { EmptyState, SkeletonText } from '../../ui/states.tsx'
import rows from '../ReadingRows.module.css'
import { type Mine, MineInGroup } from './MineInGroup.tsx'
import { MyReading } from './MyReading.tsx'
import { ToDo } from './ToDo.tsx'
import { useTasks } from './useTasks.ts'

const headings: Record<Pressing, string> = {
  overdue: 'Overdue',
  week: 'This week',
  next: 'Next week',
  later: 'Later',
  open: 'Without a date',
  done: 'Done',
}
/** Of what is done, the last few at first. */
const doneAtFirst = 5

interface Placed {
  mine: Mine
  reading: AssignedReading
  until: number | null
}

/** All that I took on to read, in all my groups, by how it presses, and what else meetings left me to do. */
export default function MyReadingsPage() {
  const { id } = usePerson()
  const groups = useMe().data?.groups ?? []
  const [all, setAll] = useState<ReadonlyMap<string, Mine>>(new Map())
  const [whole, setWhole] = useState(false)
  const now = useNow()
  const tasks = useTasks()
  const todo = (tasks.data?.tasks.length ?? 0) > 0
  const tell = useCallback((group: string, mine: Mine | null) => {
    setAll(before => {
      const next = new Map(before)
      if (mine === null) next.delete(group)
      else next.set(group, mine)
      return next
    })
  }, [])
  const placed = [...all.values()].flatMap(placedIn)
  const byPressing = Map.groupBy(placed, ({ mine, reading, until }) => pressingOf(reading, { until, now, today: mine.view.group.today }))
  const open = placed.filter(({ reading }) => reading.state === 'unread' || reading.state === 'reading').length
  const known = groups.every(group => all.get(group.id)?.known === true)
  // Of several groups, the one that waits for something is spoken of.
  const [spoken] = [...all.values()].toSorted((a, b) => Number(a.calm) - Number(b.calm))
  const section = (pressing: Pressing) => {
    const of = sorted(byPressing.get(pressing) ?? [], pressing)
    const shown = pressing === 'done' && !whole ? of.slice(0, doneAtFirst) : of
    return (
      of.length > 0 && (
        <section key={pressing} className={rows.section} aria-label={headings[pressing]}>
          <h2 className={rows.heading}>
            {headings[pressing]} <span className={rows.count}>{of.length}</span>
          </h2>
          <ul>
            {shown.map(({ mine, reading, until }) => (
              <GroupContext key={`${mine.view.group.id} ${reading.key}`} value={mine.view}>
                <MyReading me={id} mine={mine} reading={reading} until={until} now={now} />
              </GroupContext>
            ))}
          </ul>
          {shown.length < of.length && (
            <Button variant="quiet" size="small" onClick={() => setWhole(true)}>
              Show all {of.length}
            </Button>
          )}
        </section>
      )
    )
  }
  return (
    <Page
      title="My readings"
      width="page"
      lead={leadOf({ all: placed.length, open, todo: known && tasks.data?.tasks.some(({ doneAt }) => doneAt === null) === true })}
    >
      {groups.map(group => (
        <MineInGroup key={group.id} group={group.id} onMine={tell} />
      ))}
      {spoken !== undefined && (
        <ShellSlot slot="connection">
          <Connection rooms={[spoken.view.groupRoom]} />
        </ShellSlot>
      )}
      {pressings.filter(pressing => pressing !== 'done').map(section)}
      <ToDo tasks={tasks} now={now} />
      {section('done')}
      {placed.length === 0 &&
        (known ? (
          !todo && (
            <EmptyState
              drawing="book"
              title="Nothing to read for now"
              actions={groups[0] && <ButtonLink href={paths.plan(groups[0].id)}>Go to the plan</ButtonLink>}
            >
              What you are handed in any of your groups, or take yourself, is listed here by when it is due.
            </EmptyState>
          )
        ) : (
          <SkeletonText lines={5} label="Loading your readings" />
        ))}
    </Page>
  )
}

const leadOf = ({ all, open, todo }: { all: number; open: number; todo: boolean }): string => {
  if (all === 0) return todo ? 'Nothing to read for now, and something to do.' : 'What you read for your groups.'
  return open === 0 ? 'You have read everything you took on.' : `${count(open, 'paper')} to read.`
}

const placedIn = (mine: Mine): Placed[] => {
  const sessions = new Map(mine.sessions.map(session => [session.key, session]))
  return mine.readings.map(reading => ({
    mine,
    reading,
    until: dueMoment(reading, reading.session === undefined ? undefined : sessions.get(reading.session), mine.view.group.timeZone),
  }))
}

/** The most pressing first; of what is done, the latest. */
const sorted = (placed: Placed[], pressing: Pressing): Placed[] => {
  const by = (a: Placed, b: Placed) => (a.until ?? Number.POSITIVE_INFINITY) - (b.until ?? Number.POSITIVE_INFINITY) || a.reading.at - b.reading.at
  return pressing === 'done' ? placed.toSorted((a, b) => by(b, a)) : placed.toSorted(by)
}
