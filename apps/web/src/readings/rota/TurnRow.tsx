import type { PlannedSession } from '@paperboard/shared/groupSessions'
import { type PresenterWay, type SessionPresenter, type SessionSkip, takeBackSkip } from '@paperboard/shared/presenters'
import { reasonFor } from '@paperboard/shared/rota'
import { mayPlan } from '@paperboard/shared/rules'
import type { Candidate } from '@paperboard/shared/turns'
import { lazy, Suspense, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayBrief, dayNear } from '../../board/dates.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { MoreIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import styles from './RotaPage.module.css'
import { agree, ask, putDown, whyNotPutDown, whyNotSkip } from './rotaActs.ts'

const SkipDialog = lazy(() => import('./SkipDialog.tsx'))
const RolesDialog = lazy(() => import('./RolesDialog.tsx'))

interface TurnRowProps {
  session: PlannedSession
  /** Who could present, the next one first. */
  candidates: readonly Candidate[]
  ahead: readonly PlannedSession[]
}

const reasonOf = (candidate: Candidate, today: string) => reasonFor(candidate, day => dayNear(day, today), today)

/** One session: who presents, or who is proposed and why. */
export function TurnRow({ session, candidates, ahead }: TurnRowProps) {
  const view = useGroupView()
  const { group, me, nameOf, groupRoom } = view
  const [handingOut, setHandingOut] = useState(false)
  const presenters = useView(groupRoom, views.presenters)
  const skips = useView(groupRoom, views.skips).filter(skip => skip.session === session.key)
  const here = presenters.filter(presenter => presenter.session === session.key)
  const [next] = candidates
  const isTaken = here.length > 0
  return (
    <li className={styles.turn}>
      <p className={styles.day}>
        {dayBrief(session.day)} <span>{session.time}</span>
      </p>
      <div className={styles.who}>
        {here.map(presenter => (
          <Presenter key={presenter.member} presenter={presenter} ahead={ahead} />
        ))}
        {!isTaken && next !== undefined && (
          <p>
            <strong>{next.member === me.id ? 'You' : nameOf(next.member)}</strong>
            <span className={styles.reason}>{reasonOf(next, group.today)}</span>
          </p>
        )}
        {!isTaken && next === undefined && <p className={styles.reason}>Nobody is free that day.</p>}
        {skips.map(skip => (
          <Skipped key={skip.member} skip={skip} />
        ))}
      </div>
      <div className={styles.acts}>
        {!isTaken && next !== undefined && (
          <Button size="small" denied={whyNotPutDown(view, session.key, next.member)} onClick={() => putDown(view, session, next)}>
            {next.member === me.id ? 'I will' : next.offer === null ? 'Ask' : 'Take up the offer'}
          </Button>
        )}
        <Menu
          align="end"
          trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${dayBrief(session.day)}`} />}
          sections={() => [
            { items: [{ label: 'Hand out roles…', onSelect: () => setHandingOut(true) }] },
            {
              heading: isTaken ? 'Present beside them' : 'Ask somebody else',
              items: candidates.map(candidate => ({
                key: candidate.member,
                label: candidate.member === me.id ? 'You' : nameOf(candidate.member),
                detail: reasonOf(candidate, group.today),
                denied: whyNotPutDown(view, session.key, candidate.member),
                onSelect: () => putDown(view, session, candidate),
              })),
            },
          ]}
        />
      </div>
      <Suspense>{handingOut && <RolesDialog session={session} onClose={() => setHandingOut(false)} />}</Suspense>
    </li>
  )
}

/** Who is not to be asked for the session, and why. */
function Skipped({ skip: { session, member, reason } }: { skip: SessionSkip }) {
  const view = useGroupView()
  const own = member === view.me.id
  return (
    <p className={styles.reason}>
      {own ? 'You skip' : `${view.nameOf(member)} skips`}
      {reason === '' ? '' : `: ${reason}`}{' '}
      {(own || mayPlan(view.me) === null) && (
        <Button size="small" variant="quiet" onClick={() => takeBackSkip(view.groupRoom.doc, { session, member })}>
          Take back
        </Button>
      )}
    </p>
  )
}

const wayWords: Record<PresenterWay, string> = {
  hand: '',
  paper: 'with a paper',
  rota: '',
  offer: 'by an offer',
  swap: 'by a swap',
  substitute: 'standing in',
}

function Presenter({ presenter, ahead }: { presenter: SessionPresenter; ahead: readonly PlannedSession[] }) {
  const view = useGroupView()
  const { me, nameOf, groupRoom, group } = view
  const presenters = useView(groupRoom, views.presenters)
  const { session, member, asked } = presenter
  const [skipping, setSkipping] = useState(false)
  const own = member === me.id
  const others = presenters.filter(other => other.member !== me.id && ahead.some(({ key }) => key === other.session))
  const dayOf = (key: string) => dayNear(ahead.find(each => each.key === key)?.day ?? group.today, group.today)
  const swaps = useView(groupRoom, views.swaps)
  const whyNotAsk = (whom: string, theirs: string | null) =>
    swaps.some(swap => swap.state === 'open' && swap.mine === session && swap.asker === me.id && swap.member === whom && swap.theirs === theirs)
      ? 'You have asked already.'
      : null
  const sections = (): MenuSection[] => [
    { items: [{ label: own ? 'Skip…' : `Skip for ${nameOf(member)}…`, denied: whyNotSkip(view, presenter), onSelect: () => setSkipping(true) }] },
    ...(own
      ? [
          {
            heading: 'Ask to swap',
            items: others
              .filter(other => other.session !== session)
              .map(other => ({
                key: `${other.session}:${other.member}`,
                label: `${nameOf(other.member)}, ${dayOf(other.session)}`,
                denied: whyNotAsk(other.member, other.session),
                onSelect: () => ask(view, { mine: session, member: other.member, theirs: other.session }),
              })),
          },
          {
            heading: 'Ask to stand in',
            items: group.members
              .filter(({ id, gone }) => id !== me.id && !gone && !presenters.some(other => other.session === session && other.member === id))
              .map(({ id, name }) => ({
                key: id,
                label: name,
                denied: whyNotAsk(id, null),
                onSelect: () => ask(view, { mine: session, member: id, theirs: null }),
              })),
          },
        ]
      : []),
  ]
  return (
    <div className={styles.presenter}>
      <p>
        <strong>{own ? 'You' : nameOf(member)}</strong>
        <span className={styles.reason}>{asked ? 'asked, not yet agreed' : wayWords[presenter.way]}</span>
      </p>
      {own && asked && (
        <Button size="small" variant="primary" onClick={() => agree(view, session)}>
          I will present
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <Button size="small" variant="quiet">
            {own ? 'Skip or swap…' : 'Change…'}
          </Button>
        }
        sections={sections}
      />
      <Suspense>{skipping && <SkipDialog presenter={presenter} day={dayOf(session)} onClose={() => setSkipping(false)} />}</Suspense>
    </div>
  )
}
