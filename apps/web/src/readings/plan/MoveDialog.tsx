import type { PlanSession } from '@paperboard/shared/plan'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Field.tsx'
import { move, whyNotPlan } from './planActs.ts'
import { usePlan } from './usePlan.ts'

/** Moves a paper, with all who read it, into a session from today on. */
export function MoveDialog({ session, titled, onClose }: { session: PlanSession; titled: { paper: string; title: string }; onClose: () => void }) {
  const view = useGroupView()
  const sessions = usePlan()
  const form = useId()
  const open = sessions.filter(({ key, day, cancelled }) => key !== session.key && day >= view.group.today && !cancelled)
  const [to, setTo] = useState(open.find(({ day }) => day > session.day)?.key ?? open[0]?.key)
  const target = open.find(({ key }) => key === to)
  return (
    <Dialog
      title="Move to another session"
      lead={<MathText>{titled.title}</MathText>}
      size="small"
      onClose={onClose}
      footer={
        <Button variant="primary" type="submit" form={form} denied={target === undefined ? 'No other session is planned.' : whyNotPlan(view, target.key)}>
          Move
        </Button>
      }
    >
      <form
        id={form}
        onSubmit={event => {
          event.preventDefault()
          if (target !== undefined) move(view, titled, session, target)
          onClose()
        }}
      >
        <Select label="Session" value={to} onChange={event => setTo(event.target.value)}>
          {open.map(({ key, day, time, title }) => (
            <option key={key} value={key}>
              {[dayNear(day, view.group.today), time, title].filter(Boolean).join(', ')}
            </option>
          ))}
        </Select>
      </form>
    </Dialog>
  )
}
