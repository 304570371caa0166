import type { Group } from '@paperboard/shared/api'
import type { RunReport, Source, SourceRun } from '@paperboard/shared/sources'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { sentenceOf } from '../api.ts'
import { dayBrief, momentWords } from '../board/dates.ts'
import { count } from '../board/names.ts'
import { paths } from '../routes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorState, SkeletonText } from '../ui/states.tsx'
import { runsQuery } from './queries.ts'
import styles from './RunLog.module.css'
import { runWords, tookWords } from './words.ts'

const effects = { include: 'let in', exclude: 'left out', highlight: 'highlighted' }

/** What a source did, the newest first, so that a person can follow it. */
export default function RunLog({ group, source, onClose }: { group: Group; source: Source; onClose: () => void }) {
  const { data, error, refetch } = useQuery(runsQuery(group.id, source.id))
  return (
    <Dialog title={`Log of ${source.name}`} size="large" onClose={onClose}>
      {data === undefined && error === null && <SkeletonText lines={4} label="Loading the log" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data?.length === 0 && <p className={styles.none}>It has not been fetched yet.</p>}
      <ol className={styles.runs}>
        {data?.map(run => (
          <Run key={run.id} group={group} run={run} />
        ))}
      </ol>
    </Dialog>
  )
}

function Run({ group, run }: { group: Group; run: SourceRun }) {
  const { words, tone } = runWords(run, group.timeZone)
  const took = tookWords(run)
  return (
    <li className={styles.run} data-tone={tone}>
      <p>
        <time className={styles.moment}>{momentWords(run.slot, group.timeZone)}</time>
        {run.kind === 'now' && <span className={styles.by}> by hand</span>} · {words}
        {run.tries > 1 && ` · ${count(run.tries, 'try', 'tries')}`}
        {took !== null && ` · ${took}`}
      </p>
      {run.report !== null && <Details group={group} report={run.report} />}
    </li>
  )
}

function Details({ group, report }: { group: Group; report: RunReport }) {
  const { days, rules, left, notes } = report
  if (days.length + rules.length + left.count + notes.length === 0) return null
  return (
    <ul className={styles.details}>
      {days.length > 0 && (
        <li>
          {days.map(({ day, added }, n) => (
            <span key={day}>
              {n > 0 && ', '}
              {added} on <Link href={paths.board(group.id, day)}>{dayBrief(day)}</Link>
            </span>
          ))}
        </li>
      )}
      {rules.map(({ name, effect, count: found }) => (
        <li key={`${effect} ${name}`}>
          The rule “{name}” {effects[effect]} {found}
        </li>
      ))}
      {left.count > 0 && (
        <li>
          Beyond its number for a day, {left.count} were left out: {left.titles.slice(0, 5).join(' · ')}
          {left.count > 5 && ' …'}
        </li>
      )}
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
