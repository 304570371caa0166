import { limits } from '@paperboard/shared/limits'
import { useEffect, useState } from 'react'
import { usePresence, useRoomState, useView } from '../../live/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/states.tsx'
import { useFloor } from './floor.ts'
import { useMeetingAct } from './meetings.ts'
import { floorNow, stateNow } from './views.ts'

/** Whoever leads has lost their connection: all are told, and once they were waited for, members are offered to take the lead. */
export function LeadLost() {
  const { room, me } = useFloor()
  const facilitator = useView(room, floorNow)?.facilitator ?? null
  const { state } = useView(room, stateNow)
  const { synced } = useRoomState(room)
  const isHere = usePresence(room, here => facilitator !== null && here.has(facilitator))
  // Without a connection of my own I know nothing of theirs.
  if (state !== 'live' || !synced || facilitator === null || facilitator === me.id || isHere) return null
  return <Waiting key={facilitator} facilitator={facilitator} />
}

function Waiting({ facilitator }: { facilitator: string }) {
  const { me, nameOf, group, meeting } = useFloor()
  const act = useMeetingAct(group.id, meeting)
  const left = useSecondsOf(limits.leadGrace)
  const mayTake = me.role !== 'guest'
  const name = nameOf(facilitator)
  return (
    <Notice
      tone="warn"
      action={
        mayTake && (
          <Button
            size="small"
            variant={left === 0 ? 'primary' : 'plain'}
            busy={act.isPending}
            denied={left === 0 ? null : `${name} may be back: ${left} s`}
            onClick={() => act.mutate({ lead: me.id, instead: facilitator })}
          >
            {left === 0 ? 'Take the lead' : `Take the lead in ${left} s`}
          </Button>
        )
      }
    >
      <span role="status">
        {name} leads, and has lost the connection.{' '}
        {left > 0 ? 'The meeting waits a moment.' : mayTake ? 'Anybody may take the lead now.' : 'A member may take the lead now.'}
      </span>
    </Notice>
  )
}

/** Counts so many ms down, in seconds. */
const useSecondsOf = (ms: number) => {
  const [left, setLeft] = useState(Math.ceil(ms / 1000))
  useEffect(() => {
    const end = performance.now() + ms
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))), 500)
    return () => clearInterval(timer)
  }, [ms])
  return left
}
