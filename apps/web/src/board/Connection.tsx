import { useEffect, useState } from 'react'
import { useRoomState } from '../live/hooks.ts'
import type { LiveRoom, RoomState } from '../live/LiveRoom.ts'
import { OfflineIcon } from '../ui/icons.tsx'
import { tip } from '../ui/Tooltip.tsx'
import styles from './Connection.module.css'
import { count } from './names.ts'

interface Shown {
  tone: 'calm' | 'busy' | 'off'
  label: string
  /** What of the label there is room for on a phone. */
  brief?: string
  explained: string
}

const offline = (unsaved: number): Shown => ({
  tone: 'off',
  label: unsaved > 0 ? `Offline · ${count(unsaved, 'unsaved change')}` : 'Offline',
  brief: unsaved > 0 ? `${unsaved} unsaved` : undefined,
  explained:
    unsaved > 0
      ? 'What you change is kept in this browser and saved as soon as there is a connection.'
      : 'You see this page as it was. Go on working: changes are kept in this browser and saved later.',
})

/** What to say of a room, and of the wait in it. */
export const connectionOf = ({ status, unsaved, why }: RoomState): Shown => {
  if (why === 'tooFast')
    return { tone: 'off', label: 'Waiting', explained: 'Too many changes at once: the server has asked for a short pause. Nothing is lost.' }
  if (why === 'damaged')
    return {
      tone: 'off',
      label: `Cannot be changed · ${count(unsaved, 'unsaved change')}`,
      brief: `${unsaved} unsaved`,
      explained:
        'What the server has stored of this is damaged, so it can only be read until whoever runs the server restores it. Your changes are kept in this browser and saved then.',
    }
  if (status === 'offline' || status === 'closed') return offline(unsaved)
  if (status === 'live' && unsaved === 0)
    return { tone: 'calm', label: 'Saved', brief: '', explained: 'Live: everything you changed is stored on the server, and you see what others do.' }
  if (status === 'live') return { tone: 'busy', label: 'Saving…', explained: `${count(unsaved, 'change')} on the way to the server.` }
  return unsaved > 0
    ? {
        tone: 'busy',
        label: `Connecting · ${count(unsaved, 'unsaved change')}`,
        brief: `${unsaved} unsaved`,
        explained: 'Your changes are kept in this browser until they are saved.',
      }
    : { tone: 'busy', label: 'Connecting…', explained: 'Fetching what others did meanwhile.' }
}

/** A room that is closed for good has no connection to speak of: the page says why. */
const isOver = ({ status, why }: RoomState) => status === 'closed' && why !== 'signedOut'

/** ms that a passing state is not shown: a vote is saved in a few, and a word that flashes at each vote is noise. */
const patience = 400

/** Whether what one does here is saved, in a room or in two. */
export function Connection({ rooms: [first, second] }: { rooms: readonly [LiveRoom, LiveRoom?] }) {
  const [board, group] = [useRoomState(first), useRoomState(second ?? first)]
  const worse = connectionOf({
    ...board,
    unsaved: board.unsaved + (second === undefined ? 0 : group.unsaved),
    status: board.status === 'live' && group.status !== 'live' ? group.status : board.status,
  })
  const shown = useSettled(worse)
  if (isOver(board)) return null
  return (
    <span className={styles.connection} data-tone={shown.tone} role="status" aria-label={`${shown.label}. ${shown.explained}`} {...tip(shown.explained)}>
      {shown.tone === 'off' ? <OfflineIcon size={16} /> : <span className={styles.dot} aria-hidden="true" />}
      <span className={shown.brief === undefined ? undefined : styles.full}>{shown.label}</span>
      {shown.brief && <span className={styles.brief}>{shown.brief}</span>}
    </span>
  )
}

/** The last state that was calm or has lasted. */
const useSettled = (now: Shown): Shown => {
  const [settled, setSettled] = useState(now)
  const { tone, label, brief, explained } = now
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ tone, label, brief, explained }), tone === 'busy' ? patience : 0)
    return () => clearTimeout(timer)
  }, [tone, label, brief, explained])
  return settled
}
