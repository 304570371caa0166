import { takeBackAbsence } from '@paperboard/shared/absences'
import { mayPlan } from '@paperboard/shared/rules'
import { type Share as Shared, shareFactors } from '@paperboard/shared/shares'
import { candidatesAhead, ledgerOf, rotaOf, type TurnsOf } from '@paperboard/shared/turns'
import { useMemo } from 'react'
import { useGroupView } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { dayBrief } from '../../board/dates.ts'
import { GroupFrame } from '../../board/GroupFrame.tsx'
import { count } from '../../board/names.ts'
import { Presence } from '../../board/Presence.tsx'
import { SetAside } from '../../board/SetAside.tsx'
import { useMyPresence, useRoomState, useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { EmptyState, SkeletonText } from '../../ui/states.tsx'
import { Offers } from './Offers.tsx'
import { AbsenceForm } from './RotaForms.tsx'
import styles from './RotaPage.module.css'
import { hide, share } from './rotaActs.ts'
import { Schedules } from './Schedules.tsx'
import { Swaps } from './Swaps.tsx'
import { Templates } from './Templates.tsx'
import { TurnRow } from './TurnRow.tsx'
import { useOffers } from './useOffers.ts'

/** Who presents next, and why; swaps, offers, absences, and who has done how much. */
export default function RotaPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Rota />
    </GroupFrame>
  )
}

/** Two months of weekly sessions. */
const shown = 8

function useTurns(): TurnsOf {
  const { group, groupRoom } = useGroupView()
  const sessions = useView(groupRoom, views.sessions)
  const presenters = useView(groupRoom, views.presenters)
  const readings = useView(groupRoom, views.readings)
  const absences = useView(groupRoom, views.absences)
  const shares = useView(groupRoom, views.shares)
  return useMemo(
    () => ({ sessions, presenters, readings, absences, shares, members: group.members, timeZone: group.timeZone }),
    [sessions, presenters, readings, absences, shares, group],
  )
}

function Rota() {
  const { group, me, groupRoom } = useGroupView()
  const turns = useTurns()
  const sessions = useView(groupRoom, views.sessions)
  const offers = useOffers()
  const skips = useView(groupRoom, views.skips)
  const ahead = useMemo(() => sessions.filter(({ day, cancelled }) => day >= group.today && !cancelled).slice(0, shown), [sessions, group.today])
  const candidates = useMemo(() => {
    const taken = new Set(turns.presenters.map(({ session }) => session))
    return candidatesAhead(rotaOf(turns), ahead, { offers, skips, taken })
  }, [turns, ahead, offers, skips])
  const { known, synced, status } = useRoomState(groupRoom)
  const settled = known && (synced || status === 'offline')
  useMyPresence(groupRoom, {})
  return (
    <Page
      title="Rota"
      width="page"
      lead="Who presents next: whoever offers, then whoever has had the fewest turns."
      actions={
        <>
          <ButtonLink href={paths.readings(group.id)}>Readings</ButtonLink>
          <ButtonLink href={paths.plan(group.id)}>Plan</ButtonLink>
        </>
      }
    >
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      <SetAside />
      <Swaps />
      <Section title="Next" hint="The proposal and its reason stand below each session that nobody presents yet.">
        {ahead.length === 0 && (settled ? <NothingPlanned /> : <SkeletonText lines={4} label="Loading the rota" />)}
        <ul className={styles.list} aria-label="Coming sessions">
          {ahead.map(session => (
            <TurnRow key={session.key} session={session} candidates={candidates.get(session.key) ?? []} ahead={ahead} />
          ))}
        </ul>
      </Section>
      <Schedules />
      <Templates />
      <Offers offers={offers} />
      <Absences />
      <LedgerTable turns={turns} me={me.id} />
    </Page>
  )
}

const NothingPlanned = () => {
  const { group, me } = useGroupView()
  return (
    <EmptyState drawing="book" title="No session is planned yet" actions={<ButtonLink href={paths.plan(group.id)}>Go to the plan</ButtonLink>}>
      {mayPlan(me) === null
        ? 'Say below how often you meet, or plan single sessions. Then each has here who is next, and why.'
        : 'Organizers plan sessions. Then each has here who is next, and why. You can already offer to present, or say when you are away.'}
    </EmptyState>
  )
}

function Absences() {
  const { group, me, groupRoom, nameOf } = useGroupView()
  const absences = useView(groupRoom, views.absences).filter(({ to }) => to >= group.today)
  return (
    <Section title="Away" hint="Nobody is proposed while away, and nobody makes up for it.">
      <ul className={styles.list} aria-label="Absences">
        {absences.map(({ key, member, from, to }) => (
          <li key={key} className={styles.line}>
            <span>
              {member === me.id ? 'You' : nameOf(member)}: {from === to ? dayBrief(from) : `${dayBrief(from)} to ${dayBrief(to)}`}
            </span>
            {member === me.id && (
              <Button size="small" variant="quiet" onClick={() => takeBackAbsence(groupRoom.doc, key)}>
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
      <AbsenceForm />
    </Section>
  )
}

const shareNames: Record<Shared['factor'], string> = { 0: 'never', 0.5: 'half as often', 1: 'as usual', 2: 'twice as often' }

/** How often somebody presents beside others: organizers say it, all read it. */
function Share({ member, name, factor }: { member: string; name: string; factor: number }) {
  const view = useGroupView()
  const now = shareFactors.find(each => each === factor) ?? 1
  if (mayPlan(view.me) !== null || view.group.members.find(({ id }) => id === member)?.role === 'guest')
    return now === 1 ? null : <span className={styles.reason}>{shareNames[now]}</span>
  return (
    <Menu
      trigger={
        <Button size="small" variant="quiet" className={styles.share} aria-label={`How often ${name} present${name === 'you' ? '' : 's'}: ${shareNames[now]}`}>
          {shareNames[now]}
        </Button>
      }
      sections={() => [
        { items: shareFactors.map(factor => ({ label: shareNames[factor], checked: factor === now, onSelect: () => share(view, member, factor) })) },
      ]}
    />
  )
}

function LedgerTable({ turns, me }: { turns: TurnsOf; me: string }) {
  const view = useGroupView()
  const { group, groupRoom, nameOf } = view
  const hidden = useView(groupRoom, views.ledgerHidden)
  const ledger = useMemo(() => ledgerOf(turns, { today: group.today, hidden, me }), [turns, group.today, hidden, me])
  const isHidden = hidden.has(me)
  return (
    <Section
      title="Ledger"
      hint={`Gini coefficient of talks held: ${ledger.gini.toFixed(2)}; 0 is equal.${ledger.hidden > 0 ? ` ${count(ledger.hidden, 'member')} not shown.` : ''}`}
    >
      <table className={styles.ledger}>
        <thead>
          <tr>
            {['Member', 'Presented', 'Planned', 'Discussed', 'Offers'].map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ledger.rows.map(row => (
            <tr key={row.member}>
              <th scope="row">
                {row.member === me ? 'You' : nameOf(row.member)}
                <Share member={row.member} name={row.member === me ? 'you' : nameOf(row.member)} factor={row.factor} />
              </th>
              <td>{row.presented}</td>
              <td>{row.planned}</td>
              <td>{row.discussed}</td>
              <td>{row.offers}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" variant="quiet" onClick={() => hide(view, !isHidden)}>
        {isHidden ? 'Show my row to others' : 'Hide my row from others'}
      </Button>
    </Section>
  )
}
