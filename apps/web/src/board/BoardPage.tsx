import { type BoardOrder, boardOrders } from '@paperboard/shared/board'
import { Day } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { useEffect, useMemo } from 'react'
import { useRoom, useView } from '../live/hooks.ts'
import { peopleOnBoard } from '../live/views.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { useTitle } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { BoardView } from './BoardView.tsx'
import { type Board, BoardContext, useGroupView } from './board.ts'
import { Connection } from './Connection.tsx'
import { dayShort } from './dates.ts'
import { GroupFrame } from './GroupFrame.tsx'
import { type Looks, useLooks } from './looks.ts'
import { Presence } from './Presence.tsx'
import { SetAside } from './SetAside.tsx'

/** The board of one day: the group's today, unless a day is named. */
export default function BoardPage({ group, day }: { group: string; day?: string }) {
  const [looks, setLooks] = useLooks(boardOrders)
  if (day !== undefined && !Day.safeParse(day).success)
    return /^\d/.test(day) ? <NotFoundPage title="There is no such day">A day is written 2026-11-24.</NotFoundPage> : <NotFoundPage />
  return (
    <GroupFrame group={group}>
      <BoardOfDay day={day} looks={looks} onLooks={setLooks} />
    </GroupFrame>
  )
}

function BoardOfDay({ day, looks, onLooks }: { day?: string; looks: Looks<BoardOrder>; onLooks: (looks: Looks<BoardOrder>) => void }) {
  const view = useGroupView()
  const at = day ?? view.group.today
  const room = useRoom(boardRoom(view.group.id, at), view.me.id)
  const board = useMemo((): Board => ({ ...view, day: at, room }), [view, at, room])
  const people = useView(room, peopleOnBoard)
  useEffect(() => view.meet(people), [view.meet, people])
  useTitle(`${dayShort(at)} · ${view.group.name}`)
  return (
    <BoardContext value={board}>
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[room, view.groupRoom]} />
      </ShellSlot>
      <SetAside />
      <BoardView key={at} looks={looks} onLooks={onLooks} />
    </BoardContext>
  )
}
