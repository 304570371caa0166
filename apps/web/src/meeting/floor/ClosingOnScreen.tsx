import { dayAt } from '@paperboard/shared/days'
import type { WrittenAction } from '@paperboard/shared/decisions'
import { nextTime } from '@paperboard/shared/nextMeeting'
import { dayBrief, dayLong, timeOf } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { sessions } from '../../live/views.ts'
import { MathText } from '../../paper/MathText.tsx'
import styles from './ClosingOnScreen.module.css'
import { useFloor } from './floor.ts'
import { actions, decisions, stateNow } from './views.ts'

/** Lines of a list that have room on a projector. */
const shown = 6

/** On a projector at the closing: what was decided, who does what, and when the group meets next. */
export function ClosingOnScreen() {
  const { room, nameOf, titleOf } = useFloor()
  const decided = useView(room, decisions)
  const toDo = useView(room, actions).filter(({ done }) => !done)
  const words = ({ kind, text, paper }: WrittenAction) =>
    kind === 'reading' ? `Read ${paper === null ? 'it' : titleOf(paper)}${text === '' ? '' : `: ${text}`}` : text
  return (
    <>
      <Ended />
      <div className={styles.lists}>
        <List title="Decided" of={decided.map(({ key, text }) => ({ key, text, who: null }))} />
        <List
          title="To do"
          of={toDo.map(action => ({
            key: action.key,
            text: words(action),
            who: `${action.assignee === null ? 'Nobody yet' : nameOf(action.assignee)}${action.due === null ? '' : `, until ${dayBrief(action.due)}`}`,
          }))}
        />
      </div>
    </>
  )
}

function List({ title, of }: { title: string; of: readonly { key: string; text: string; who: string | null }[] }) {
  if (of.length === 0) return null
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.list}>
        {of.slice(0, shown).map(({ key, text, who }) => (
          <li key={key}>
            <MathText>{text}</MathText>
            {who !== null && <span className={styles.who}> {who}</span>}
          </li>
        ))}
      </ul>
      {of.length > shown && <p className={styles.who}>and {count(of.length - shown, 'more', 'more')}</p>}
    </section>
  )
}

/** How long it was, and when the group meets next. */
function Ended() {
  const { room, group, groupRoom, session } = useFloor()
  const { state, startedAt, endedAt } = useView(room, stateNow)
  const planned = useView(groupRoom, sessions)
  if (state !== 'ended' || startedAt === null || endedAt === null) return null
  const next = nextTime(planned, { day: dayAt(startedAt, group.timeZone), held: session })
  return (
    <p className={styles.ended}>
      From {timeOf(startedAt)} to {timeOf(endedAt)}.{' '}
      {next.session !== null && `Next meeting: ${dayLong(next.day)}${next.time === null ? '' : `, ${next.time}`}.`}
    </p>
  )
}
