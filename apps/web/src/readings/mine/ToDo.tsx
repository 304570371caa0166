import type { Task, Tasks } from '@paperboard/shared/api'
import { timeLeft } from '@paperboard/shared/readingTimes'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from 'wouter'
import { sentenceOf, useMe } from '../../api.ts'
import { dayBrief, dayLong } from '../../board/dates.ts'
import { titleOf } from '../../meeting/titleOf.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { RetryNotice } from '../../ui/states.tsx'
import rows from '../ReadingRows.module.css'
import styles from './ToDo.module.css'
import { useMark } from './useTasks.ts'

/** What I am to do after meetings of my groups, and have done of late. Nothing is shown where there is none. */
export function ToDo({ tasks: { data, error, refetch }, now }: { tasks: UseQueryResult<Tasks>; now: number }) {
  if (data === undefined && error !== null)
    return <RetryNotice onRetry={() => void refetch()}>What meetings left you to do could not be loaded. {sentenceOf(error)}</RetryNotice>
  if (data === undefined || data.tasks.length === 0) return null
  const open = data.tasks.filter(({ doneAt }) => doneAt === null).length
  return (
    <section className={rows.section} aria-label="To do from meetings">
      <h2 className={rows.heading}>
        To do from meetings <span className={rows.count}>{open}</span>
      </h2>
      <ul>
        {data.tasks.map(task => (
          <ToDoRow key={`${task.meeting} ${task.key}`} task={task} now={now} />
        ))}
      </ul>
    </section>
  )
}

function ToDoRow({ task, now }: { task: Task; now: number }) {
  const { group, meeting, title, at, text, paper, doneAt } = task
  const groupName = useMe().data?.groups.find(({ id }) => id === group)?.name
  const mark = useMark(task)
  return (
    <li className={`${rows.row} ${styles.row}`} data-done={doneAt !== null || undefined}>
      <Due task={task} now={now} />
      <div>
        <label className={styles.task}>
          <input type="checkbox" checked={doneAt !== null} disabled={mark.isPending} onChange={event => mark.mutate(event.target.checked)} />
          <span className={styles.text}>
            <MathText>{text}</MathText>
          </span>
        </label>
        <p className={`${rows.as} ${styles.from}`}>
          {groupName !== undefined && `${groupName} · `}
          <Link href={paths.meeting(group, meeting, paper ?? 'closing')}>{titleOf({ title, startedAt: at, createdAt: at })}</Link>
        </p>
      </div>
    </li>
  )
}

/** "Thu 3 Dec", and the time that is left, or by how much it is late. */
function Due({ task: { due, until, doneAt }, now }: { task: Task; now: number }) {
  if (doneAt !== null) return <p className={rows.due}>Done</p>
  if (due === null || until === null) return <p className={rows.due}>No date</p>
  return (
    <p className={rows.due} data-late={until <= now || undefined} title={dayLong(due)}>
      {dayBrief(due)}
      <span className={rows.far}>{timeLeft(until, now)}</span>
    </p>
  )
}
