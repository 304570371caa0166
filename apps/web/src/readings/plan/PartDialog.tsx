import { limits } from '@paperboard/shared/limits'
import type { PlanPaper, PlanSession } from '@paperboard/shared/plan'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { setPart, whyNotPlan } from './planActs.ts'

/** What of a paper a session is about. */
export function PartDialog({ session, paper, onClose }: { session: PlanSession; paper: PlanPaper; onClose: () => void }) {
  const view = useGroupView()
  const form = useId()
  const [part, setWritten] = useState(paper.part)
  const send = () => {
    setPart(view, session, { paper, part: part.trim() })
    onClose()
  }
  return (
    <Dialog
      title="Which part"
      size="small"
      onClose={onClose}
      footer={
        <Button variant="primary" type="submit" form={form} denied={whyNotPlan(view, session.key)}>
          Save
        </Button>
      }
    >
      <form
        id={form}
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <TextField
          label="Part"
          placeholder="The whole paper"
          hint="For example Sec. 3, or Ch. 1 and 2"
          maxLength={limits.partLength}
          value={part}
          onChange={event => setWritten(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
