import { useDroppable } from '@dnd-kit/core'
import type { PlanSession } from '@paperboard/shared/plan'
import { type ReadingRole, readingRoles } from '@paperboard/shared/readingRoles'
import { roleNames } from '../../board/names.ts'
import styles from './dragging.module.css'
import { dragId, type Target, useCarriedKind } from './dragging.tsx'

/** Where a member who is carried can be let go: one place for each role, there while somebody is. */
export function RoleSlots({ session, paper }: { session: PlanSession; paper: string }) {
  if (useCarriedKind() !== 'person') return null
  return (
    <div className={styles.slots}>
      {readingRoles.map(role => (
        <Slot key={role} session={session} paper={paper} role={role} />
      ))}
    </div>
  )
}

function Slot({ session, paper, role }: { session: PlanSession; paper: string; role: ReadingRole }) {
  const target: Target = { kind: 'role', session, paper, role }
  const { setNodeRef, isOver } = useDroppable({ id: dragId('role', session.key, paper, role), data: target })
  return (
    <div ref={setNodeRef} className={styles.slot} data-over={isOver || undefined}>
      {roleNames[role]}
    </div>
  )
}
