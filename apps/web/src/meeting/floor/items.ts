/** What a meeting goes through: the lobby, its papers, the closing. */
import type { Paper } from '@paperboard/shared/api'
import { floorOf, type MeetingItem } from '@paperboard/shared/meetingFloor'
import { useQueries } from '@tanstack/react-query'
import { answer, api } from '../../api.ts'
import type { GroupView } from '../../board/board.ts'
import { useView } from '../../live/hooks.ts'
import type { LiveRoom } from '../../live/LiveRoom.ts'
import { view } from '../../live/views.ts'
import { titleOf } from '../../paper/links.ts'
import { useAgenda } from '../agenda/agenda.ts'

/** Papers that the meeting has come to, in whatever order. */
const visited = view(['clock', 'floor'], doc => {
  const here = floorOf(doc)?.item
  return [...new Set([...doc.getMap('clock').keys(), ...(here === undefined ? [] : [here])])].filter(item => item !== 'lobby' && item !== 'closing')
})

/** The items of a meeting: the papers of its agenda, and whatever it has come to. */
export const useItems = (group: GroupView, room: LiveRoom, of: { meeting: string; session: string | null }): MeetingItem[] => {
  const { agenda } = useAgenda(group, room, of)
  const papers = new Set([...agenda.items.map(({ paper }) => paper), ...useView(room, visited)])
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
