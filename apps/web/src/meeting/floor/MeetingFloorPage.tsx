import { MeetingItem, whereAllAre } from '@paperboard/shared/meetingFloor'
import { meetingRoom } from '@paperboard/shared/room'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { isCode, sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { GroupFrame } from '../../board/GroupFrame.tsx'
import { SetAside } from '../../board/SetAside.tsx'
import { useMyPresence, usePresence, useRoom, useRoomState, useView } from '../../live/hooks.ts'
import { useTitle } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { EmptyState, ErrorState, SkeletonText } from '../../ui/states.tsx'
import { AgendaPage } from '../agenda/AgendaPage.tsx'
import { useStandingNews } from '../agenda/agenda.ts'
import { titleOf } from '../titleOf.ts'
import { FloorContext, type FloorView } from './floor.ts'
import { InRoom } from './InRoom.tsx'
import { nameOfItem, useItems, useMeetingPapers } from './items.ts'
import { meetingQuery, useTunedClock } from './meetings.ts'
import { Projector } from './Projector.tsx'
import { Remote } from './Remote.tsx'
import { placeNow, stateNow } from './views.ts'

/** What the meeting is shown on, or of it. */
type Place = 'screen' | 'projector' | 'remote' | 'agenda'

/** A meeting, on a member's screen, on a projector, or as the remote in the hand of who leads; or its agenda alone. */
export default function MeetingFloorPage({ group, meeting, as = 'screen' }: { group: string; meeting: string; as?: Place }) {
  return (
    <GroupFrame group={group}>
      <Opened meeting={meeting} as={as} />
    </GroupFrame>
  )
}

function Opened({ meeting, as }: { meeting: string; as: Place }) {
  const groupView = useGroupView()
  const { group, me, meet } = groupView
  const room = useRoom(meetingRoom(group.id, meeting), me.id)
  const { known, synced, why } = useRoomState(room)
  const { data: summary, error, refetch } = useQuery(meetingQuery(group.id, meeting))
  const at = useView(room, placeNow)
  const [asked, setAsked] = useSearchParams()
  const [looking, setLooking] = useState(() => MeetingItem.safeParse(asked.get('item')).data ?? null)
  const session = summary?.session ?? null
  const items = useItems(groupView, room, { meeting, session })
  const [writing, setWriting] = useState<MeetingItem | null>(null)
  const item = [looking, writing].find(each => each !== null && items.includes(each)) ?? at
  const papers = useMeetingPapers(group.id, items)
  const title = summary === undefined ? 'Meeting' : titleOf(summary)
  useTitle(title)
  // Whoever reads the agenda is not in the meeting.
  useMyPresence(room, as === 'agenda' ? null : { item, ...(as === 'projector' ? { screen: true as const } : {}) })
  const present = usePresence(room, here => [...here.keys()].join())
  useEffect(() => meet(present === '' ? [] : present.split(',')), [meet, present])
  // Once all are where I look, I go along again.
  useEffect(() => setLooking(now => (now === at ? null : now)), [at])
  // At its end all come together, whoever looks around among them.
  const { state } = useView(room, stateNow)
  const before = useRef<typeof state>(null)
  useEffect(() => {
    // What this device has kept may be of before the end: who comes later stays where a link has led them.
    if (!synced) return
    if (state === 'ended' && before.current === 'live') {
      setLooking(null)
      setWriting(null)
      // But for those who write just then.
      if (!(document.activeElement instanceof HTMLElement && document.activeElement.isContentEditable)) window.scrollTo({ top: 0 })
    }
    before.current = state
  }, [state, synced])
  useStandingNews(room, { group: group.id, meeting })
  useTunedClock(synced)
  const floor = useMemo((): FloorView => {
    const look = (to: MeetingItem) => {
      setLooking(to === whereAllAre(room.doc) ? null : to)
      setWriting(null)
      // The address named what was shown first.
      if (asked.has('item')) setAsked({}, { replace: true })
    }
    const nameOf = (paper: string) => (papers.has(paper) ? nameOfItem(paper, papers) : 'a paper')
    return { ...groupView, meeting, session, title, room, items, papers, at, item, look, writing, setWriting, titleOf: nameOf }
  }, [groupView, meeting, session, title, room, items, papers, at, item, writing, asked, setAsked])
  if (why === 'noRoom' || isCode(error, 'not-found')) return <ErrorState title="There is no such meeting">Perhaps the address is of another group.</ErrorState>
  if (why === 'notMember')
    return (
      <EmptyState as="h1" drawing="lost" title="You are no longer in this meeting">
        Whoever leads it has shut the door. Ask them for a link if that was a mistake.
      </EmptyState>
    )
  if (summary === undefined && error !== null && !known) return <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
  if (!known) return <SkeletonText lines={4} label="Loading the meeting" />
  return (
    <FloorContext value={floor}>
      {as === 'projector' ? (
        <Projector />
      ) : as === 'remote' ? (
        <Remote />
      ) : (
        <>
          <ShellSlot slot="connection">
            <Connection rooms={[room, groupView.groupRoom]} />
          </ShellSlot>
          <ShellSlot slot="banner">
            <SetAside />
          </ShellSlot>
          {as === 'agenda' ? <AgendaPage /> : <InRoom />}
        </>
      )}
    </FloorContext>
  )
}
