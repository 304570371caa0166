import { type SwapAsked, takeBackSwap } from '@paperboard/shared/swaps'
import type { ReactNode } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/states.tsx'
import styles from './RotaPage.module.css'
import { answer } from './rotaActs.ts'

/** Swaps that one is asked for, those that one has asked for, and those that were declined. */
export function Swaps() {
  const view = useGroupView()
  const { group, me, groupRoom, nameOf } = view
  const swaps = useView(groupRoom, views.swaps)
  const sessions = useView(groupRoom, views.sessions)
  const presenters = useView(groupRoom, views.presenters)
  const dayOf = (key: string | null) => dayNear(sessions.find(session => session.key === key)?.day ?? group.today, group.today)
  /** What was declined is told as long as it still stands in one's way. */
  const isMineAhead = (key: string) =>
    presenters.some(({ session, member }) => session === key && member === me.id) && sessions.some(session => session.key === key && session.day >= group.today)
  const noticeOf = ({ key, state, asker, member, mine, theirs }: SwapAsked): ReactNode => {
    if (state === 'open' && member === me.id)
      return (
        <Notice
          key={key}
          action={
            <span className={styles.acts}>
              <Button size="small" variant="primary" onClick={() => answer(view, key, true)}>
                Accept
              </Button>
              <Button size="small" onClick={() => answer(view, key, false)}>
                Decline
              </Button>
            </span>
          }
        >
          {theirs === null
            ? `${nameOf(asker)} asks you to present instead of them on ${dayOf(mine)}.`
            : `${nameOf(asker)} asks to swap: you would present on ${dayOf(mine)}, and they on ${dayOf(theirs)}.`}
        </Notice>
      )
    if (asker !== me.id || !isMineAhead(mine)) return null
    const takeBack = () => takeBackSwap(groupRoom.doc, key)
    if (state === 'open')
      return (
        <Notice
          key={key}
          action={
            <Button size="small" onClick={takeBack}>
              Take back
            </Button>
          }
        >
          {theirs === null
            ? `You have asked ${nameOf(member)} to present instead of you on ${dayOf(mine)}. Until they accept it is yours.`
            : `You have asked ${nameOf(member)} to swap: they would present on ${dayOf(mine)}, and you on ${dayOf(theirs)}.`}
        </Notice>
      )
    if (state === 'declined')
      return (
        <Notice
          key={key}
          tone="warn"
          action={
            <Button size="small" onClick={takeBack}>
              Understood
            </Button>
          }
        >
          {nameOf(member)} cannot {theirs === null ? 'stand in' : 'swap'}: you still present on {dayOf(mine)}.
        </Notice>
      )
    return null
  }
  return swaps.map(noticeOf)
}
