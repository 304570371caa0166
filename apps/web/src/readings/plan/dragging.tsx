import {
  type Active,
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  type useDraggable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { PlanSession } from '@paperboard/shared/plan'
import type { ReadingRole } from '@paperboard/shared/readingRoles'
import { createContext, type MouseEvent, type ReactNode, use, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { roleNames } from '../../board/names.ts'
import { MathText } from '../../paper/MathText.tsx'
import styles from './dragging.module.css'
import { hand, move, put } from './planActs.ts'
import { usePlan } from './usePlan.ts'

/** What is carried: a paper, from a session or from the side, or a member. */
export type Carried = { kind: 'paper'; paper: string; title: string; from: string | null } | { kind: 'person'; member: string; name: string }
/** Where it may be let go: a paper in a session, a member in a role at a paper. */
export type Target = { kind: 'session'; session: PlanSession } | { kind: 'role'; session: PlanSession; paper: string; role: ReadingRole }

/** Ids of what can be carried and where to; dnd-kit knows them by one name each. */
export const dragId = (...parts: string[]) => parts.join('/')

type Listeners = ReturnType<typeof useDraggable>['listeners']

/** What starts carrying, but not from a menu or a dialog of the thing: React tells of presses there as if they were on it. */
export const pressesOn = (listeners: Listeners) => ({
  onMouseDown: (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Node && event.currentTarget.contains(event.target)) listeners?.onMouseDown?.(event)
  },
})

const isCarried = (data: unknown): data is Carried => typeof data === 'object' && data !== null && 'kind' in data
const isTarget = (data: unknown): data is Target => typeof data === 'object' && data !== null && 'session' in data

const carriedIn = (active: Active | null): Carried | null => {
  const data: unknown = active?.data.current
  return isCarried(data) ? data : null
}

/** A press that moves less is a click. One object for good: all that can be carried is drawn anew for another. */
const press = { activationConstraint: { distance: 6 } }

const CarriedKind = createContext<Carried['kind'] | null>(null)
/** Whether a paper or a person is carried now. */
export const useCarriedKind = (): Carried['kind'] | null => use(CarriedKind)

/** A mouse carries papers into sessions, and people to papers. Fingers scroll, and keys have their own ways: both find the same acts in menus. */
export function PlanDragging({ children }: { children: ReactNode }) {
  const view = useGroupView()
  const sessions = usePlan()
  const [carried, carry] = useState<Carried | null>(null)
  const sensors = useSensors(useSensor(MouseSensor, press))
  const drop = ({ active, over }: DragEndEvent) => {
    carry(null)
    const [what, to]: [Carried | null, unknown] = [carriedIn(active), over?.data.current]
    if (what === null || !isTarget(to)) return
    if (what.kind === 'paper' && to.kind === 'session') {
      const from = sessions.find(({ key }) => key === what.from)
      if (from === undefined) put(view, to.session, what)
      else if (from.key !== to.session.key) move(view, what, from, to.session)
    }
    if (what.kind === 'person' && to.kind === 'role') {
      const { session, paper, role } = to
      hand(view, { session, paper, board: view.group.today, member: what.member, role, part: '', due: null })
    }
  }
  const nameOf = (active: Active) => {
    const what = carriedIn(active)
    return what === null ? 'It' : what.kind === 'paper' ? what.title : what.name
  }
  const announcements: Announcements = {
    onDragStart: ({ active }) => `${nameOf(active)} is carried.`,
    onDragOver: ({ over }) => {
      const to: unknown = over?.data.current
      if (!isTarget(to)) return
      return `Over ${dayNear(to.session.day, view.group.today)}${to.kind === 'role' ? `, as ${roleNames[to.role].toLowerCase()}` : ''}.`
    },
    // What was done is said by the message with the way back.
    onDragEnd: () => undefined,
    onDragCancel: ({ active }) => `${nameOf(active)} stays where it was.`,
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements, screenReaderInstructions: { draggable: '' } }}
      onDragStart={({ active }) => carry(carriedIn(active))}
      onDragEnd={drop}
      onDragCancel={() => carry(null)}
    >
      <CarriedKind value={carried?.kind ?? null}>{children}</CarriedKind>
      <DragOverlay dropAnimation={null}>
        {carried !== null && <div className={styles.carried}>{carried.kind === 'paper' ? <MathText>{carried.title}</MathText> : carried.name}</div>}
      </DragOverlay>
    </DndContext>
  )
}
