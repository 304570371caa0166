import { Actions } from './Actions.tsx'
import { Decisions, ParkingLot } from './Decisions.tsx'
import { paperOf, useFloor } from './floor.ts'
import { Hands } from './Hands.tsx'
import { Polls } from './Polls.tsx'
import { Questions } from './Questions.tsx'
import { Takes } from './Takes.tsx'

/** The whole floor of the item that is shown, in the order in which a discussion uses it. */
export function Floor() {
  const { item } = useFloor()
  const paper = paperOf(item)
  return (
    <>
      {paper !== null && <Takes key={paper} paper={paper} />}
      <Hands />
      <Questions key={`questions ${item}`} />
      <Polls key={`polls ${item}`} />
      <Decisions key={`decisions ${item}`} />
      <Actions key={`actions ${item}`} />
      <ParkingLot key={`parked ${item}`} />
    </>
  )
}
