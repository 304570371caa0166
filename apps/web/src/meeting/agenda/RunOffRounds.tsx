import type { AgendaParts } from '@paperboard/shared/agendaOrder'
import { shown } from '@paperboard/shared/agendaReasons'
import { type Placed, roundsFor } from '@paperboard/shared/agendaRules'
import { useState } from 'react'
import { MathText } from '../../paper/MathText.tsx'
import styles from './Agenda.module.css'
import { useNamed } from './names.ts'

/** Papers of a round that are named; those with fewer ballots are counted. */
const named = 6

/** How a paper won its place by ranked choice, round by round. */
export function RunOffRounds({ placed: { paper, runOff }, parts }: { placed: Placed; parts: AgendaParts }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.votes} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>How it won place {runOff?.place}</summary>
      {open && <Rounds paper={paper} place={runOff?.place ?? 1} parts={parts} />}
    </details>
  )
}

function Rounds({ paper, place, parts: { standing, rule } }: { paper: string; place: number; parts: AgendaParts }) {
  const { title } = useNamed()
  return roundsFor(standing, rule, place).map(({ counts, of, out }, i) => {
    const others = counts.slice(named).filter(([, ballots]) => ballots > 0)
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: rounds have no other name
      <section key={i} className={styles.round} aria-label={`Round ${i + 1}`}>
        <p>
          Round {i + 1}: {shown(of)} {of === 1 ? 'ballot' : 'ballots'}, more than {shown(of / 2)} win.
        </p>
        <ul>
          {counts.slice(0, named).map(([id, ballots]) => (
            <li key={id} className={styles.count} data-won={(out === null && id === paper) || undefined} data-out={id === out || undefined}>
              <MathText>{title(id)}</MathText>
              <span aria-hidden="true">
                <span className={styles.bar} style={{ display: 'block', width: `${of === 0 ? 0 : (100 * ballots) / of}%` }} />
              </span>
              <span>{shown(ballots)}</span>
            </li>
          ))}
        </ul>
        {others.length > 0 && <p>and {others.length} more with fewer</p>}
        <p>
          {out === null ? (
            <MathText>{`“${title(paper)}” wins place ${place}.`}</MathText>
          ) : (
            <MathText>{`“${title(out)}” has the fewest and goes out; its ballots count for the next paper of their order.`}</MathText>
          )}
        </p>
      </section>
    )
  })
}
