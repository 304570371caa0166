import { limits } from '@paperboard/shared/limits'
import type { PlanSession } from '@paperboard/shared/plan'
import { type ReadingRole, readingRoles } from '@paperboard/shared/readingRoles'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { useLastBoard } from '../../board/boardsOf.ts'
import { dayNear } from '../../board/dates.ts'
import { roleNames } from '../../board/names.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { type Chosen, PersonChoice } from './PersonChoice.tsx'
import styles from './Plan.module.css'
import { type Handing, hand, nameOutside, whyNotHand, whyNotPlan } from './planActs.ts'
import { titleIn, usePlanPage } from './usePlan.ts'

interface AssignDialogProps {
  session: PlanSession
  paper: string | null
  role: ReadingRole
  onClose: () => void
}

/** Puts somebody down for a paper of a session: a name typed, Enter, done. */
export default function AssignDialog({ session, paper, role: first, onClose }: AssignDialogProps) {
  const view = useGroupView()
  const { group, me, nameOf } = view
  const { papers } = usePlanPage()
  const form = useId()
  const [chosen, choose] = useState<Chosen | null>(null)
  const [role, setRole] = useState(first)
  const [part, setPart] = useState('')
  const [due, setDue] = useState('')
  const board = useLastBoard(group.id, paper)
  const handing = (member: string): Handing => ({ session, paper, board: board ?? group.today, member, role, part: part.trim(), due: due === '' ? null : due })
  const denied = chosen === null ? 'Choose somebody first.' : chosen.outside ? whyNotPlan(view, session.key) : whyNotHand(view, handing(chosen.member))
  const send = (to: Chosen | null) => {
    if (to === null) return
    const done = to.outside ? nameOutside(view, session, { name: to.name, role, paper }) : hand(view, handing(to.member))
    if (done) onClose()
  }
  const who = chosen === null ? '' : chosen.outside ? chosen.name : chosen.member === me.id ? 'yourself' : (nameOf(chosen.member).split(' ')[0] ?? '')
  return (
    <Dialog
      title="Assign"
      lead={
        <>
          {paper === null ? 'The paper is open' : <MathText>{titleIn(papers, paper)}</MathText>} · {dayNear(session.day, group.today)}
        </>
      }
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} denied={denied}>
            {chosen === null ? 'Put down' : `Put ${who} down`}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          send(chosen)
        }}
      >
        <div className={styles.whole}>
          <PersonChoice session={session} chosen={chosen} onChoose={choose} onEnter={send} />
        </div>
        <div className={styles.whole}>
          <p className={styles.label} aria-hidden="true">
            As
          </p>
          <Segmented label="As" options={readingRoles.map(value => ({ value, label: roleNames[value] }))} value={role} onChange={setRole} />
        </div>
        {chosen?.outside ? (
          <p className={styles.whole}>Somebody from outside has no account: they are named in the plan, and not reminded.</p>
        ) : (
          <>
            <TextField
              label="Part"
              placeholder={paper === null ? '' : 'The whole paper'}
              hint="For example Sec. 3, or Fig. 2"
              maxLength={limits.partLength}
              value={part}
              onChange={event => setPart(event.target.value)}
            />
            <TextField label="Due" type="date" hint="Without a date: with the session" value={due} onChange={event => setDue(event.target.value)} />
          </>
        )}
      </form>
    </Dialog>
  )
}
