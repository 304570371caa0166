import { everInMeeting } from '@paperboard/shared/meeting'
import { hasEnded } from '@paperboard/shared/meetingFloor'
import { noteTexts } from '@paperboard/shared/notes'
import { type Refusal, refusals } from '@paperboard/shared/refusals'
import { circumstancesIn } from '@paperboard/shared/room'
import { serverNow } from '../../live/clock.ts'
import { useRoomState, useView } from '../../live/hooks.ts'
import { view } from '../../live/views.ts'
import { useFloor } from '../floor/floor.ts'

/** The reasons as one reads them beforehand. */
const beforehand: Partial<Record<Refusal, string>> = {
  'not-allowed': 'You can read what the others write here.',
  'not-here': 'Notes on this paper can be written once it is on the agenda, or the meeting comes to it.',
}

const places = view(['agenda', 'clock', 'meeting'], doc => ({ of: doc }))

/** Why I cannot write in a note, as a sentence; null when I can. */
export const useWhyNotWrite = (note: string): string | null => {
  const { room, group, me } = useFloor()
  const { of: doc } = useView(room, places)
  const { status } = useRoomState(room)
  if (status === 'closed') return 'This meeting is no longer open here.'
  const known = { now: serverNow(), settings: group.settings, closed: hasEnded(doc), knows: (key: string) => everInMeeting(doc, key) }
  const refusal = noteTexts.may(note, me, circumstancesIn(doc, known))
  return refusal === null ? null : (beforehand[refusal] ?? refusals[refusal])
}
