import { sameList } from '../../board/shown.ts'
import { usePresence, useView } from '../../live/hooks.ts'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { HistoryIcon, PresentIcon } from '../../ui/icons.tsx'
import { Ending } from './Ending.tsx'
import { useFloor } from './floor.ts'
import styles from './Lead.module.css'
import { useMeetingAct } from './meetings.ts'
import { floorNow, stateNow } from './views.ts'

/** Who leads, and what leading takes: starting, handing on, ending. */
export function Lead() {
  const floor = useFloor()
  const { room, me, group, meeting, nameOf } = floor
  const now = useView(room, floorNow)
  const { state } = useView(room, stateNow)
  const act = useMeetingAct(group.id, meeting)
  const facilitates = now?.facilitator === me.id
  const here = usePresence(room, all => [...all.keys()].sort(), sameList)
  // While the meeting is on and they are gone, `LeadLost` offers it to all.
  const alone = now === null || (state === 'planned' && !here.includes(now.facilitator))
  const mayTake = !facilitates && me.role !== 'guest' && (alone || me.role === 'owner' || me.role === 'organizer')
  return (
    <div className={styles.acts}>
      <span className={styles.leader}>
        {state === 'ended' ? 'The meeting has ended' : now === null ? 'Nobody leads' : facilitates ? 'You lead' : `${nameOf(now.facilitator)} leads`}
      </span>
      {state === 'ended' && me.role !== 'guest' && (
        <ButtonLink href={paths.meetingReplay(group.id, meeting)} size="small" variant="quiet" icon={HistoryIcon}>
          How it came about
        </ButtonLink>
      )}
      {state !== 'ended' && (
        <>
          {facilitates && <HandOn here={here} onChoose={lead => act.mutate({ lead, instead: me.id })} />}
          {mayTake && (
            <Button size="small" busy={act.isPending} onClick={() => act.mutate({ lead: me.id, instead: now?.facilitator ?? null })}>
              Lead it
            </Button>
          )}
          {me.role !== 'guest' && (
            <>
              <ButtonLink href={paths.meetingScreen(group.id, meeting)} size="small" variant="quiet" icon={PresentIcon}>
                Projector
              </ButtonLink>
              <ButtonLink href={paths.meetingRemote(group.id, meeting)} size="small" variant="quiet">
                Remote
              </ButtonLink>
            </>
          )}
          {state === 'planned' && me.role !== 'guest' && (
            <Button size="small" variant="primary" busy={act.isPending} onClick={() => act.mutate('start')}>
              Start the meeting
            </Button>
          )}
          {state === 'live' && facilitates && <Ending size="small">End…</Ending>}
        </>
      )}
    </div>
  )
}

/** The facilitator hands the floor to somebody who is here. */
function HandOn({ here, onChoose }: { here: readonly string[]; onChoose: (member: string) => void }) {
  const { group, me } = useFloor()
  const others = group.members.filter(({ id, gone, role }) => id !== me.id && !gone && role !== 'guest' && here.includes(id))
  if (others.length === 0) return null
  return (
    <select className={styles.hand} aria-label="Hand the lead to" value="" onChange={event => onChoose(event.target.value)}>
      <option value="">Hand on to…</option>
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
