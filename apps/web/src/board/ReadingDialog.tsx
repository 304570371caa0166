import { addDays, type Day, weekday } from '@paperboard/shared/days'
import type { AssignedReading } from '@paperboard/shared/group'
import { limits } from '@paperboard/shared/limits'
import { type ReadingRole, readingRoles } from '@paperboard/shared/readingRoles'
import { use, useId, useState } from 'react'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { toast } from '../ui/toast.ts'
import { assign, change, whyNotAssign } from './acts.ts'
import { BoardContext, useGroupView } from './board.ts'
import { useLastBoard } from './boardsOf.ts'
import { dayBrief } from './dates.ts'
import { roleNames } from './names.ts'
import styles from './ReadingDialog.module.css'

interface ReadingDialogProps {
  paper: string | null
  title?: Parameters<typeof titleOf>[0] | undefined
  /** A reading to change; else a new one is handed out. */
  reading?: AssignedReading
  onClose: () => void
}

/** The next Friday: when reading groups most often want to be ready. */
const nextFriday = (today: Day) => addDays(today, (4 - weekday(today) + 7) % 7 || 7)

/** Hands a paper to a member, or changes how. */
export default function ReadingDialog({ paper, title, reading, onClose }: ReadingDialogProps) {
  const view = useGroupView()
  const { group, me, nameOf } = view
  // On pages of the group there is no board around it.
  const here = use(BoardContext)?.day
  const last = useLastBoard(group.id, here === undefined ? paper : null)
  const day = here ?? last ?? group.today
  const form = useId()
  const [member, setMember] = useState(reading?.member ?? me.id)
  const [role, setRole] = useState<ReadingRole>(reading?.role ?? 'presenter')
  const [part, setPart] = useState(reading?.part ?? '')
  const [due, setDue] = useState(reading?.setDue ?? '')
  const wish = { paper, board: reading?.board ?? day, member, role, part: part.trim(), due: due === '' ? null : due }
  const denied = reading === undefined ? whyNotAssign(view, wish) : null
  const present = group.members.filter(({ gone }) => !gone)

  const send = () => {
    if (denied !== null) return
    if (reading !== undefined) change(view, reading.key, wish)
    else if (!assign(view, wish)) return
    else toast(member === me.id ? 'Added to your readings' : `Handed to ${nameOf(member)}`)
    onClose()
  }
  return (
    <Dialog
      title={reading === undefined ? 'Assign a reading' : 'Change the reading'}
      lead={title !== undefined && <MathText>{titleOf(title)}</MathText>}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} denied={denied}>
            {reading !== undefined ? 'Save' : member === me.id ? 'Take it' : `Hand it to ${nameOf(member).split(' ')[0]}`}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <Select label="Who" value={member} disabled={reading !== undefined} error={denied} onChange={event => setMember(event.target.value)}>
          {present.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === me.id ? `${name} (you)` : name}
            </option>
          ))}
          {!present.some(({ id }) => id === member) && <option value={member}>{nameOf(member)}</option>}
        </Select>
        <div>
          <p className={styles.label} aria-hidden="true">
            As
          </p>
          <Segmented label="As" options={readingRoles.map(value => ({ value, label: roleNames[value] }))} value={role} onChange={setRole} />
        </div>
        <TextField
          label="Part"
          placeholder="The whole paper"
          hint="For example Sec. 3, or Fig. 2"
          maxLength={limits.partLength}
          value={part}
          onChange={event => setPart(event.target.value)}
        />
        <div>
          <TextField label="Due" type="date" value={due} onChange={event => setDue(event.target.value)} />
          <div className={styles.dues}>
            {[nextFriday(group.today), addDays(nextFriday(group.today), 7)].map(each => (
              <Button key={each} size="small" variant="quiet" aria-pressed={due === each} onClick={() => setDue(each)}>
                {dayBrief(each)}
              </Button>
            ))}
            {due !== '' && (
              <Button size="small" variant="quiet" onClick={() => setDue('')}>
                No date
              </Button>
            )}
          </div>
        </div>
      </form>
    </Dialog>
  )
}
