import type { Group } from '@paperboard/shared/api'
import type { AssignedReading } from '@paperboard/shared/group'
import type { PlannedSession } from '@paperboard/shared/groupSessions'
import { groupRoom } from '@paperboard/shared/room'
import { useEffect, useMemo } from 'react'
import { useGroup, usePerson } from '../../api.ts'
import type { GroupView } from '../../board/board.ts'
import { sameReadings } from '../../board/Plans.tsx'
import { useRoom, useRoomState, useView } from '../../live/hooks.ts'
import { readings as readingsView, sessions as sessionsView } from '../../live/views.ts'
import { type KnownPaper, usePlanPapers } from '../plan/usePlan.ts'

/** My readings in one group, with what is needed to show and to change them. */
export interface Mine {
  view: GroupView
  readings: readonly AssignedReading[]
  sessions: readonly PlannedSession[]
  papers: ReadonlyMap<string, KnownPaper>
  /** Whether there is something to show, even if empty. */
  known: boolean
  /** Whether all of it is saved and heard of. */
  calm: boolean
}

type Tell = (group: string, mine: Mine | null) => void

/** Keeps a group open and tells of my readings in it; shows nothing. */
export function MineInGroup({ group, onMine }: { group: string; onMine: Tell }) {
  const { data } = useGroup(group)
  return data === undefined ? null : <Opened group={data} onMine={onMine} />
}

function Opened({ group, onMine }: { group: Group; onMine: Tell }) {
  const { id } = usePerson()
  const room = useRoom(groupRoom(group.id), id)
  const { known, status, unsaved } = useRoomState(room)
  const calm = status === 'live' && unsaved === 0
  const readings = useView(room, readingsView, all => all.filter(({ member }) => member === id), sameReadings)
  const sessions = useView(room, sessionsView)
  const papers = usePlanPapers(
    group.id,
    readings.flatMap(({ paper }) => (paper === null ? [] : [paper])),
  )
  const view = useMemo((): GroupView => {
    const names = new Map(group.members.map(({ id, name }) => [id, name]))
    return { group, me: { id, role: group.role }, groupRoom: room, nameOf: member => names.get(member) ?? 'Someone new', meet: () => undefined }
  }, [group, id, room])
  useEffect(() => onMine(group.id, { view, readings, sessions, papers, known, calm }), [onMine, group.id, view, readings, sessions, papers, known, calm])
  useEffect(() => () => onMine(group.id, null), [onMine, group.id])
  return null
}
