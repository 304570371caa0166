import type { PlannedSession } from '@paperboard/shared/groupSessions'
import type { SessionPresenter } from '@paperboard/shared/presenters'
import { type Rota, reasonFor } from '@paperboard/shared/rota'
import { candidatesFor } from '@paperboard/shared/turns'
import { lazy, Suspense, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayBrief, dayNear } from '../../board/dates.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { MoreIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import styles from './RotaPage.module.css'
import { agree, ask, putDown, skip, whyNotPutDown } from './rotaActs.ts'

const RolesDialog = lazy(() => import('./RolesDialog.tsx'))

interface TurnRowProps {
  session: PlannedSession
  rota: Rota
  ahead: readonly PlannedSession[]
}

/** One session: who presents, or who is proposed and why. */
export function TurnRow({ session, rota, ahead }: TurnRowProps) {
  const view = useGroupView()
  const { group, me, nameOf, groupRoom } = view
  const [handingOut, setHandingOut] = useState(false)
  const presenters = useView(groupRoom, views.presenters)
  const skips = useView(groupRoom, views.skips)
  const offers = useView(groupRoom, views.standingOffers)
  const here = presenters.filter(presenter => presenter.session === session.key)
  const candidates = candidatesFor(rota, session, { offers, skips })
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
            <span className={styles.reason}>{reasonFor(next, day => dayNear(day, group.today))}</span>
          </p>
        )}
        {!isTaken && next === undefined && <p className={styles.reason}>Nobody is free that day.</p>}
      </div>
      {!isTaken && next !== undefined && (
        <Button size="small" denied={whyNotPutDown(view, session.key, next.member)} onClick={() => putDown(view, session.key, next)}>
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
              detail: reasonFor(candidate, day => dayNear(day, group.today)),
              denied: whyNotPutDown(view, session.key, candidate.member),
              onSelect: () => putDown(view, session.key, candidate),
            })),
          },
        ]}
      />
      <Suspense>{handingOut && <RolesDialog session={session} onClose={() => setHandingOut(false)} />}</Suspense>
    </li>
  )
}

function Presenter({ presenter, ahead }: { presenter: SessionPresenter; ahead: readonly PlannedSession[] }) {
  const view = useGroupView()
  const { me, nameOf, groupRoom, group } = view
  const presenters = useView(groupRoom, views.presenters)
  const { session, member, asked } = presenter
  const own = member === me.id
  const others = presenters.filter(other => other.member !== me.id && ahead.some(({ key }) => key === other.session))
  const dayOf = (key: string) => dayNear(ahead.find(each => each.key === key)?.day ?? group.today, group.today)
  const sections = (): MenuSection[] => [
    { items: [{ label: own ? 'Skip' : `Skip for ${nameOf(member)}`, onSelect: () => skip(view, { session, member, reason: '' }) }] },
    ...(own
      ? [
          {
            heading: 'Ask to swap',
            items: others
              .filter(other => other.session !== session)
              .map(other => ({
                key: `${other.session}:${other.member}`,
                label: `${nameOf(other.member)}, ${dayOf(other.session)}`,
                onSelect: () => ask(view, { mine: session, member: other.member, theirs: other.session }),
              })),
          },
          {
            heading: 'Ask to stand in',
            items: group.members
              .filter(({ id, gone }) => id !== me.id && !gone && !presenters.some(other => other.session === session && other.member === id))
              .map(({ id, name }) => ({ key: id, label: name, onSelect: () => ask(view, { mine: session, member: id, theirs: null }) })),
          },
        ]
      : []),
  ]
  return (
    <div className={styles.presenter}>
      <p>
        <strong>{own ? 'You' : nameOf(member)}</strong>
        <span className={styles.reason}>
          {asked ? 'asked, not yet agreed' : presenter.way === 'swap' ? 'by a swap' : presenter.way === 'substitute' ? 'standing in' : ''}
        </span>
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
    </div>
  )
}
