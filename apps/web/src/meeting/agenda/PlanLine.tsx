import { agendaRuleWords } from '@paperboard/shared/agendaRules'
import { limits } from '@paperboard/shared/limits'
import { useState } from 'react'
import { ago, dateAtBrief, momentThere, useNow } from '../../board/dates.ts'
import { Button } from '../../ui/Button.tsx'
import { useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import type { AgendaView } from './agenda.ts'
import { PlanDialog } from './PlanDialog.tsx'

/** By which rule, since when and until when votes count; and the way to change that. */
export function PlanLine({ view }: { view: AgendaView }) {
  const { me, group } = useFloor()
  const [changing, setChanging] = useState(false)
  const now = useNow()
  const { rule, planned } = view.parts
  const parts = [
    planned.length > 0 ? 'The papers of its session' : agendaRuleWords[rule.kind].name + (rule.kind === 'budget' ? ` of ${rule.votes}` : ''),
    rule.boost && planned.length === 0 ? 'with a lift for those who were seldom heard' : '',
    sinceWords(view),
    untilWords(view, { now, timeZone: group.timeZone }),
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

/** Since when votes count, and why since then. */
function sinceWords({ from, votesFrom, before }: AgendaView): string {
  if (from === null) return ''
  if (votesFrom !== null) return `votes since ${dateAtBrief(from)}, as was set`
  if (before === undefined) return `votes since ${dateAtBrief(from)}`
  return before === null ? `votes of the last ${limits.agendaDays} days, as there was no meeting before` : `votes since the last meeting, ${dateAtBrief(from)}`
}

function untilWords({ until, votesCloseAt }: AgendaView, { now, timeZone }: { now: number; timeZone: string }): string {
  if (until !== null) return `counted ${momentThere(until, timeZone)}`
  if (votesCloseAt === null) return 'until it starts'
  return votesCloseAt > now ? `votes close ${momentThere(votesCloseAt, timeZone)}` : `votes closed ${ago(votesCloseAt, now)}`
}
