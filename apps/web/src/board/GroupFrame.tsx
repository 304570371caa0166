import type { Group } from '@paperboard/shared/api'
import { groupRoom } from '@paperboard/shared/room'
import { type ReactNode, useMemo } from 'react'
import { sentenceOf, useGroup, usePerson } from '../api.ts'
import { useRoom } from '../live/hooks.ts'
import { ErrorState } from '../ui/states.tsx'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import { GroupContext, type GroupView } from './board.ts'

/** Opens the group's room around a page, and tells its parts who is who. */
export function GroupFrame({ group, children }: { group: string; children: ReactNode }) {
  const { data, error, refetch } = useGroup(group)
  if (data !== undefined) return <Opened group={data}>{children}</Opened>
  if (error === null) return <BoardSkeleton />
  return (
    <ErrorState title="The group could not be loaded" onRetry={() => void refetch()}>
      {sentenceOf(error)}
    </ErrorState>
  )
}

function Opened({ group, children }: { group: Group; children: ReactNode }) {
  const { id } = usePerson()
  const room = useRoom(groupRoom(group.id), id)
  const view = useMemo((): GroupView => {
    const names = new Map(group.members.map(({ id, name }) => [id, name]))
    return { group, me: { id, role: group.role }, groupRoom: room, nameOf: member => names.get(member) ?? 'Someone new' }
  }, [group, id, room])
  return <GroupContext value={view}>{children}</GroupContext>
}
