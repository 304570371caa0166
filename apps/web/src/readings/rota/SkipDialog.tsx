import { limits } from '@paperboard/shared/limits'
import type { SessionPresenter } from '@paperboard/shared/presenters'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { skip } from './rotaActs.ts'

/** Asks why somebody does not present; the turn stays theirs. */
export default function SkipDialog({ presenter, day, onClose }: { presenter: SessionPresenter; day: string; onClose: () => void }) {
  const view = useGroupView()
  const form = useId()
  const [reason, setReason] = useState('')
  const { session, member } = presenter
  const own = member === view.me.id
  return (
    <Dialog
      title={own ? `Skip ${day}` : `Skip ${day} for ${view.nameOf(member)}`}
      lead={`${own ? 'You are' : 'They are'} not asked for that session again, and the turn stays ${own ? 'yours' : 'theirs'}: ${own ? 'you come' : 'they come'} first at the next one.`}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form}>
            Skip
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={event => {
          event.preventDefault()
          skip(view, { session, member, reason: reason.trim() })
          onClose()
        }}
      >
        <TextField
          label="Why"
          hint="Everybody in the group reads it. You may leave it open."
          maxLength={limits.reasonLength}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
