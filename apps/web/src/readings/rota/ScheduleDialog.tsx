import type { Day } from '@paperboard/shared/days'
import type { PlannedSchedule } from '@paperboard/shared/schedule'
import { comingDays, plannedOn } from '@paperboard/shared/scheduleDays'
import { useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayShort } from '../../board/dates.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Line } from './RotaForms.tsx'
import styles from './RotaPage.module.css'
import { addDay, end, meets } from './scheduleActs.ts'
import { scheduleWords } from './words.ts'

/** Days that are listed: a term of weekly sessions. */
const most = 14

/** The days of a schedule: which it leaves out, which it has besides, and which is the last. */
export default function ScheduleDialog({ schedule, onClose }: { schedule: PlannedSchedule; onClose: () => void }) {
  const view = useGroupView()
  const { group, groupRoom } = view
  const holidays = useView(groupRoom, views.holidays)
  const sessions = useView(groupRoom, views.sessions)
  const [extra, setExtra] = useState('')
  const [last, setLast] = useState('')
  const [ending, setEnding] = useState(false)
  const days = comingDays({ ...schedule, out: [] }, group.today, most) ?? [...schedule.also, ...schedule.out].sort()
  const isOff = (day: Day) => schedule.out.includes(day) || plannedOn(sessions, schedule, day)?.cancelled === true
  if (ending)
    return (
      <ConfirmDialog
        title={`End after ${dayShort(last)}?`}
        confirm="End the schedule"
        onClose={() => setEnding(false)}
        onConfirm={() => {
          end(view, schedule, last)
          onClose()
        }}
      >
        Later sessions that are empty are taken out, and those that have papers or presenters are called off. A schedule that has ended does not go on: make a
        new one.
      </ConfirmDialog>
    )
  return (
    <Dialog
      title="Days of the schedule"
      lead={scheduleWords(schedule, group.timeZone)}
      onClose={onClose}
      footer={
        <>
          <ButtonLink variant="quiet" href={paths.plan(group.id)}>
            Move one in the plan
          </ButtonLink>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ul className={styles.list} aria-label="Coming days">
        {days.map(day => {
          const holiday = holidays.find(each => each.day === day)
          const off = isOff(day)
          return (
            <li key={day} className={styles.line} data-off={off || holiday !== undefined || undefined}>
              <span>
                {dayShort(day)}
                <span className={styles.reason}>
                  {holiday !== undefined
                    ? `Holiday${holiday.name === '' ? '' : `: ${holiday.name}`}`
                    : off
                      ? 'Does not take place'
                      : schedule.also.includes(day)
                        ? 'Extra session'
                        : ''}
                </span>
              </span>
              {holiday === undefined && (
                <Button
                  size="small"
                  aria-label={`${off ? 'Meet after all' : 'Do not meet'} on ${dayShort(day)}`}
                  onClick={() => meets(view, schedule, { day, on: off })}
                >
                  {off ? 'Meet after all' : 'Do not meet'}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <Line
        label="Add it"
        onSend={() => {
          addDay(view, schedule, extra)
          setExtra('')
        }}
      >
        <TextField label="Extra session on" type="date" required min={group.today} value={extra} onChange={event => setExtra(event.target.value)} />
      </Line>
      <Line label="End…" onSend={() => setEnding(true)}>
        <TextField label="Last day" type="date" required min={group.today} value={last} onChange={event => setLast(event.target.value)} />
      </Line>
    </Dialog>
  )
}
