import { sayAway } from '@paperboard/shared/absences'
import { weekday } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { mayPlan } from '@paperboard/shared/rules'
import { addSchedule, ruleFrom } from '@paperboard/shared/schedule'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { serverNow } from '../../live/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './RotaPage.module.css'
import { offer } from './rotaActs.ts'
import { scheduleWords } from './words.ts'

function Line({ children, label, onSend }: { children: ReactNode; label: string; onSend: () => void }) {
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSend()
  }
  return (
    <form className={styles.form} aria-label={label} onSubmit={send}>
      {children}
      <Button type="submit">{label}</Button>
    </form>
  )
}

export function OfferForm() {
  const view = useGroupView()
  const [text, setText] = useState('')
  const send = () => {
    offer(view, text.trim())
    setText('')
  }
  return (
    <Line label="Offer to present" onSend={send}>
      <TextField label="What (you may leave it open)" maxLength={limits.reasonLength} value={text} onChange={event => setText(event.target.value)} />
    </Line>
  )
}

export function AbsenceForm() {
  const { group, me, groupRoom } = useGroupView()
  const [from, setFrom] = useState(group.today)
  const [to, setTo] = useState(group.today)
  const send = () => {
    if (from === '' || to === '' || to < from) return void toast('An absence ends on the day it begins, or later.', { tone: 'warn' })
    sayAway(groupRoom.doc, { from, to, me: me.id, now: serverNow() })
  }
  return (
    <Line label="I am away" onSend={send}>
      <TextField label="From" type="date" required value={from} onChange={event => setFrom(event.target.value)} />
      <TextField label="To" type="date" required value={to} onChange={event => setTo(event.target.value)} />
    </Line>
  )
}

/** For organizers: how often, from when, and at what time; said in words before it is planned. */
export function ScheduleForm() {
  const { group, me, groupRoom } = useGroupView()
  const [from, setFrom] = useState(group.today)
  const [time, setTime] = useState('14:00')
  const [how, setHow] = useState('1')
  if (mayPlan(me) !== null || from === '') return null
  const rule =
    how === 'first' || how === 'last'
      ? ruleFrom({ every: 'month', which: how === 'first' ? 1 : -1, weekday: weekday(from) })
      : ruleFrom({ every: 'week', weeks: Number(how), weekday: weekday(from) })
  const schedule = { rule, from, until: null, time: time === '' ? null : time, minutes: 60, title: '', place: '', at: serverNow() }
  return (
    <Line
      label="Plan these sessions"
      onSend={() => {
        addSchedule(groupRoom.doc, me.id, schedule)
        toast('The sessions of the coming half year are being planned')
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
      <TextField label="Time" type="time" value={time} onChange={event => setTime(event.target.value)} />
      <Select label="How often" value={how} onChange={event => setHow(event.target.value)} hint={scheduleWords(schedule, group.timeZone)}>
        <option value="1">Every week</option>
        <option value="2">Every second week</option>
        <option value="3">Every third week</option>
        <option value="4">Every fourth week</option>
        <option value="first">The first such weekday of each month</option>
        <option value="last">The last such weekday of each month</option>
      </Select>
    </Line>
  )
}
