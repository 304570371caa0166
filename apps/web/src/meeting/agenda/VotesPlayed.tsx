import { agendaFrom } from '@paperboard/shared/agendaOrder'
import { shown } from '@paperboard/shared/agendaReasons'
import { momentsOf, standingAt } from '@paperboard/shared/agendaReplay'
import { useMemo, useState } from 'react'
import { timeLong } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons.tsx'
import { useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import type { AgendaView } from './agenda.ts'
import { useNamed } from './names.ts'

/** How the votes that were counted came in, one after another, and what the agenda was with each. */
export function VotesPlayed({ view: { parts } }: { view: AgendaView }) {
  const [open, setOpen] = useState(false)
  const moments = useMemo(() => momentsOf(parts.standing), [parts.standing])
  if (moments.length === 0) return null
  return (
    <details className={styles.more} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Watch the votes come in</summary>
      {open && <Played parts={parts} moments={moments} />}
    </details>
  )
}

function Played({ parts, moments }: { parts: AgendaView['parts']; moments: ReturnType<typeof momentsOf> }) {
  const { me } = useFloor()
  const { name, title } = useNamed()
  const [step, setStep] = useState(moments.length)
  const go = (to: number) => setStep(Math.min(moments.length, Math.max(0, to)))
  // Papers in their places by votes alone: what was put somewhere by hand is told in the agenda itself.
  const at = (n: number) => agendaFrom({ rule: parts.rule, standing: standingAt(parts.standing, moments, n), entries: new Map(), planned: [] }).items
  const [items, before] = [at(step), at(Math.max(0, step - 1)).map(({ paper }) => paper)]
  const moment = moments[step - 1]
  const said = moment === undefined ? 'Before the first vote' : `${name(moment.member)} ${moment.value > 0 ? 'for' : 'against'} “${title(moment.paper)}”`
  return (
    <>
      <div className={styles.steps}>
        <IconButton icon={ChevronLeftIcon} size="small" label="One vote back" onClick={() => go(step - 1)} />
        <input
          type="range"
          aria-label="Votes that have come in"
          aria-valuetext={`${step} of ${moments.length}: ${said}`}
          min={0}
          max={moments.length}
          value={step}
          onChange={({ target }) => go(Number(target.value))}
        />
        <IconButton icon={ChevronRightIcon} size="small" label="One vote on" onClick={() => go(step + 1)} />
        <span>
          {step} of {moments.length}
        </span>
      </div>
      <p>
        <MathText>{said}</MathText>
        {moment !== undefined && <>, {timeLong(moment.at)}</>}
      </p>
      <ol aria-label="The agenda by these votes">
        {items.map(({ paper, placed }, i) => {
          const was = before.indexOf(paper)
          return (
            <li key={paper} className={styles.then} data-changed={was !== i || undefined}>
              <span>{i + 1}</span>
              <span>
                <MathText>{title(paper)}</MathText>
                {was > i && <span className={styles.why}> up from {was + 1}</span>}
                {was === -1 && step > 0 && <span className={styles.why}> new</span>}
              </span>
              <span>{placed === null ? '' : shown(placed.score)}</span>
            </li>
          )
        })}
      </ol>
      <p>
        Each member’s last vote on a paper is shown, at the time it was given{parts.rule.kind === 'ranked' ? '; orders are as they were at the end' : ''}.
        {me.role === 'guest' ? '' : ' What was put somewhere by hand is told above.'}
      </p>
    </>
  )
}
