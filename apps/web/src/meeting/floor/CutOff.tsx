import { useEffect, useState } from 'react'
import { timeOf } from '../../board/dates.ts'
import { serverNow } from '../../live/clock.ts'
import { useRoomState } from '../../live/hooks.ts'
import { Notice } from '../../ui/states.tsx'
import { useEnded, useFacilitates, useFloor } from './floor.ts'

/** ms without a connection before it is spoken of: a server that is started anew is back sooner. */
const patience = 1_500

/** Without a connection to the meeting: since when, and what one can do meanwhile. */
export function CutOff({ large = false }: { large?: boolean }) {
  const { me, group } = useFloor()
  const ended = useEnded()
  const facilitates = useFacilitates()
  const since = useCutOff()
  if (since === null) return null
  const listens = me.role === 'guest' && group.settings.guests !== 'take-part'
  return (
    <Notice tone="warn">
      <span role="status">
        No connection since {timeOf(since)}: you see the meeting as it was then.{' '}
        {large || ended || listens
          ? 'It goes on by itself as soon as there is one.'
          : me.role === 'guest'
            ? 'Questions that you ask are kept here and sent later; hands, takes and secret votes need a connection.'
            : 'What you write down or ask is kept here and sent later; hands, takes and secret votes need a connection.'}
        {facilitates && !large && ' If it lasts, somebody else may take the lead.'}
      </span>
    </Notice>
  )
}

/** Since when (ms) there has been no connection; null while there is one, or it has only just gone. */
const useCutOff = (): number | null => {
  const { room } = useFloor()
  const { status } = useRoomState(room)
  const isOff = status === 'offline'
  const [since, setSince] = useState<number | null>(null)
  useEffect(() => {
    if (!isOff) return
    const at = serverNow()
    const timer = setTimeout(() => setSince(at), patience)
    return () => {
      clearTimeout(timer)
      setSince(null)
    }
  }, [isOff])
  return since
}
