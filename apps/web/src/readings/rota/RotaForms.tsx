import { sayAway } from '@paperboard/shared/absences'
import { limits } from '@paperboard/shared/limits'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { serverNow } from '../../live/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './RotaPage.module.css'
import { offer } from './rotaActs.ts'

/** Fields beside each other, and what sends them. */
export function Line({ children, label, onSend }: { children: ReactNode; label: string; onSend: () => void }) {
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
