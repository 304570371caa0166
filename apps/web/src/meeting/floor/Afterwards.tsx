import { limits } from '@paperboard/shared/limits'
import type { MinutesState } from '@paperboard/shared/minutes'
import { minutesOf } from '@paperboard/shared/minutes'
import { dateAt, timeLong, timeOf } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { ButtonLink } from '../../ui/Button.tsx'
import { HistoryIcon, PageIcon } from '../../ui/icons.tsx'
import { MinutesWait } from '../minutes/MinutesWait.tsx'
import styles from './Afterwards.module.css'
import { useFloor } from './floor.ts'
import { nameOfItem } from './items.ts'
import { Panel } from './Panel.tsx'
import { attended, floorNow, outcomes, stateNow } from './views.ts'

/** What all come to when the meeting has ended: what it was, what is left of it, and what follows. */
export function Afterwards() {
  const { room, group, meeting, me, nameOf } = useFloor()
  const { startedAt, endedAt } = useView(room, stateNow)
  const lead = useView(room, floorNow)?.facilitator ?? null
  const people = useView(room, attended)
  const facts = [
    startedAt === null || endedAt === null ? null : `${dateAt(startedAt)}, ${timeOf(startedAt)} to ${timeOf(endedAt)}`,
    lead === null ? null : `${nameOf(lead)} led`,
    people === 0 ? null : `${count(people, 'person was', 'people were')} there`,
  ]
  return (
    <>
      <h1 className={styles.title}>The meeting has ended</h1>
      <p className={styles.facts}>{facts.filter(fact => fact !== null).join(' · ')}</p>
      {me.role === 'guest' ? (
        endedAt !== null && <p>You can read here what was said until {timeLong(endedAt + limits.guestHoursAfter * 3_600_000)}.</p>
      ) : (
        <>
          <p className={styles.ways}>
            <ButtonLink href={paths.minutes(group.id, meeting)} variant="primary" icon={PageIcon}>
              Minutes
            </ButtonLink>
            <ButtonLink href={paths.meetingReplay(group.id, meeting)} icon={HistoryIcon}>
              How it came about
            </ButtonLink>
          </p>
          <MinutesWait meeting={meeting} />
        </>
      )}
      <div className={styles.parts}>
        <Papers />
      </div>
    </>
  )
}

const words: Record<MinutesState, string> = { discussed: 'Discussed', carried: 'Carried over to the next meeting', dropped: 'Taken off the agenda' }

/** What became of the papers. A press shows what was said on one. */
function Papers() {
  const { room, papers, look, group, meeting, me } = useFloor()
  const became = useView(room, outcomes)
  if (became.length === 0) return null
  return (
    <Panel
      title="Papers"
      count={became.length}
      actions={
        me.role !== 'guest' && (
          <ButtonLink href={paths.meetingAgenda(group.id, meeting)} size="small" variant="quiet">
            Why these papers won
          </ButtonLink>
        )
      }
    >
      <ol className={styles.papers}>
        {became.map(({ paper, state, spent }) => (
          <li key={paper} className={styles.paper}>
            <button type="button" className={styles.name} onClick={() => look(paper)}>
              <MathText>{nameOfItem(paper, papers)}</MathText>
            </button>
            <span className={styles.became}>
              {words[state]}
              {spent > 0 && `, ${minutesOf(spent)} min`}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
