import { type ComponentProps, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { useFloor } from './floor.ts'
import { useMeetingAct } from './meetings.ts'

/** Ends the meeting, once it is sure. */
export function Ending({ children, ...look }: Omit<ComponentProps<typeof Button>, 'onClick'>) {
  const { group, meeting } = useFloor()
  const act = useMeetingAct(group.id, meeting)
  const [ending, setEnding] = useState(false)
  return (
    <>
      <Button {...look} onClick={() => setEnding(true)}>
        {children}
      </Button>
      {ending && (
        <ConfirmDialog
          title="End the meeting?"
          confirm="End the meeting"
          danger={false}
          busy={act.isPending}
          onConfirm={() => act.mutate('end', { onSuccess: () => setEnding(false) })}
          onClose={() => setEnding(false)}
        >
          Polls that are open are closed, and readings are handed out. What was said stays as it is.
        </ConfirmDialog>
      )}
    </>
  )
}
