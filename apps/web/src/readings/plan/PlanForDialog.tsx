import type { PlanSession } from '@paperboard/shared/plan'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Field.tsx'
import { put, whyNotPlan } from './planActs.ts'
import { usePlan } from './usePlan.ts'

/** Puts a paper of a board into a session from today on: the next one that has none, unless another is chosen. */
export default function PlanForDialog({ paper, title, onClose }: { paper: string; title: string; onClose: () => void }) {
  const view = useGroupView()
  const { group } = view
  const form = useId()
  const ahead = usePlan().filter(({ day, cancelled }) => day >= group.today && !cancelled)
  const [chosen, choose] = useState<string | null>(null)
  const session = ahead.find(({ key }) => key === chosen) ?? ahead.find(({ papers }) => papers.length === 0) ?? ahead[0]
  const send = () => {
    if (session !== undefined) put(view, session, { paper, title })
    onClose()
  }
  return (
    <Dialog
      title="Plan for a session"
      lead={<MathText>{title}</MathText>}
      size="small"
      onClose={onClose}
      footer={
        <>
          <ButtonLink variant="quiet" href={paths.plan(group.id)}>
            The plan
          </ButtonLink>
          <Button variant="primary" type="submit" form={form} denied={session === undefined ? 'No session is planned.' : whyNotPlan(view, session.key)}>
            Put it in
          </Button>
        </>
      }
    >
      {session === undefined ? (
        <p>No session is planned. Organizers plan them on the page of the plan.</p>
      ) : (
        <form
          id={form}
          onSubmit={event => {
            event.preventDefault()
            send()
          }}
        >
          <Select label="Session" value={session.key} onChange={event => choose(event.target.value)}>
            {ahead.map(each => (
              <option key={each.key} value={each.key}>
                {namedIn(each, group.today)}
              </option>
            ))}
          </Select>
        </form>
      )}
    </Dialog>
  )
}

const namedIn = ({ day, time, title, papers }: PlanSession, today: string): string =>
  [dayNear(day, today), time, title, papers.length === 0 ? 'no paper yet' : count(papers.length, 'paper')].filter(Boolean).join(', ')
