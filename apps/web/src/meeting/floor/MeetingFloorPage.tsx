import type { Paper } from '@paperboard/shared/api'
import { floorOf, type MeetingItem, meetingOf } from '@paperboard/shared/meetingFloor'
import { meetingRoom } from '@paperboard/shared/room'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { sentenceOf } from '../../api.ts'
import { Abstract } from '../../board/Abstract.tsx'
import { Authors } from '../../board/Authors.tsx'
import { useGroupView } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { GroupFrame } from '../../board/GroupFrame.tsx'
import { listed } from '../../board/names.ts'
import { PaperLinks } from '../../board/PaperLinks.tsx'
import { SetAside } from '../../board/SetAside.tsx'
import { sameList } from '../../board/shown.ts'
import { tuneClock } from '../../live/clock.ts'
import { useMyPresence, usePresence, useRoom, useRoomState, useView } from '../../live/hooks.ts'
import { view } from '../../live/views.ts'
import { titleOf as titleOfPaper } from '../../paper/links.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { AvatarStack } from '../../ui/Avatar.tsx'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { PresentIcon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useTitle } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { ErrorState, Notice, SkeletonText } from '../../ui/states.tsx'
import { bringTo } from './acts.ts'
import { Clock } from './Clock.tsx'
import { Talk, Written } from './Floor.tsx'
import { FloorNews } from './FloorNews.tsx'
import { FloorContext, type FloorView, useFloor } from './floor.ts'
import { useItems, useMeetingPapers } from './items.ts'
import styles from './MeetingFloorPage.module.css'
import { titleOf } from './MeetingsPage.tsx'
import { askTime, meetingsQuery, useMeetingAct } from './meetings.ts'
import { FloorOnScreen } from './OnScreen.tsx'
import { Ready } from './Ready.tsx'

const floorNow = view(['floor'], floorOf)
const stateNow = view(['meeting'], meetingOf)

/** A meeting, on a member's screen or, with `screen`, on a projector. */
export default function MeetingFloorPage({ group, meeting, screen = false }: { group: string; meeting: string; screen?: boolean }) {
  return (
    <GroupFrame group={group}>
      <Opened meeting={meeting} screen={screen} />
    </GroupFrame>
  )
}

function Opened({ meeting, screen }: { meeting: string; screen: boolean }) {
  const groupView = useGroupView()
  const { group, me } = groupView
  const room = useRoom(meetingRoom(group.id, meeting), me.id)
  const { known, why } = useRoomState(room)
  const { data, error, refetch } = useQuery(meetingsQuery(group.id))
  const summary = data?.find(({ id }) => id === meeting)
  const now = useView(room, floorNow)
  const [looking, setLooking] = useState<MeetingItem | null>(null)
  const at = now?.item ?? 'lobby'
  const item = looking ?? at
  const items = useItems(groupView, room, summary?.session ?? null)
  const papers = useMeetingPapers(group.id, items)
  const title = summary === undefined ? 'Meeting' : titleOf(summary)
  useTitle(title)
  useMyPresence(room, { item, ...(screen ? { screen: true as const } : {}) })
  useEffect(() => {
    // Without a connection the clock stays as it was told last.
    tuneClock(askTime).catch(() => undefined)
  }, [])
  const floor = useMemo((): FloorView => {
    const nameOf = (paper: string) => {
      const known = papers.get(paper)
      return known === undefined ? 'a paper' : titleOfPaper(known)
    }
    return { ...groupView, meeting, room, item, titleOf: nameOf }
  }, [groupView, meeting, room, item, papers])
  if (data === undefined && error !== null && !known) return <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
  if (why === 'noRoom' || (data !== undefined && summary === undefined))
    return <ErrorState title="There is no such meeting">Perhaps the address is of another group.</ErrorState>
  if (!known) return <SkeletonText lines={4} label="Loading the meeting" />
  return (
    <FloorContext value={floor}>
      {screen ? (
        <OnScreen title={title} papers={papers} />
      ) : (
        <>
          <ShellSlot slot="connection">
            <Connection rooms={[room, groupView.groupRoom]} />
          </ShellSlot>
          <ShellSlot slot="banner">
            <SetAside />
          </ShellSlot>
          <InRoom title={title} at={at} items={items} papers={papers} onLook={to => setLooking(to === floorOf(room.doc)?.item ? null : to)} />
        </>
      )}
    </FloorContext>
  )
}

/** What an item is called. */
const nameOfItem = (item: MeetingItem, papers: ReadonlyMap<string, Paper>) => {
  if (item === 'lobby') return 'Lobby'
  if (item === 'closing') return 'Closing'
  const paper = papers.get(item)
  return paper === undefined ? 'A paper' : titleOfPaper(paper)
}

interface InRoomProps {
  title: string
  /** Where the facilitator is. */
  at: MeetingItem
  items: readonly MeetingItem[]
  papers: ReadonlyMap<string, Paper>
  onLook: (item: MeetingItem) => void
}

function InRoom({ title, at, items, papers, onLook }: InRoomProps) {
  const floor = useFloor()
  const { item } = floor
  const facilitates = useFacilitates()
  const next = items[items.indexOf(at) + 1]
  useKeys([
    {
      keys: 'n',
      does: 'Take everyone to the next item',
      under: 'In a meeting',
      when: () => facilitates,
      act: () => next !== undefined && bringTo(floor, next) && onLook(next),
    },
  ])
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <p className={styles.meeting}>{title}</p>
        <Lead />
      </header>
      <nav className={styles.rail} aria-label="Agenda">
        <ol>
          {items.map(each => (
            <li key={each}>
              <button type="button" className={styles.stop} aria-current={each === item ? 'page' : undefined} onClick={() => onLook(each)}>
                <span className={styles.stopName}>
                  <MathText>{nameOfItem(each, papers)}</MathText>
                </span>
                {each === at && <span className={styles.now}>now</span>}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <section className={styles.item} aria-label="What is shown">
        {item !== at && <Elsewhere at={at} papers={papers} onLook={onLook} />}
        <Item papers={papers} at={at} />
        <Ready />
      </section>
      <aside className={styles.talk} aria-label="Who speaks, questions and polls">
        <Talk />
      </aside>
      <section className={styles.written} aria-label="What the group writes down">
        <Written />
      </section>
      <FloorNews />
    </div>
  )
}

/** Whether I am the facilitator: who leads moves all. */
const useFacilitates = () => {
  const { room, me } = useFloor()
  const now = useView(room, floorNow)
  const { state } = useView(room, stateNow)
  return state !== 'ended' && now?.facilitator === me.id
}

/** One looks around, and comes back; the facilitator brings all along. */
function Elsewhere({ at, papers, onLook }: Pick<InRoomProps, 'at' | 'papers' | 'onLook'>) {
  const floor = useFloor()
  const facilitates = useFacilitates()
  const { state } = useView(floor.room, stateNow)
  if (state === 'ended') return null
  const bring = () => {
    if (bringTo(floor, floor.item)) onLook(floor.item)
  }
  return (
    <Notice
      action={
        <span className={styles.acts}>
          <Button size="small" onClick={() => onLook(at)}>
            Back to the meeting
          </Button>
          {facilitates && (
            <Button size="small" variant="primary" onClick={bring}>
              Bring everyone here
            </Button>
          )}
        </span>
      }
    >
      You look around. The meeting is at: <MathText>{nameOfItem(at, papers)}</MathText>
    </Notice>
  )
}

function Item({ papers, at }: Pick<InRoomProps, 'papers' | 'at'>) {
  const { item, group } = useFloor()
  const facilitates = useFacilitates()
  const [unfolded, setUnfolded] = useState(false)
  const paper = papers.get(item)
  return (
    <>
      <h1 className={styles.title}>
        <MathText>{nameOfItem(item, papers)}</MathText>
      </h1>
      {item === 'lobby' && <Here />}
      {item === 'closing' && <p className={styles.lead}>What was decided, what is to do, and what waits for another time.</p>}
      {paper !== undefined && (
        <>
          <Authors authors={paper.authors} />
          <div className={styles.links}>
            <PaperLinks paper={paper} />
            <ButtonLink href={paths.paper(group.id, paper.id)} variant="quiet" size="small">
              What was said on it
            </ButtonLink>
          </div>
          <Abstract text={paper.abstract} unfolded={unfolded} onToggle={() => setUnfolded(!unfolded)} />
        </>
      )}
      {item !== 'lobby' && <Clock item={item} facilitates={facilitates && item === at} />}
    </>
  )
}

/** Who is in the meeting now. */
function Here() {
  const { room, nameOf } = useFloor()
  const ids = usePresence(room, here => [...here.keys()].sort(), sameList)
  const people = ids.map(id => ({ id, name: nameOf(id) }))
  if (people.length === 0) return <p className={styles.lead}>Nobody else is here yet.</p>
  const names = listed(people.map(({ name }) => name))
  return (
    <p className={styles.lead}>
      <AvatarStack people={people} label={`Here: ${names}`} max={12} size="medium" /> {names} {people.length === 1 ? 'is' : 'are'} here.
    </p>
  )
}

/** Who leads, and what leading takes: starting, handing on, ending. */
function Lead() {
  const floor = useFloor()
  const { room, me, group, meeting, nameOf } = floor
  const now = useView(room, floorNow)
  const { state } = useView(room, stateNow)
  const act = useMeetingAct(group.id, meeting)
  const [ending, setEnding] = useState(false)
  const facilitates = now?.facilitator === me.id
  const here = usePresence(room, all => [...all.keys()].sort(), sameList)
  const alone = now === null || !here.includes(now.facilitator)
  const mayTake = !facilitates && me.role !== 'guest' && (alone || me.role === 'owner' || me.role === 'organizer')
  return (
    <div className={styles.acts}>
      <span className={styles.leader}>
        {state === 'ended' ? 'The meeting has ended' : now === null ? 'Nobody leads' : facilitates ? 'You lead' : `${nameOf(now.facilitator)} leads`}
      </span>
      {state !== 'ended' && (
        <>
          {facilitates && <HandOn here={here} onChoose={lead => act.mutate({ lead })} />}
          {mayTake && (
            <Button size="small" busy={act.isPending} onClick={() => act.mutate({ lead: me.id })}>
              Lead it
            </Button>
          )}
          <ButtonLink href={paths.meetingScreen(group.id, meeting)} size="small" variant="quiet" icon={PresentIcon}>
            Projector
          </ButtonLink>
          {state === 'planned' && me.role !== 'guest' && (
            <Button size="small" variant="primary" busy={act.isPending} onClick={() => act.mutate('start')}>
              Start the meeting
            </Button>
          )}
          {state === 'live' && facilitates && (
            <Button size="small" onClick={() => setEnding(true)}>
              End…
            </Button>
          )}
        </>
      )}
      {ending && (
        <ConfirmDialog
          title="End the meeting?"
          confirm="End the meeting"
          danger={false}
          busy={act.isPending}
          onConfirm={() => act.mutate('end', { onSuccess: () => setEnding(false) })}
          onClose={() => setEnding(false)}
        >
          Polls that are open are closed, and readings are handed out. What was said stays as it is.
        </ConfirmDialog>
      )}
    </div>
  )
}

/** The facilitator hands the floor to somebody who is here. */
function HandOn({ here, onChoose }: { here: readonly string[]; onChoose: (member: string) => void }) {
  const { group, me } = useFloor()
  const others = group.members.filter(({ id, gone, role }) => id !== me.id && !gone && role !== 'guest' && here.includes(id))
  if (others.length === 0) return null
  return (
    <select className={styles.hand} aria-label="Hand the lead to" value="" onChange={event => onChoose(event.target.value)}>
      <option value="">Hand on to…</option>
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** For all in the room: what is discussed, in type that is read from the last row. */
function OnScreen({ title, papers }: Pick<InRoomProps, 'title' | 'papers'>) {
  const { item } = useFloor()
  const paper = papers.get(item)
  return (
    <main className={styles.screen}>
      <p className={styles.meeting}>{title}</p>
      <h1 className={styles.screenTitle}>
        <MathText>{nameOfItem(item, papers)}</MathText>
      </h1>
      {paper !== undefined && <p className={styles.screenAuthors}>{paper.authors.slice(0, 4).join(', ')}</p>}
      {item === 'lobby' ? <Here /> : <Clock item={item} facilitates={false} large />}
      <FloorOnScreen />
    </main>
  )
}
