import { mayPlan } from '@paperboard/shared/rules'
import { lazy, Suspense, useState } from 'react'
import { useGroupView } from '../board/board.ts'
import { Button } from '../ui/Button.tsx'
import { CalendarIcon } from '../ui/icons.tsx'

const load = () => import('./ImportScheduleDialog.tsx')
const ImportScheduleDialog = lazy(load)

/** For organizers: takes a schedule that was kept elsewhere into the plan. */
export function ImportSchedule() {
  const { me } = useGroupView()
  const [open, setOpen] = useState(false)
  if (mayPlan(me) !== null) return null
  const prepare = () => void load().catch(() => undefined)
  return (
    <>
      <Button icon={CalendarIcon} onClick={() => setOpen(true)} onPointerEnter={prepare} onFocus={prepare}>
        Import a schedule…
      </Button>
      <Suspense>{open && <ImportScheduleDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
