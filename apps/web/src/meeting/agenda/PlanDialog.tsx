import { agendaFrom } from '@paperboard/shared/agendaOrder'
import { type AgendaRule, type AgendaRuleKind, agendaRuleKinds, agendaRuleWords, boostWords } from '@paperboard/shared/agendaRules'
import { instantOf, wallTimeAt } from '@paperboard/shared/clockTimes'
import { limits } from '@paperboard/shared/limits'
import { type FormEvent, useId, useState } from 'react'
import { dateAt, momentThere, useNow } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import { useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import { type AgendaView, useChangePlan } from './agenda.ts'
import { useNamed } from './names.ts'

/** Papers that are shown of what a rule would bring. */
const shown = 6

/** By which rule papers get on the agenda, and which votes count: chosen with what that would bring in sight. */
export function PlanDialog({ view, onClose }: { view: AgendaView; onClose: () => void }) {
  const { group, meeting } = useFloor()
  const form = useId()
  const now = useNow()
  // As a field for dates and times has it, by the clock of the group.
  const asField = (at: number | null) => (at === null ? '' : wallTimeAt(at, group.timeZone).slice(0, 16))
  const fromField = (value: string): number | null => {
    const [day = '', time = ''] = value.split('T')
    return value === '' ? null : instantOf(day, time.slice(0, 5), group.timeZone)
  }
  const [rule, setRule] = useState<AgendaRule>(view.parts.rule)
  const [from, setFrom] = useState(asField(view.votesFrom))
  const [since, setSince] = useState<'meeting' | 'day'>(view.votesFrom === null ? 'meeting' : 'day')
  const [close, setClose] = useState(asField(view.votesCloseAt))
  const plan = useChangePlan(group.id, meeting)
  const change = (some: Partial<AgendaRule>) => setRule({ ...rule, ...some })
  const [votesFrom, votesCloseAt] = [since === 'meeting' ? null : fromField(from), fromField(close)]
  const denied = whyNot(rule, { votesFrom, votesCloseAt, noDay: since === 'day' && from === '' })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (denied === null) plan.mutate({ rule, votesFrom, votesCloseAt }, { onSuccess: onClose })
  }
  const clock = `By the clock of ${group.timeZone.replaceAll('_', ' ')}.`
  return (
    <Dialog
      title="How papers get on the agenda"
      lead="Votes are given on the boards, at any time. They count for the next meeting, whenever that is."
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" busy={plan.isPending} denied={denied}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send}>
        <Select
          label="Rule"
          value={rule.kind}
          hint={`${agendaRuleWords[rule.kind].explains} ${agendaRuleWords[rule.kind].example}`}
          onChange={event => change({ kind: event.target.value as AgendaRuleKind })}
        >
          {agendaRuleKinds.map(kind => (
            <option key={kind} value={kind}>
              {agendaRuleWords[kind].name}
            </option>
          ))}
        </Select>
        {rule.kind === 'budget' && (
          <TextField
            label="Votes that each member has"
            type="number"
            min={1}
            max={limits.agendaBudget}
            value={Number.isNaN(rule.votes) ? '' : rule.votes}
            onChange={event => change({ votes: event.target.valueAsNumber })}
          />
        )}
        <TextField
          label="Papers on the agenda"
          type="number"
          min={1}
          max={limits.agendaPapers}
          value={Number.isNaN(rule.most) ? '' : rule.most}
          onChange={event => change({ most: event.target.valueAsNumber })}
        />
        <label className={styles.check}>
          <input type="checkbox" checked={rule.boost} onChange={event => change({ boost: event.target.checked })} />
          <span>
            Lift those who were seldom heard
            <small>{boostWords}</small>
          </span>
        </label>
        <Preview view={view} rule={rule} />
        <Select
          label="Votes count since"
          value={since}
          hint={sinceHint(view, since)}
          onChange={event => {
            setSince(event.target.value === 'day' ? 'day' : 'meeting')
            if (from === '' && view.from !== null) setFrom(asField(view.from))
          }}
        >
          <option value="meeting">{view.before ? `The last meeting, ${dateAt(view.before.until)}` : `The last ${limits.agendaDays} days`}</option>
          <option value="day">A day of your choice</option>
        </Select>
        {since === 'day' && <TextField label="Since" type="datetime-local" value={from} hint={clock} onChange={event => setFrom(event.target.value)} />}
        <TextField
          label="Votes close"
          type="datetime-local"
          value={close}
          hint={closeHint(votesCloseAt, { now, timeZone: group.timeZone, clock })}
          onChange={event => setClose(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

function whyNot(
  rule: AgendaRule,
  { votesFrom, votesCloseAt, noDay }: { votesFrom: number | null; votesCloseAt: number | null; noDay: boolean },
): string | null {
  const inRange = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most
  if (!inRange(rule.most, limits.agendaPapers)) return `Give a number of papers, from 1 to ${limits.agendaPapers}`
  if (!inRange(rule.votes, limits.agendaBudget)) return `Give a number of votes, from 1 to ${limits.agendaBudget}`
  if (noDay) return 'Choose since when votes count'
  return votesFrom !== null && votesCloseAt !== null && votesCloseAt <= votesFrom ? 'Votes close before the first of them counts' : null
}

const sinceHint = ({ before }: AgendaView, since: 'meeting' | 'day') => {
  if (since === 'day') return 'Votes that counted for an earlier meeting may count again. What was carried over keeps the votes that it had.'
  return before ? 'So a meeting that is moved loses none of them.' : 'There was no meeting before.'
}

const closeHint = (at: number | null, { now, timeZone, clock }: { now: number; timeZone: string; clock: string }): string => {
  if (at === null) return `Without a time, they close when the meeting starts. ${clock}`
  return at <= now ? 'That is over: votes are counted as soon as you save.' : `${momentThere(at, timeZone)}. Later votes count for the next meeting.`
}

/** What a rule would bring with the votes of this moment. */
function Preview({ view: { parts }, rule }: { view: AgendaView; rule: AgendaRule }) {
  const { title } = useNamed()
  if (parts.planned.length > 0)
    return <p className={styles.why}>The meeting is held for a session that has papers: these are its agenda, and votes bring no others.</p>
  const most = Number.isInteger(rule.most) ? rule.most : parts.rule.most
  const votes = Number.isInteger(rule.votes) ? rule.votes : parts.rule.votes
  const { items } = agendaFrom({ ...parts, rule: { ...rule, most, votes } })
  if (items.length === 0) return null
  return (
    <section aria-label="What that would bring" className={styles.preview}>
      <p>With the votes of this moment the agenda would be</p>
      <ol>
        {items.slice(0, shown).map(({ paper }) => (
          <li key={paper}>
            <MathText>{title(paper)}</MathText>
          </li>
        ))}
      </ol>
      {items.length > shown && <p>and {items.length - shown} more</p>}
    </section>
  )
}
