import { addDays, type Day, weekday } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { ruleFrom, ruleWords, type SimpleRule } from '@paperboard/shared/schedule'
import { comingDays } from '@paperboard/shared/scheduleDays'
import { useId, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import styles from './NewScheduleDialog.module.css'
import { makeSchedule } from './scheduleActs.ts'
import { scheduleWords } from './words.ts'

/** Days that are shown before anything is planned. */
const shown = 5

/** The rules that begin on a day: every so many weeks, or as which of its weekdays in the month it is. */
function rulesOn(day: Day): string[] {
  const on = weekday(day)
  const nth = Math.ceil(Number(day.slice(8)) / 7)
  const simple: SimpleRule[] = [1, 2, 3, 4].map(weeks => ({ every: 'week', weeks, weekday: on }))
  if (nth === 1 || nth === 2 || nth === 3 || nth === 4) simple.push({ every: 'month', which: nth, weekday: on })
  if (addDays(day, 7).slice(0, 7) !== day.slice(0, 7)) simple.push({ every: 'month', which: -1, weekday: on })
  return simple.map(ruleFrom)
}

/** Makes a schedule: said in words, with its first days, before anything is planned. */
export default function NewScheduleDialog({ onClose }: { onClose: () => void }) {
  const view = useGroupView()
  const { group, groupRoom } = view
  const form = useId()
  const holidays = useView(groupRoom, views.holidays)
  const [from, setFrom] = useState(group.today)
  const [until, setUntil] = useState('')
  const [time, setTime] = useState('14:00')
  const [minutes, setMinutes] = useState('60')
  const [how, setHow] = useState(0)
  const [place, setPlace] = useState('')
  const rules = rulesOn(from)
  const rule = rules[how] ?? rules[0] ?? ''
  const schedule = {
    rule,
    from,
    until: until === '' ? null : until,
    time: time === '' ? null : time,
    minutes: Math.min(limits.sessionMinutes, Math.max(5, Number(minutes) || 60)),
    title: '',
    place: place.trim(),
  }
  const days = (comingDays({ ...schedule, out: [], also: [] }, from > group.today ? from : group.today, 2 * shown) ?? []).filter(
    day => !holidays.some(holiday => holiday.day === day),
  )
  const denied = days.length === 0 ? 'It has no day from today on.' : null
  return (
    <Dialog
      title="New schedule"
      lead="The rule counts from the first day. Single sessions can be moved, called off and added later."
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} denied={denied}>
            Plan these sessions
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.fields}
        onSubmit={event => {
          event.preventDefault()
          if (denied !== null) return
          makeSchedule(view, schedule)
          onClose()
        }}
      >
        <TextField
          label="First day"
          type="date"
          required
          min={limits.firstBoardDay}
          value={from}
          onChange={event => setFrom(event.target.value || group.today)}
        />
        <TextField label="Last day" type="date" min={from} hint="Empty for no end" value={until} onChange={event => setUntil(event.target.value)} />
        <div className={styles.whole}>
          <Select label="How often" value={how} onChange={event => setHow(Number(event.target.value))}>
            {rules.map((each, n) => (
              <option key={each} value={n}>
                {ruleWords(each)}
              </option>
            ))}
          </Select>
        </div>
        <TextField label="Time" type="time" value={time} onChange={event => setTime(event.target.value)} />
        <TextField
          label="Minutes"
          type="number"
          min={5}
          max={limits.sessionMinutes}
          step={5}
          value={minutes}
          onChange={event => setMinutes(event.target.value)}
        />
        <div className={styles.whole}>
          <TextField label="Place" maxLength={limits.placeLength} value={place} onChange={event => setPlace(event.target.value)} />
        </div>
        <p className={`${styles.whole} ${styles.words}`} aria-live="polite">
          <strong>{scheduleWords(schedule, group.timeZone)}.</strong>{' '}
          {days.length === 0
            ? denied
            : `${days
                .slice(0, shown)
                .map(day => dayNear(day, group.today))
                .join(', ')}${days.length > shown ? ' and so on' : ''}.`}
        </p>
      </form>
    </Dialog>
  )
}
