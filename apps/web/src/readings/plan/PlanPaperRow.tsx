import { useDraggable } from '@dnd-kit/core'
import type { PlanPaper, PlanSession } from '@paperboard/shared/plan'
import { mayPlan } from '@paperboard/shared/rules'
import { memo, useState } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../../board/board.ts'
import paperStyles from '../../board/paper.module.css'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { EditIcon, MembersIcon, MoreIcon, PersonIcon, TrashIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { type Carried, dragId, pressesOn } from './dragging.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { PartDialog } from './PartDialog.tsx'
import styles from './Plan.module.css'
import { PlanPeople } from './PlanPeople.tsx'
import { handToAll, remove, shift } from './planActs.ts'
import { RoleSlots } from './RoleSlots.tsx'
import { placeId, titleIn, usePlanPage } from './usePlan.ts'

interface PaperProps {
  session: PlanSession
  paper: PlanPaper
}

/** A paper in a session, which can be carried into another. */
export function PlanPaperRow({ session, paper, isCurrent }: PaperProps & { isCurrent: boolean }) {
  const view = useGroupView()
  const { papers, select } = usePlanPage()
  const [asking, ask] = useState<'part' | 'move' | null>(null)
  const title = titleIn(papers, paper.paper)
  const known = papers.has(paper.paper)
  const place = placeId(session.key, paper.paper)
  const titled = { paper: paper.paper, title }
  const carried: Carried = { kind: 'paper', ...titled, from: session.key }
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: dragId('paper', place), data: carried, disabled: mayPlan(view.me) !== null })
  return (
    <>
      <li
        ref={setNodeRef}
        className={styles.paper}
        data-place={place}
        data-current={isCurrent || undefined}
        data-dragged={isDragging || undefined}
        onFocus={() => select(place)}
        {...pressesOn(listeners)}
      >
        <PaperContent session={session} paper={paper} title={title} known={known} ask={ask} />
      </li>
      {asking === 'part' && <PartDialog session={session} paper={paper} onClose={() => ask(null)} />}
      {asking === 'move' && <MoveDialog session={session} titled={titled} onClose={() => ask(null)} />}
    </>
  )
}

interface ContentProps extends PaperProps {
  title: string
  /** False while its title is asked for. */
  known: boolean
  ask: (form: 'part' | 'move') => void
}

/** Who does what with the paper, and how far they are. Drawn again only for what it shows, not for what is carried. */
const PaperContent = memo(function PaperContent({ session, paper, title, known, ask }: ContentProps) {
  const view = useGroupView()
  const { assign } = usePlanPage()
  const titled = { paper: paper.paper, title }
  const ready = paper.readings.filter(({ state }) => state === 'ready').length
  const sections = (): MenuSection[] => [
    {
      items: [
        { label: 'Assign…', icon: PersonIcon, kbd: 'a', onSelect: () => assign(session, paper.paper) },
        {
          label: 'Everybody reads it',
          icon: MembersIcon,
          onSelect: () => handToAll(view, { session, paper: paper.paper, board: view.group.today }),
        },
        { label: 'Which part…', icon: EditIcon, onSelect: () => ask('part') },
      ],
    },
    {
      items: [
        { label: 'Move to another session…', onSelect: () => ask('move') },
        { label: 'Move up', onSelect: () => shift(view, titled, session, -1) },
        { label: 'Move down', onSelect: () => shift(view, titled, session, 1) },
      ],
    },
    { items: [{ label: 'Take out of this session', icon: TrashIcon, danger: true, onSelect: () => remove(view, titled, session) }] },
  ]
  return (
    <>
      <div className={styles.paperWords}>
        <p className={paperStyles.title}>
          <Link id={`place-${placeId(session.key, paper.paper)}`} href={paths.paper(view.group.id, paper.paper)} draggable={false}>
            {known ? <MathText>{title}</MathText> : <Skeleton width="16rem" height="1.1em" />}
            {!known && <span className="visually-hidden">Loading</span>}
          </Link>
          {paper.part !== '' && <span className={styles.part}>{paper.part}</span>}
        </p>
        <PlanPeople session={session} readings={paper.readings} guests={session.guests.filter(guest => guest.paper === paper.paper)} />
        <RoleSlots session={session} paper={paper.paper} />
      </div>
      <div className={styles.paperActs}>
        {paper.readings.length > 0 && (
          <span className={styles.ready}>
            {ready}/{paper.readings.length} ready
          </span>
        )}
        <Button size="small" variant="quiet" icon={PersonIcon} aria-label={`Assign ${title}`} onClick={() => assign(session, paper.paper)}>
          Assign
        </Button>
        <Menu align="end" trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${title}`} />} sections={sections} />
      </div>
    </>
  )
})
