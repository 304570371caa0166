import type { PlanSession } from '@paperboard/shared/plan'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { titleOf } from '../../paper/links.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { PaperPicker, PickedPaper } from './PaperPicker.tsx'
import styles from './Plan.module.css'
import { put } from './planActs.ts'
import { placeId, usePlanPage } from './usePlan.ts'
import { focusPlace } from './usePlanKeys.ts'

/** Chooses a paper for a session. */
export function PickDialog({ session, onClose }: { session: PlanSession; onClose: () => void }) {
  const view = useGroupView()
  const { select } = usePlanPage()
  const pick = (paper: string, title: string) => {
    if (!put(view, session, { paper, title })) return
    onClose()
    select(placeId(session.key, paper))
    focusPlace(placeId(session.key, paper))
  }
  return (
    <Dialog title={`A paper for ${dayNear(session.day, view.group.today)}`} onClose={onClose}>
      <PaperPicker>
        {paper => (
          <button type="button" className={styles.pick} onClick={() => pick(paper.id, titleOf(paper))}>
            <PickedPaper paper={paper} />
          </button>
        )}
      </PaperPicker>
    </Dialog>
  )
}
