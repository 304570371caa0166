import { useDroppable } from '@dnd-kit/core'
import { daysBetween } from '@paperboard/shared/days'
import type { PlanSession } from '@paperboard/shared/plan'
import { memo } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayBrief, dayLong } from '../../board/dates.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { EditIcon, MoreIcon, PersonIcon, PlusIcon, TrashIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import { dragId, type Target, useCarriedKind } from './dragging.tsx'
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

const inWords = ({ day, time }: PlanSession) => `${dayLong(day)}${time === null ? '' : `, ${time}`}`

/** A session of the plan, and where a paper that is carried can be let go. */
export const SessionRow = memo(function SessionRow({ session, current }: SessionRowProps) {
  const { key, cancelled } = session
  const target: Target = { kind: 'session', session }
  const carried = useCarriedKind()
  const { setNodeRef, isOver } = useDroppable({ id: dragId('session', key), data: target, disabled: cancelled || carried !== 'paper' })
  return (
    <section
      className={styles.session}
      aria-label={inWords(session)}
      data-cancelled={cancelled || undefined}
      data-session={key}
      data-over={isOver || undefined}
      ref={setNodeRef}
    >
      <SessionContent session={session} current={current} />
    </section>
  )
})

/** When and where, its papers, and who has a part in it. Drawn again only for what it shows, not for what is carried over it. */
const SessionContent = memo(function SessionContent({ session, current }: SessionRowProps) {
  const view = useGroupView()
  const { assign, edit, pick } = usePlanPage()
  const { key, day, time, title, place, cancelled, papers } = session
  const name = inWords(session)
  const denied = whyNotSession(view)
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
    <>
      <div className={styles.when}>
        <h3 className={styles.day} title={name}>
          {dayBrief(day)}
        </h3>
        <p className={styles.far}>{[time, far(daysBetween(view.group.today, day))].filter(Boolean).join(' · ')}</p>
        {place !== '' && <p className={styles.far}>{place}</p>}
      </div>
      <div className={styles.content}>
        {title !== '' && <p className={styles.about}>{title}</p>}
        {cancelled && <p className={styles.off}>Does not take place</p>}
        {papers.length > 0 && (
          <ul aria-label={`Papers of ${name}`}>
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
        <Menu align="end" trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${name}`} />} sections={sections} />
      </div>
    </>
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
