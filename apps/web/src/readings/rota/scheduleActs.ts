/** What organizers do with schedules: at once on the live document, with a way back. */
import type { Day } from '@paperboard/shared/days'
import { addSchedule, type PlannedSchedule, type Schedule } from '@paperboard/shared/schedule'
import { declareHoliday, dropHoliday, endAfter, leaveOut, meetAlso, takeIn } from '@paperboard/shared/scheduleDays'
import type { GroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { serverNow } from '../../live/clock.ts'
import { toast } from '../../ui/toast.ts'

/** One message at a time for all that is done here. */
const key = 'schedule'
const by = ({ me }: GroupView) => ({ me: me.id, now: serverNow() })

export const makeSchedule = (view: GroupView, schedule: Omit<Schedule, 'at'>) => {
  addSchedule(view.groupRoom.doc, view.me.id, { ...schedule, at: serverNow() })
  toast('The sessions of the coming half year are being planned', { key })
}

/** Leaves a day out, or takes it in again. */
export const meets = (view: GroupView, schedule: PlannedSchedule, { day, on }: { day: Day; on: boolean }) => {
  const act = on ? takeIn : leaveOut
  act(view.groupRoom.doc, schedule, day, by(view))
}

export const addDay = (view: GroupView, schedule: PlannedSchedule, day: Day) => {
  meetAlso(view.groupRoom.doc, schedule, day, by(view))
  toast(`An extra session on ${dayNear(day, view.group.today)}`, { key })
}

export const end = (view: GroupView, schedule: PlannedSchedule, until: Day) => {
  endAfter(view.groupRoom.doc, schedule, until, by(view))
  toast(`The last session is on ${dayNear(until, view.group.today)}, or before`, { key })
}

export const addHoliday = (view: GroupView, holiday: { day: Day; name: string }) => {
  declareHoliday(view.groupRoom.doc, holiday, by(view))
  const undo = () => dropHoliday(view.groupRoom.doc, holiday.day, by(view))
  toast(`No sessions on ${dayNear(holiday.day, view.group.today)}`, { key, action: { label: 'Undo', run: undo } })
}

export const removeHoliday = (view: GroupView, holiday: { day: Day; name: string }) => {
  dropHoliday(view.groupRoom.doc, holiday.day, by(view))
  const undo = () => declareHoliday(view.groupRoom.doc, holiday, by(view))
  toast(`${dayNear(holiday.day, view.group.today)} is no holiday any more`, { key, action: { label: 'Undo', run: undo } })
}
