import type { ListedPaper } from '@paperboard/shared/api'
import type { PlanSession } from '@paperboard/shared/plan'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { titleOf } from '../../paper/links.ts'
import { IconButton } from '../../ui/Button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { PaperPicker, PickedPaper } from './PaperPicker.tsx'
import styles from './Plan.module.css'
import { put, whyNotPlan } from './planActs.ts'
import { usePlanPage } from './usePlan.ts'

/** Sessions offered by the menu of a paper: a quarter of weekly ones. */
const offered = 12

/** What is not planned yet, beside the weeks. */
export function PlanSide() {
  return (
    <aside className={styles.side} aria-label="To be planned">
      <h2 className={styles.sideName}>To be planned</h2>
      <PaperPicker>{paper => <SidePaper paper={paper} />}</PaperPicker>
    </aside>
  )
}

function SidePaper({ paper }: { paper: ListedPaper }) {
  const view = useGroupView()
  const { sessions } = usePlanPage()
  const title = titleOf(paper)
  const ahead = sessions.filter(({ day, cancelled }) => day >= view.group.today && !cancelled).slice(0, offered)
  const item = (session: PlanSession) => ({
    key: session.key,
    label: [dayNear(session.day, view.group.today), session.time].filter(Boolean).join(', '),
    detail: session.title || (session.papers.length === 0 ? 'no paper yet' : ''),
    denied: whyNotPlan(view, session.key),
    onSelect: () => void put(view, session, { paper: paper.id, title }),
  })
  return (
    <div className={styles.sidePaper}>
      <div className={styles.sideWords}>
        <PickedPaper paper={paper} />
      </div>
      <Menu
        align="end"
        trigger={<IconButton icon={PlusIcon} size="small" iconSize={16} label={`Plan ${title}`} />}
        sections={() => [{ heading: ahead.length === 0 ? 'No session is planned' : 'Put it into', items: ahead.map(item) }]}
      />
    </div>
  )
}
