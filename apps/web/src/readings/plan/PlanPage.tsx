import type { Day } from '@paperboard/shared/days'
import { type PlanSession, type PlanWeek, type Reach, weeksOf } from '@paperboard/shared/plan'
import type { ReadingRole } from '@paperboard/shared/readingRoles'
import { mayPlan } from '@paperboard/shared/rules'
import { lazy, memo, Suspense, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { weekName } from '../../board/dates.ts'
import { GroupFrame } from '../../board/GroupFrame.tsx'
import { count } from '../../board/names.ts'
import { sideBySide, useMedia } from '../../board/nav.ts'
import { Presence } from '../../board/Presence.tsx'
import { SetAside } from '../../board/SetAside.tsx'
import { useMyPresence, usePlanWays, useRoomState } from '../../live/hooks.ts'
import { paths } from '../../routes.ts'
import { Button, ButtonLink, IconButton } from '../../ui/Button.tsx'
import { HistoryIcon, PlusIcon, RedoIcon, UndoIcon } from '../../ui/icons.tsx'
import { Page } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { EmptyState, SkeletonText } from '../../ui/states.tsx'
import { PlanDragging } from './dragging.tsx'
import { PickDialog } from './PickDialog.tsx'
import styles from './Plan.module.css'
import { PlanSide } from './PlanSide.tsx'
import { nothingToRedo, nothingToUndo, redo, undo, whyNotSession } from './planActs.ts'
import { SessionDialog } from './SessionDialog.tsx'
import { SessionRow } from './SessionRow.tsx'
import { type PlanContext, PlanOnPage, placeOf, usePlan, usePlanPapers } from './usePlan.ts'
import { usePlanKeys } from './usePlanKeys.ts'

const HistoryDialog = lazy(() => import('./HistoryDialog.tsx'))
const AssignDialog = lazy(() => import('./AssignDialog.tsx'))

/** What the group reads, week by week, and who has which part in it. */
export default function PlanPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Plan />
    </GroupFrame>
  )
}

/** Weeks at first, and with each press of "more". */
const atFirst: Reach = { before: 0, after: 8 }
const more = 12

type Asked =
  | { for: 'assign'; session: PlanSession; paper: string | null; role: ReadingRole }
  | { for: 'session'; session: PlanSession | undefined }
  | { for: 'paper'; session: PlanSession }
  | { for: 'history' }

function Plan() {
  const view = useGroupView()
  const { group, groupRoom } = view
  const sessions = usePlan()
  const [reach, setReach] = useState(atFirst)
  const [current, select] = useState<string | null>(null)
  const [asked, ask] = useState<Asked | null>(null)
  const { weeks, earlier, later } = useMemo(() => weeksOf(sessions, group.today, reach), [sessions, group.today, reach])
  const shown = useMemo(() => weeks.flatMap(week => week.sessions), [weeks])
  const papers = usePlanPapers(
    group.id,
    shown.flatMap(session => session.papers.map(({ paper }) => paper)),
  )
  const withSide = useMedia(sideBySide) && mayPlan(view.me) === null
  useMyPresence(groupRoom, {})
  const page = useMemo(
    (): PlanContext => ({
      papers,
      select,
      assign: (session, paper) => ask({ for: 'assign', session, paper, role: paper === null ? 'presenter' : 'reader' }),
      edit: session => ask({ for: 'session', session }),
      pick: session => ask({ for: 'paper', session }),
    }),
    [papers],
  )
  usePlanKeys({ ...page, sessions, current, shown, assign: (session, paper, role) => ask({ for: 'assign', session, paper, role }) })
  const close = () => ask(null)
  return (
    <PlanOnPage value={page}>
      <Page
        title="Plan"
        width="wide"
        lead={leadOf(sessions, group.today)}
        actions={<Actions onSession={() => ask({ for: 'session', session: undefined })} onHistory={() => ask({ for: 'history' })} />}
      >
        <ShellSlot slot="presence">
          <Presence />
        </ShellSlot>
        <ShellSlot slot="connection">
          <Connection rooms={[groupRoom]} />
        </ShellSlot>
        <SetAside />
        <PlanDragging>
          <div className={styles.columns} data-side={withSide || undefined}>
            <div className={styles.weeks}>
              {earlier > 0 && (
                <Button variant="quiet" size="small" className={styles.more} onClick={() => setReach({ ...reach, before: reach.before + more })}>
                  Earlier weeks ({count(earlier, 'session')})
                </Button>
              )}
              <Weeks weeks={weeks} current={current} empty={sessions.length === 0} onSession={() => ask({ for: 'session', session: undefined })} />
              {later > 0 && (
                <Button variant="quiet" size="small" className={styles.more} onClick={() => setReach({ ...reach, after: reach.after + more })}>
                  Later weeks ({count(later, 'session')})
                </Button>
              )}
            </div>
            {withSide && <PlanSide />}
          </div>
        </PlanDragging>
        {asked?.for === 'session' && <SessionDialog session={asked.session} onClose={close} />}
        {asked?.for === 'paper' && <PickDialog session={asked.session} onClose={close} />}
        <Suspense>
          {asked?.for === 'history' && <HistoryDialog onClose={close} />}
          {asked?.for === 'assign' && <AssignDialog session={latest(sessions, asked.session)} paper={asked.paper} role={asked.role} onClose={close} />}
        </Suspense>
      </Page>
    </PlanOnPage>
  )
}

/** A session as it is now: others plan too. */
const latest = (sessions: readonly PlanSession[], session: PlanSession) => sessions.find(({ key }) => key === session.key) ?? session

const leadOf = (sessions: readonly PlanSession[], today: Day): string => {
  const ahead = sessions.filter(({ day, cancelled }) => day >= today && !cancelled)
  const open = ahead.filter(({ papers }) => papers.length === 0).length
  if (ahead.length === 0) return 'What the group reads, week by week.'
  return `${count(ahead.length, 'session')} ahead${open > 0 ? `, ${open === ahead.length ? 'all' : open} without a paper` : ''}.`
}

function Actions({ onSession, onHistory }: { onSession: () => void; onHistory: () => void }) {
  const view = useGroupView()
  const ways = usePlanWays(view.groupRoom)
  return (
    <>
      <IconButton
        icon={UndoIcon}
        label={ways.undo === null ? 'Undo' : `Undo: ${ways.undo}`}
        kbd="mod+z"
        denied={ways.undo === null ? nothingToUndo : null}
        onClick={() => undo(view)}
      />
      <IconButton
        icon={RedoIcon}
        label={ways.redo === null ? 'Do again' : `Do again: ${ways.redo}`}
        kbd="mod+shift+z"
        denied={ways.redo === null ? nothingToRedo : null}
        onClick={() => redo(view)}
      />
      <IconButton icon={HistoryIcon} label="History of the plan" onClick={onHistory} />
      <ButtonLink href={paths.readings(view.group.id)}>Readings</ButtonLink>
      <ButtonLink href={paths.rota(view.group.id)}>Rota</ButtonLink>
      <Button variant="primary" icon={PlusIcon} denied={whyNotSession(view)} onClick={onSession}>
        Plan a session…
      </Button>
    </>
  )
}

function Weeks({ weeks, current, empty, onSession }: { weeks: readonly PlanWeek[]; current: string | null; empty: boolean; onSession: () => void }) {
  const view = useGroupView()
  const { known, synced, status } = useRoomState(view.groupRoom)
  if (empty && !(known && (synced || status === 'offline'))) return <SkeletonText lines={6} label="Loading the plan" />
  if (empty)
    return (
      <EmptyState
        drawing="book"
        title="Nothing is planned yet"
        actions={
          <Button variant="primary" denied={whyNotSession(view)} onClick={onSession}>
            Plan a session…
          </Button>
        }
      >
        A session is a day on which the group meets over papers. Sessions that recur are planned on the{' '}
        <Link href={paths.rota(view.group.id)}>rota’s page</Link>, and a schedule you have elsewhere is imported on the{' '}
        <Link href={paths.readings(view.group.id)}>page of readings</Link>.
      </EmptyState>
    )
  const selected = current === null ? null : placeOf(current).session
  return weeks.map((week, at) => (
    <Week key={week.from} week={week} isLast={at === weeks.length - 1} current={week.sessions.some(({ key }) => key === selected) ? current : null} />
  ))
}

/** Drawn again only when it changes, or when the selected paper comes or goes: there may be hundreds. */
const Week = memo(function Week({ week, isLast, current }: { week: PlanWeek; isLast: boolean; current: string | null }) {
  const { today } = useGroupView().group
  return (
    <section className={styles.week} aria-label={weekName(week)}>
      <h2 className={styles.weekName}>
        {weekName(week)}
        {week.from <= today && today <= week.to && <span>this week</span>}
      </h2>
      {week.sessions.map(session => (
        <SessionRow key={session.key} session={session} current={current !== null && placeOf(current).session === session.key ? current : null} />
      ))}
      {week.sessions.length === 0 && <p className={styles.none}>{isLast ? 'No session yet' : 'No session'}</p>}
    </section>
  )
})
