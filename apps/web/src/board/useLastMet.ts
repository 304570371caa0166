import { type LastMet, lastMet } from '@paperboard/shared/lastMet'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { useQuery } from '@tanstack/react-query'
import { useView } from '../live/hooks.ts'
import { sessions as sessionsView } from '../live/views.ts'
import { meetingsQuery } from '../meeting/floor/meetings.ts'
import { useGroupView } from './board.ts'

/** When this group met last; `undefined` until it is known. */
export const useLastMet = (): LastMet<MeetingSummary> | null | undefined => {
  const { group, groupRoom } = useGroupView()
  const sessions = useView(groupRoom, sessionsView)
  const { data: meetings, isPending } = useQuery(meetingsQuery(group.id))
  // Without an answer the plan is all that is known.
  return isPending ? undefined : lastMet({ meetings: meetings ?? [], sessions, timeZone: group.timeZone, today: group.today })
}
