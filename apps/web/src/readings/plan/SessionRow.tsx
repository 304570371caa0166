import { useDndContext, useDroppable } from '@dnd-kit/core'
import { daysBetween } from '@paperboard/shared/days'
import type { PlanSession } from '@paperboard/shared/plan'
import { memo } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayBrief, dayLong } from '../../board/dates.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { EditIcon, MoreIcon, PersonIcon, PlusIcon, TrashIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import { dragId, type Target } from './dragging.tsx'
import styles from './Plan.module.css'
import { PlanPaperRow } from './PlanPaperRow.tsx'
import { PlanPeople } from './PlanPeople.tsx'
import { changeWhen, removeWhole, whyNotPlan, whyNotSession } from './planActs.ts'
import { placeId, usePlanPage } from './usePlan.ts'

interface SessionRowProps {
  session: PlanSession
  /** The selected paper, if it is one of these. */
  current: string | null
}

/** A session: when and where, its papers, and who has a part in it. Drawn again only for what it shows: there may be hundreds. */
export const SessionRow = memo(function SessionRow({ session, current }: SessionRowProps) {
  const view = useGroupView()
  const { assign, edit, pick } = usePlanPage()
  const { key, day, time, title, place, cancelled, papers } = session
  const inWords = `${dayLong(day)}${time === null ? '' : `, ${time}`}`
  const denied = whyNotSession(view)
  const target: Target = { kind: 'session', session }
  const { active } = useDndContext()
  const { setNodeRef, isOver } = useDroppable({ id: dragId('session', key), data: target, disabled: cancelled || active?.data.current?.kind !== 'paper' })
  const sections = (): MenuSection[] => [
    {
      items: [
        { label: 'When and where…', icon: EditIcon, denied, onSelect: () => edit(session) },
        { label: 'Assign without a paper…', icon: PersonIcon, onSelect: () => assign(session, null) },
      ],
    },
    {
      items: [
        {
          label: cancelled ? 'It takes place' : 'It does not take place',
          denied,
          onSelect: () => void changeWhen(view, session, { cancelled: !cancelled }),
        },
        { label: 'Take the session out', icon: TrashIcon, danger: true, denied, onSelect: () => void removeWhole(view, session) },
      ],
    },
  ]
  return (
    <section
      className={styles.session}
      aria-label={inWords}
      data-cancelled={cancelled || undefined}
      data-session={key}
      data-over={isOver || undefined}
      ref={setNodeRef}
    >
      <div className={styles.when}>
        <h3 className={styles.day} title={inWords}>
          {dayBrief(day)}
        </h3>
        <p className={styles.far}>{[time, far(daysBetween(view.group.today, day))].filter(Boolean).join(' · ')}</p>
        {place !== '' && <p className={styles.far}>{place}</p>}
      </div>
      <div className={styles.content}>
        {title !== '' && <p className={styles.about}>{title}</p>}
        {cancelled && <p className={styles.off}>Does not take place</p>}
        {papers.length > 0 && (
          <ul aria-label={`Papers of ${inWords}`}>
            {papers.map(paper => (
              <PlanPaperRow key={paper.paper} session={session} paper={paper} isCurrent={current === placeId(session.key, paper.paper)} />
            ))}
          </ul>
        )}
        <PlanPeople
          session={session}
          readings={session.others}
          presenters={session.presenters}
          guests={session.guests.filter(({ paper }) => paper === null || !papers.some(each => each.paper === paper))}
        />
        {!cancelled && (
          <Button size="small" variant="quiet" icon={PlusIcon} denied={whyNotPlan(view, key)} onClick={() => pick(session)}>
            {papers.length === 0 ? 'Choose a paper…' : 'Add a paper…'}
          </Button>
        )}
      </div>
      <div className={styles.sessionActs}>
        <Menu align="end" trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${inWords}`} />} sections={sections} />
      </div>
    </section>
  )
})

/** "today", "in 3 days", "2 weeks ago". */
const far = (days: number): string => {
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  const n = Math.abs(days)
  const words = n < 14 ? `${n} days` : `${Math.round(n / 7)} weeks`
  return days > 0 ? `in ${words}` : `${words} ago`
}
