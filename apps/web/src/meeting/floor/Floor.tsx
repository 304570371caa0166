import { Fragment } from 'react'
import { Next } from '../minutes/Next.tsx'
import { Notes } from '../notes/Notes.tsx'
import { Actions } from './Actions.tsx'
import { Decisions, ParkingLot } from './Decisions.tsx'
import { paperOf, useEnded, useFloor } from './floor.ts'
import { Hands } from './Hands.tsx'
import { Polls } from './Polls.tsx'
import { Questions } from './Questions.tsx'
import { Takes } from './Takes.tsx'

/** What is said about the item that is shown: who speaks, what is asked, what is voted on. */
export function Talk() {
  const { item } = useFloor()
  return (
    <>
      <Hands />
      <Questions />
      <Polls key={`polls ${item}`} />
    </>
  )
}

/** What the group writes down about it: first takes, notes, decisions, what is to do, what waits for another time. */
export function Written() {
  const { item, me } = useFloor()
  const isOver = useEnded() && item === 'closing'
  const paper = paperOf(item)
  // Made anew when the meeting ends, and put before the notes: what is moved loses the focus, and in the notes somebody may write.
  // From item to item the fields stay, and the focus in them.
  const part = isOver ? 'over' : 'floor'
  const decided = (
    <Fragment key={`decided ${part}`}>
      <Decisions />
      <Actions />
      <ParkingLot />
    </Fragment>
  )
  return (
    <>
      {paper !== null && <Takes key={paper} paper={paper} />}
      {isOver && decided}
      <Notes key="notes" />
      {!isOver && decided}
      {isOver && me.role !== 'guest' && <Next />}
    </>
  )
}
