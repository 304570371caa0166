import { addDays, type Day, weekOf } from '@paperboard/shared/days'
import type { AssignedReading } from '@paperboard/shared/group'
import { useState } from 'react'
import { useGroupView } from '../board/board.ts'
import { Connection } from '../board/Connection.tsx'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { count } from '../board/names.ts'
import { Presence } from '../board/Presence.tsx'
import { SetAside } from '../board/SetAside.tsx'
import { useMyPresence, useRoomState, useView } from '../live/hooks.ts'
import { readings as readingsView, sessions as sessionsView } from '../live/views.ts'
import { paths } from '../routes.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Page } from '../ui/Page.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { EmptyState, SkeletonText } from '../ui/states.tsx'
import { ImportSchedule } from './ImportSchedule.tsx'
import { ReadingRow } from './ReadingRow.tsx'
import rows from './ReadingRows.module.css'
import { useReadingPapers } from './readingPapers.ts'
import { SessionList } from './SessionList.tsx'

/** What is to be read, by whom and until when. */
export default function ReadingsPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Readings />
    </GroupFrame>
  )
}

const whose = [
  { value: 'mine', label: 'Mine' },
  { value: 'all', label: 'Everyone’s' },
] as const

function Readings() {
  const view = useGroupView()
  const { group, me, groupRoom } = view
  const [who, setWho] = useState<'mine' | 'all'>('mine')
  const { known, synced, status } = useRoomState(groupRoom)
  const all = useView(groupRoom, readingsView)
  const sessions = useView(groupRoom, sessionsView)
  const mine = all.filter(({ member }) => member === me.id)
  const shown = who === 'mine' ? mine : all
  const papers = useReadingPapers(group.id, shown)
  useMyPresence(groupRoom, {})
  const open = mine.filter(({ state }) => state === 'unread' || state === 'reading').length
  return (
    <Page
      title="Readings"
      width="page"
      lead={
        mine.length === 0
          ? 'Papers that members read for the group.'
          : open === 0
            ? 'You have read everything you took on.'
            : `${count(open, 'paper')} for you to read.`
      }
      actions={
        <>
          <ImportSchedule />
          <ButtonLink href={paths.myReadings}>All my groups</ButtonLink>
          <ButtonLink href={paths.plan(group.id)}>Plan</ButtonLink>
          <ButtonLink href={paths.rota(group.id)}>Rota</ButtonLink>
          <Segmented label="Whose readings" options={whose} value={who} onChange={setWho} />
        </>
      }
    >
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      <SetAside />
      <SessionList sessions={sessions} readings={all} />
      {shown.length === 0 ? (
        known && (synced || status === 'offline') ? (
          <Nothing mine={who === 'mine'} group={group.id} />
        ) : (
          <SkeletonText lines={5} label="Loading the readings" />
        )
      ) : (
        byWhen(shown, group.today).map(({ heading, readings }) => (
          <section key={heading} className={rows.section} aria-label={heading}>
            <h2 className={rows.heading}>
              {heading} <span className={rows.count}>{readings.length}</span>
            </h2>
            <ul>
              {readings.map(reading => (
                <ReadingRow key={reading.key} reading={reading} paper={papers.get(reading.paper ?? '')} named={who === 'all'} />
              ))}
            </ul>
          </section>
        ))
      )}
    </Page>
  )
}

const Nothing = ({ mine, group }: { mine: boolean; group: string }) => (
  <EmptyState
    drawing="book"
    title={mine ? 'Nothing to read for now' : 'No readings yet'}
    actions={<ButtonLink href={paths.board(group)}>Go to today’s board</ButtonLink>}
  >
    On the board, choose “Assign a reading” at a paper to take it yourself or hand it to someone, with a role, a part and a date.
  </EmptyState>
)

/** Readings in the order in which they press; what is done comes last. */
const byWhen = (readings: readonly AssignedReading[], today: Day) => {
  const done = (reading: AssignedReading) => reading.state === 'read' || reading.state === 'ready'
  const { to } = weekOf(today)
  const next = addDays(to, 7)
  const groups: [string, (reading: AssignedReading) => boolean][] = [
    ['Done', done],
    ['Overdue', ({ due }) => due !== null && due < today],
    ['This week', ({ due }) => due !== null && due <= to],
    ['Next week', ({ due }) => due !== null && due <= next],
    ['Later', ({ due }) => due !== null],
    ['Without a date', () => true],
  ]
  const sorted = Map.groupBy(readings, reading => groups.find(([, holds]) => holds(reading))?.[0] ?? '')
  return [...groups.slice(1), ...groups.slice(0, 1)].flatMap(([heading]) => {
    const of = sorted.get(heading)
    return of === undefined ? [] : [{ heading, readings: of }]
  })
}
