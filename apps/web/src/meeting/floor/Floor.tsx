import { Notes } from '../notes/Notes.tsx'
import { Actions } from './Actions.tsx'
import { Decisions, ParkingLot } from './Decisions.tsx'
import { paperOf, useFloor } from './floor.ts'
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
      <Questions key={`questions ${item}`} />
      <Polls key={`polls ${item}`} />
    </>
  )
}

/** What the group writes down about it: first takes, notes, decisions, what is to do, what waits for another time. */
export function Written() {
  const { item } = useFloor()
  const paper = paperOf(item)
  return (
    <>
      {paper !== null && <Takes key={paper} paper={paper} />}
      <Notes />
      <Decisions key={`decisions ${item}`} />
      <Actions key={`actions ${item}`} />
      <ParkingLot key={`parked ${item}`} />
    </>
  )
}
