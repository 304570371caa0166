import type { Group } from '@paperboard/shared/api'
import { groupRoom } from '@paperboard/shared/room'
import { type ReactNode, useEffect, useMemo } from 'react'
import { sentenceOf, useGroup, usePerson } from '../api.ts'
import { usePresence, useRoom } from '../live/hooks.ts'
import { ErrorState } from '../ui/states.tsx'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import { GroupContext, type GroupView } from './board.ts'

/** Opens the group's room around a page, and tells its parts who is who. */
export function GroupFrame({ group, children }: { group: string; children: ReactNode }) {
  const { data, error, refetch } = useGroup(group)
  if (data !== undefined)
    return (
      <Opened group={data} onStranger={refetch}>
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

function Opened({ group, onStranger, children }: { group: Group; onStranger: () => unknown; children: ReactNode }) {
  const { id } = usePerson()
  const room = useRoom(groupRoom(group.id), id)
  const strangers = usePresence(room, here => [...here.keys()].filter(member => !group.members.some(({ id }) => id === member)).join())
  useEffect(() => {
    // Whoever is here and not in the list has joined since it was asked for.
    if (strangers !== '') onStranger()
  }, [strangers, onStranger])
  const view = useMemo((): GroupView => {
    const names = new Map(group.members.map(({ id, name }) => [id, name]))
    return { group, me: { id, role: group.role }, groupRoom: room, nameOf: member => names.get(member) ?? 'Someone new' }
  }, [group, id, room])
  return <GroupContext value={view}>{children}</GroupContext>
}
