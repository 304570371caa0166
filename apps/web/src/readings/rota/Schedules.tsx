import { limits } from '@paperboard/shared/limits'
import { mayPlan } from '@paperboard/shared/rules'
import type { PlannedSchedule } from '@paperboard/shared/schedule'
import { comingDays } from '@paperboard/shared/scheduleDays'
import { lazy, Suspense, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayBrief, dayShort } from '../../board/dates.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { Line } from './RotaForms.tsx'
import styles from './RotaPage.module.css'
import { addHoliday, removeHoliday } from './scheduleActs.ts'
import { scheduleWords } from './words.ts'

const NewScheduleDialog = lazy(() => import('./NewScheduleDialog.tsx'))
const ScheduleDialog = lazy(() => import('./ScheduleDialog.tsx'))

/** When the group meets by a rule, its next days, and the days on which it never does. */
export function Schedules() {
  const { group, me, groupRoom } = useGroupView()
  const schedules = useView(groupRoom, views.schedules).filter(({ until }) => until === null || until >= group.today)
  const [open, setOpen] = useState<'new' | string | null>(null)
  const changing = schedules.find(({ key }) => key === open)
  const plans = mayPlan(me) === null
  return (
    <Section title="Schedule" hint={`Sessions are planned half a year ahead, by the clock of ${group.timeZone}.`}>
      {schedules.length === 0 && <p className={styles.none}>The group meets by no rule yet.</p>}
      <ul className={styles.list} aria-label="Schedules">
        {schedules.map(schedule => (
          <li key={schedule.key} className={styles.line}>
            <span>
              {scheduleWords(schedule, group.timeZone)}
              <NextDays schedule={schedule} />
            </span>
            {plans && (
              <Button size="small" onClick={() => setOpen(schedule.key)}>
                Days…
              </Button>
            )}
          </li>
        ))}
      </ul>
      {plans && (
        <div className={styles.form}>
          <Button onClick={() => setOpen('new')}>New schedule…</Button>
        </div>
      )}
      <Holidays plans={plans} />
      <Suspense>
        {open === 'new' && <NewScheduleDialog onClose={() => setOpen(null)} />}
        {changing !== undefined && <ScheduleDialog schedule={changing} onClose={() => setOpen(null)} />}
      </Suspense>
    </Section>
  )
}

function NextDays({ schedule }: { schedule: PlannedSchedule }) {
  const { group, groupRoom } = useGroupView()
  const holidays = useView(groupRoom, views.holidays)
  const days = comingDays(schedule, group.today, 8)?.filter(day => !holidays.some(holiday => holiday.day === day))
  if (days === undefined) return null
  return <span className={styles.reason}>{days.length === 0 ? 'No more days' : `Next ${days.slice(0, 4).map(dayBrief).join(', ')}`}</span>
}

function Holidays({ plans }: { plans: boolean }) {
  const view = useGroupView()
  const { group, groupRoom } = view
  const holidays = useView(groupRoom, views.holidays).filter(({ day }) => day >= group.today)
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const send = () => {
    addHoliday(view, { day, name: name.trim() })
    setDay('')
    setName('')
  }
  if (!plans && holidays.length === 0) return null
  return (
    <>
      <h3 className={styles.sub}>Holidays</h3>
      <ul className={styles.list} aria-label="Holidays">
        {holidays.map(holiday => (
          <li key={holiday.day} className={styles.line}>
            <span>
              {dayShort(holiday.day)}
              {holiday.name === '' ? '' : `: ${holiday.name}`}
            </span>
            {plans && (
              <Button size="small" variant="quiet" onClick={() => removeHoliday(view, holiday)}>
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
      {plans && (
        <Line label="No sessions that day" onSend={send}>
          <TextField label="Day" type="date" required min={group.today} value={day} onChange={event => setDay(event.target.value)} />
          <TextField label="What is it" maxLength={limits.nameLength} value={name} onChange={event => setName(event.target.value)} />
        </Line>
      )}
    </>
  )
}
