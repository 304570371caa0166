/** What a meeting goes through: the lobby, its papers, the closing. */
import type { Paper } from '@paperboard/shared/api'
import { addDays } from '@paperboard/shared/days'
import { floorOf, type MeetingItem } from '@paperboard/shared/meetingFloor'
import { useQueries, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../api.ts'
import type { GroupView } from '../../board/board.ts'
import { listingQuery } from '../../lists/listing.ts'
import { useView } from '../../live/hooks.ts'
import type { LiveRoom } from '../../live/LiveRoom.ts'
import { sessions, view } from '../../live/views.ts'
import { titleOf } from '../../paper/links.ts'

/** Papers of one meeting, at most: nobody discusses more in an evening. And the days of boards that they are from. */
const most = 10
const days = 14

/** Papers that the meeting has come to, in whatever order. */
const visited = view(['clock', 'floor'], doc => {
  const here = floorOf(doc)?.item
  return [...new Set([...doc.getMap('clock').keys(), ...(here === undefined ? [] : [here])])].filter(item => item !== 'lobby' && item !== 'closing')
})

/** The items of a meeting: the papers of its session, or else those of the last boards that have most votes; and whatever it has come to. */
export const useItems = ({ group, groupRoom }: GroupView, room: LiveRoom, session: string | null): MeetingItem[] => {
  const planned =
    useView(groupRoom, sessions)
      .find(({ key }) => key === session)
      ?.papers.map(({ paper }) => paper) ?? []
  const listed = useQuery({
    ...listingQuery(group.id, { view: 'days', from: addDays(group.today, 1 - days), to: group.today }),
    enabled: planned.length === 0 && group.role !== 'guest',
  })
  const liked = (listed.data?.papers ?? [])
    .filter(({ up, down }) => up >= down)
    .sort((a, b) => b.up - b.down - (a.up - a.down) || b.addedAt - a.addedAt)
    .slice(0, most)
    .map(({ id }) => id)
  const papers = new Set([...(planned.length > 0 ? planned : liked), ...useView(room, visited)])
  return ['lobby', ...papers, 'closing']
}

/** What an item is called. */
export const nameOfItem = (item: MeetingItem, papers: ReadonlyMap<string, Paper>): string => {
  if (item === 'lobby') return 'Lobby'
  if (item === 'closing') return 'Closing'
  const paper = papers.get(item)
  return paper === undefined ? 'A paper' : titleOf(paper)
}

/** What is known of these papers. */
export const useMeetingPapers = (group: string, items: readonly MeetingItem[]): ReadonlyMap<string, Paper> => {
  const asked = useQueries({
    queries: items
      .filter(item => item !== 'lobby' && item !== 'closing')
      .map(paper => ({
        queryKey: ['papers', group, 'alone', paper],
        queryFn: () => answer(api.groups[':group'].papers[':paper'].$get({ param: { group, paper } })),
        staleTime: 300_000,
      })),
  })
  return new Map(asked.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data]])))
}
