import { useGroupView } from '../board/board.ts'
import { Connection } from '../board/Connection.tsx'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { Presence } from '../board/Presence.tsx'
import { ForGroup } from '../search/ForGroup.tsx'
import { Page } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { ExportButton, ListingOf } from './ListingOf.tsx'
import { listOrders } from './listing.ts'

const query = { view: 'library' } as const
const exported = { of: 'library' } as const

/** Every paper that was ever on a board of the group. */
export default function LibraryPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Library />
    </GroupFrame>
  )
}

function Library() {
  const { groupRoom } = useGroupView()
  return (
    <Page title="Library" lead="Every paper that was on a board of the group." actions={<ExportButton papers={exported} what="the library" />}>
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      <ForGroup />
      <ListingOf query={query} orders={listOrders} empty="Papers that are put on a board stay here, with their votes, tags and discussions." />
    </Page>
  )
}
