import { useDraggable } from '@dnd-kit/core'
import type { ListedPaper } from '@paperboard/shared/api'
import type { PlanSession } from '@paperboard/shared/plan'
import { useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { titleOf } from '../../paper/links.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { type Carried, dragId, pressesOn } from './dragging.tsx'
import { PaperPicker, PickedPaper } from './PaperPicker.tsx'
import styles from './Plan.module.css'
import { put, whyNotPlan } from './planActs.ts'
import { usePlan } from './usePlan.ts'

/** Sessions offered by the menu of a paper: a quarter of weekly ones. */
const offered = 12

const sides = [
  { value: 'papers', label: 'Papers' },
  { value: 'people', label: 'People' },
] as const

/** What is not planned yet, and who could take part, beside the weeks. */
export function PlanSide() {
  const [side, setSide] = useState<'papers' | 'people'>('papers')
  return (
    <aside className={styles.side} aria-label="To be planned">
      <div className={styles.sideHead}>
        <h2 className={styles.sideName}>To be planned</h2>
        <Segmented label="What to plan" options={sides} value={side} onChange={setSide} />
      </div>
      {side === 'papers' ? <PaperPicker>{paper => <SidePaper paper={paper} />}</PaperPicker> : <People />}
    </aside>
  )
}

function SidePaper({ paper }: { paper: ListedPaper }) {
  const view = useGroupView()
  const sessions = usePlan()
  const title = titleOf(paper)
  const carried: Carried = { kind: 'paper', paper: paper.id, title, from: null }
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: dragId('paper', paper.id), data: carried })
  const ahead = sessions.filter(({ day, cancelled }) => day >= view.group.today && !cancelled).slice(0, offered)
  const item = (session: PlanSession) => ({
    key: session.key,
    label: [dayNear(session.day, view.group.today), session.time].filter(Boolean).join(', '),
    detail: session.title || (session.papers.length === 0 ? 'no paper yet' : ''),
    denied: whyNotPlan(view, session.key),
    onSelect: () => void put(view, session, { paper: paper.id, title }),
  })
  return (
    <div ref={setNodeRef} className={styles.sidePaper} data-dragged={isDragging || undefined} {...pressesOn(listeners)}>
      <div className={styles.sideWords}>
        <PickedPaper paper={paper} />
      </div>
      <Menu
        align="end"
        trigger={<IconButton icon={PlusIcon} size="small" iconSize={16} label={`Plan ${title}`} />}
        sections={() => [{ heading: ahead.length === 0 ? 'No session is planned' : 'Put it into', items: ahead.map(item) }]}
      />
    </div>
  )
}

/** The members, with how many parts they have from today on. */
function People() {
  const { group } = useGroupView()
  const sessions = usePlan()
  const parts = new Map<string, number>()
  for (const { day, cancelled, papers, others } of sessions)
    if (day >= group.today && !cancelled)
      for (const { member } of [...papers.flatMap(({ readings }) => readings), ...others]) parts.set(member, (parts.get(member) ?? 0) + 1)
  const people = group.members.filter(({ gone }) => !gone).toSorted((a, b) => a.name.localeCompare(b.name))
  return (
    <ul className={styles.sideList} aria-label="People to drag to a paper">
      {people.map(({ id, name }) => (
        <SideMember key={id} member={id} name={name} parts={parts.get(id) ?? 0} />
      ))}
    </ul>
  )
}

function SideMember({ member, name, parts }: { member: string; name: string; parts: number }) {
  const carried: Carried = { kind: 'person', member, name }
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: dragId('person', member), data: carried })
  return (
    <li ref={setNodeRef} className={styles.member} data-dragged={isDragging || undefined} {...pressesOn(listeners)}>
      <Avatar id={member} name={name} size="small" />
      <span>{name}</span>
      <span className={styles.detail}>{parts === 0 ? '' : count(parts, 'part')}</span>
    </li>
  )
}
