import type { Group } from '@paperboard/shared/api'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { askAgain, sentenceOf, useGroup, useMe, usePerson } from '../api.ts'
import { usePresence, useRoom, useView } from '../live/hooks.ts'
import type { LiveRoom } from '../live/LiveRoom.ts'
import { createStrangers, type Strangers } from '../live/strangers.ts'
import { peopleWithReadings } from '../live/views.ts'
import { ErrorState } from '../ui/states.tsx'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import { GroupContext, type GroupView } from './board.ts'
import { usePaperNews } from './paperNews.ts'
import { useBoardNews } from './useBoardNews.ts'

/** Opens the group's room around a page, and tells its parts who is who. */
export function GroupFrame({ group, children }: { group: string; children: ReactNode }) {
  const { data, error, refetch } = useGroup(group)
  if (data !== undefined)
    return (
      <Opened group={data} ask={refetch}>
        {children}
      </Opened>
    )
  if (error === null) return <BoardSkeleton />
  return (
    <ErrorState title="The group could not be loaded" onRetry={() => void refetch()}>
      {sentenceOf(error)}
    </ErrorState>
  )
}

function Opened({ group, ask, children }: { group: Group; ask: () => Promise<{ isError: boolean }>; children: ReactNode }) {
  usePaperNews(group.id)
  useBoardNews(group.id)
  const { id } = usePerson()
  const guest = useMe().data?.guest ?? null
  // A guest has no document of the group: what a page reads of it is empty in that of their meeting.
  const room = useRoom(guest === null ? groupRoom(group.id) : meetingRoom(guest.group, guest.meeting), id)
  useRecovery(room)
  const names = useMemo(() => new Map(group.members.map(({ id, name }) => [id, name])), [group])
  const { meet } = useStrangers(names, ask)
  const present = usePresence(room, here => [...here.keys()].join())
  const readers = useView(room, peopleWithReadings)
  useEffect(() => meet([...(present === '' ? [] : present.split(',')), ...readers]), [meet, present, readers])
  const view = useMemo(
    (): GroupView => ({ group, me: { id, role: group.role }, groupRoom: room, nameOf: member => names.get(member) ?? 'Someone new', meet }),
    [group, names, id, room, meet],
  )
  return <GroupContext value={view}>{children}</GroupContext>
}

/** What could not be had while the server was gone is asked again once it is back. */
const useRecovery = (room: LiveRoom) =>
  useEffect(() => {
    let { status } = room.state()
    return room.subscribe(() => {
      const before = status
      status = room.state().status
      if (status === 'live' && before !== 'live') askAgain()
    })
  }, [room])

/** The same for as long as the group's page is there. */
const useStrangers = (names: ReadonlyMap<string, string>, ask: () => Promise<{ isError: boolean }>): Strangers => {
  const latest = useRef({ names, ask })
  latest.current = { names, ask }
  const [strangers] = useState(() =>
    createStrangers({ known: member => latest.current.names.has(member), ask: async () => !(await latest.current.ask()).isError }),
  )
  useEffect(() => strangers.stop, [strangers])
  return strangers
}
