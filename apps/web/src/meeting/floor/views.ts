/** Views of a meeting's floor. */
import { actionsOf, notedIn } from '@paperboard/shared/decisions'
import { handsOf, readyFor, wordOf } from '@paperboard/shared/hands'
import { floorOf, meetingOf } from '@paperboard/shared/meetingFloor'
import { pollsOf } from '@paperboard/shared/polls'
import { questionsOf } from '@paperboard/shared/questions'
import { takesOf } from '@paperboard/shared/takes'
import { view, viewBy } from '../../live/views.ts'

/** Who leads, and where the meeting is. */
export const floorNow = view(['floor'], floorOf)
/** Whether it is planned, live or ended. */
export const stateNow = view(['meeting'], meetingOf)
export const questions = view(['questions', 'questionVotes', 'answered'], questionsOf)
export const hands = view(['hands'], handsOf)
export const word = view(['word'], wordOf)
export const readyOf = viewBy((item: string) => view(['ready'], doc => readyFor(doc, item)))
export const parked = view(['parked'], doc => notedIn(doc, 'parked'))
export const decisions = view(['decisions'], doc => notedIn(doc, 'decisions'))
export const actions = view(['actions'], actionsOf)
export const polls = view(['polls', 'ballots', 'voters', 'results'], pollsOf)
export const takes = viewBy((paper: string) => view(['takes', 'takers', 'revealed'], doc => takesOf(doc, paper)))
