import type { AgendaParts } from '@paperboard/shared/agendaOrder'
import { listed, shown } from '@paperboard/shared/agendaReasons'
import { type Placed, roundsFor } from '@paperboard/shared/agendaRules'
import type { Round } from '@paperboard/shared/rankedChoice'
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

/** A paper that no ballot has first goes out without a change: such rounds are told together. */
function Rounds({ paper, place, parts: { standing, rule } }: { paper: string; place: number; parts: AgendaParts }) {
  const { title } = useNamed()
  const all = roundsFor(standing, rule, place)
  const wanted = all.map(({ counts, out }) => out === null || (counts.at(-1)?.[1] ?? 0) > 0)
  const idle = all.filter((_, i) => !wanted[i])
  return (
    <>
      {idle.length > 0 && (
        <p className={styles.round}>
          <MathText>
            {`${idle.length === 1 ? 'Round' : 'Rounds'} ${idle.length === 1 ? '1' : `1 to ${idle.length}`}: no ballot has ${listed(idle.map(({ out }) => `“${title(out ?? '')}”`))} first, so ${idle.length === 1 ? 'it goes' : 'they go'} out.`}
          </MathText>
        </p>
      )}
      {all.map((round, i) => wanted[i] && <OneRound key={round.counts.length} nth={i + 1} round={round} winner={{ paper, place }} />)}
    </>
  )
}

function OneRound({ nth, round: { counts, of, out }, winner }: { nth: number; round: Round; winner: { paper: string; place: number } }) {
  const { title } = useNamed()
  const others = counts.slice(named)
  return (
    <section className={styles.round} aria-label={`Round ${nth}`}>
      <p>
        Round {nth}: {shown(of)} {of === 1 ? 'ballot' : 'ballots'}, more than {shown(of / 2)} win.
      </p>
      <ul>
        {counts.slice(0, named).map(([id, ballots]) => (
          <li key={id} className={styles.count} data-won={(out === null && id === winner.paper) || undefined} data-out={id === out || undefined}>
            <MathText>{title(id)}</MathText>
            <span aria-hidden="true">
              <span className={styles.bar} style={{ width: `${of === 0 ? 0 : (100 * ballots) / of}%` }} />
            </span>
            <span>{shown(ballots)}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && <p>and {others.length} more with fewer</p>}
      <p>
        <MathText>
          {out === null
            ? `“${title(winner.paper)}” wins place ${winner.place}.`
            : `“${title(out)}” has the fewest and goes out; its ballots count for the next paper of their order.`}
        </MathText>
      </p>
    </section>
  )
}
