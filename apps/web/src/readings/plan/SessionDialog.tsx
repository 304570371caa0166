import { limits } from '@paperboard/shared/limits'
import type { PlanSession } from '@paperboard/shared/plan'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import styles from './Plan.module.css'
import { changeWhen, plan, whyNotSession } from './planActs.ts'

/** Minutes of a session, unless somebody says otherwise. */
const usualMinutes = 60

/** When and where a session is: a new one, or one to change. */
export function SessionDialog({ session, onClose }: { session?: PlanSession | undefined; onClose: () => void }) {
  const view = useGroupView()
  const form = useId()
  const [day, setDay] = useState(session?.day ?? view.group.today)
  const [time, setTime] = useState(session?.time ?? (session === undefined ? '16:00' : ''))
  const [minutes, setMinutes] = useState(String(session?.minutes ?? usualMinutes))
  const [title, setTitle] = useState(session?.title ?? '')
  const [place, setPlace] = useState(session?.place ?? '')
  const send = () => {
    const to = {
      day,
      time: time === '' ? null : time,
      minutes: Number(minutes) || usualMinutes,
      title: title.trim(),
      place: place.trim(),
      cancelled: session?.cancelled ?? false,
    }
    if (session === undefined ? plan(view, to) : changeWhen(view, session, to)) onClose()
  }
  return (
    <Dialog
      title={session === undefined ? 'Plan a session' : 'Change the session'}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} denied={whyNotSession(view)}>
            {session === undefined ? 'Plan it' : 'Save'}
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
        <TextField label="Day" type="date" required value={day} onChange={event => setDay(event.target.value)} />
        <TextField label="Time" type="time" value={time} hint={`By the clock of ${view.group.timeZone}`} onChange={event => setTime(event.target.value)} />
        <TextField
          label="Minutes"
          type="number"
          min={5}
          max={limits.sessionMinutes}
          required
          value={minutes}
          onChange={event => setMinutes(event.target.value)}
        />
        <TextField label="Place" maxLength={limits.placeLength} value={place} onChange={event => setPlace(event.target.value)} />
        <div className={styles.whole}>
          <TextField
            label="What it is about"
            hint="May stay empty: its papers tell."
            maxLength={limits.titleLength}
            value={title}
            onChange={event => setTitle(event.target.value)}
          />
        </div>
      </form>
    </Dialog>
  )
}
