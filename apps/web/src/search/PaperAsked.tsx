import { useGroup } from '../api.ts'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { PaperDialogs } from '../lists/PaperDialogs.tsx'
import type { AskedPaper } from './OptionLine.tsx'

/** A dialog about a paper of the palette, on whatever page: in the frame of the group, which that page may lack. */
export default function PaperAsked({ group, dialog, paper, onClose }: AskedPaper & { group: string; onClose: () => void }) {
  if (useGroup(group).data === undefined) return null
  return (
    <GroupFrame group={group}>
      <PaperDialogs dialog={dialog} paper={paper} onClose={onClose} />
    </GroupFrame>
  )
}
