/** Views of a meeting's floor. */
import { actionsOf, notedIn } from '@paperboard/shared/decisions'
import { handsOf, readyFor, wordOf } from '@paperboard/shared/hands'
import { attendanceOf, floorOf, meetingOf, whereAllAre } from '@paperboard/shared/meetingFloor'
import { outcomesOf } from '@paperboard/shared/minutesFacts'
import { pollsOf } from '@paperboard/shared/polls'
import { questionsOf } from '@paperboard/shared/questions'
import { takesOf } from '@paperboard/shared/takes'
import { view, viewBy } from '../../live/views.ts'

/** Who leads, and where they have brought all. */
export const floorNow = view(['floor'], floorOf)
/** Where all are. */
export const placeNow = view(['floor', 'meeting'], whereAllAre)
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
/** What became of the papers; of notes that are mended later it hears with the next of these. */
export const outcomes = view(['meeting', 'agenda', 'clock', 'decisions', 'questions', 'answered', 'revealed'], outcomesOf)
/** How many people were there. */
export const attended = view(['attendance'], doc => attendanceOf(doc).size)
