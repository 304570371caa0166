import { addDays } from '@paperboard/shared/days'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { listingQuery } from '../../lists/listing.ts'
import { titleOf } from '../../paper/links.ts'
import { paths } from '../../routes.ts'
import { useFloor } from '../floor/floor.ts'
import type { Offers } from './typeAhead.ts'

/** Papers of this many days of boards can be linked, beside those of the meeting. */
const days = 60

/** Whom and what one can name in a note: members of the group, papers of the meeting and of the last boards. */
export const useOffers = (): Offers => {
  const { group, papers } = useFloor()
  const client = useQueryClient()
  return useMemo(() => {
    const offered = (paper: Parameters<typeof titleOf>[0] & { id: string; authors: readonly string[] }) => ({
      title: titleOf(paper),
      address: paths.paper(group.id, paper.id),
      authors: paper.authors.slice(0, 2).join(', '),
    })
    return {
      members: () => group.members.filter(({ gone }) => !gone).map(({ name }) => name),
      papers: async () => {
        const of = listingQuery(group.id, { view: 'days', from: addDays(group.today, 1 - days), to: group.today })
        // Without a connection those of the meeting are all there are.
        const listed = await client.fetchQuery({ ...of, retry: false }).catch(() => null)
        const others = (listed?.papers ?? []).filter(({ id }) => !papers.has(id))
        return [...papers.values(), ...others].map(offered)
      },
    }
  }, [client, group, papers])
}
