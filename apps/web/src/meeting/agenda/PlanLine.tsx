import { type AgendaRule, type AgendaRuleKind, agendaRuleKinds, agendaRuleWords, boostWords } from '@paperboard/shared/agendaRules'
import { limits } from '@paperboard/shared/limits'
import { type FormEvent, useId, useState } from 'react'
import { ago, dateAtBrief, timeLong, useNow } from '../../board/dates.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import { useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import { type AgendaView, useChangePlan } from './agenda.ts'

/** By which rule, since when and until when votes count; and the way to change that. */
export function PlanLine({ view }: { view: AgendaView }) {
  const { me } = useFloor()
  const [changing, setChanging] = useState(false)
  const now = useNow()
  const { rule, planned } = view.parts
  const parts = [
    planned.length > 0 ? 'The papers of its session' : agendaRuleWords[rule.kind].name + (rule.kind === 'budget' ? ` of ${rule.votes}` : ''),
    view.from === null ? '' : `votes since ${dateAtBrief(view.from)}`,
    view.until !== null ? `counted ${timeLong(view.until)}` : view.votesCloseAt === null ? 'until it starts' : closing(view.votesCloseAt, now),
  ]
  return (
    <div className={styles.plan}>
      <p>{parts.filter(Boolean).join(' · ')}</p>
      {!view.set && me.role !== 'guest' && (
        <Button size="small" variant="quiet" onClick={() => setChanging(true)}>
          Change…
        </Button>
      )}
      {changing && <PlanDialog view={view} onClose={() => setChanging(false)} />}
    </div>
  )
}

const closing = (at: number, now: number) => (at > now ? `votes close ${timeLong(at)}` : `votes closed ${ago(at, now)}`)

/** As a field for dates and times has it. */
const asLocal = (at: number): string => {
  const moment = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return moment.toISOString().slice(0, 16)
}

function PlanDialog({ view, onClose }: { view: AgendaView; onClose: () => void }) {
  const { group, meeting } = useFloor()
  const form = useId()
  const [rule, setRule] = useState<AgendaRule>(view.parts.rule)
  const [closeAt, setCloseAt] = useState(view.votesCloseAt === null ? '' : asLocal(view.votesCloseAt))
  const plan = useChangePlan(group.id, meeting)
  const change = (some: Partial<AgendaRule>) => setRule({ ...rule, ...some })
  const inRange = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most
  const denied = inRange(rule.most, limits.agendaPapers) && inRange(rule.votes, limits.agendaBudget) ? null : 'Give whole numbers, from 1 on'
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (denied !== null) return
    plan.mutate({ rule, votesCloseAt: closeAt === '' ? null : new Date(closeAt).getTime() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      title="How papers get on the agenda"
      lead="Votes count that were cast since the last meeting, on all boards."
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
          hint={agendaRuleWords[rule.kind].explains}
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
            value={rule.votes}
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
        <TextField
          label="Votes close"
          type="datetime-local"
          value={closeAt}
          hint={closeAt === '' ? 'Without a time, they close when the meeting starts.' : 'By the clock of the server. Later votes count for the next meeting.'}
          onChange={event => setCloseAt(event.target.value)}
        />
        <label className={styles.check}>
          <input type="checkbox" checked={rule.boost} onChange={event => change({ boost: event.target.checked })} />
          <span>
            Lift those who were seldom heard
            <small>{boostWords}</small>
          </span>
        </label>
      </form>
    </Dialog>
  )
}
