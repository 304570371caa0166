/**
 * The live document of a meeting, `meeting/<group>/<meeting>`, composed of the records of its parts:
 *
 *   meeting, floor, clock, attendance   see meetingFloor.ts
 *   plan, agenda, rankings, standing    see agenda.ts
 *   questions, hands, takes, polls, …   see onFloor.ts
 *   notes/<paperId>, notes/meeting      texts: see notes.ts
 *
 * What must stay secret until a moment is not in it, for every member holds all of it: it waits in the database, and the
 * server writes it here when it is revealed.
 */
import type * as Y from 'yjs'
import { agendaRoots } from './agenda.ts'
import { floorRecords } from './meetingFloor.ts'
import { noteTexts } from './notes.ts'
import { everOnFloor, floorRoots } from './onFloor.ts'
import type { RoomKind } from './room.ts'

export const meetingKind: RoomKind = {
  version: 1,
  steps: {},
  roots: { ...floorRecords, ...agendaRoots, ...floorRoots },
  texts: { notes: noteTexts },
}

/** Whether a paper is on the agenda, or was, or the meeting has come to it: what was written offline about one that was dropped is no offence. */
export const everOnAgenda = (doc: Y.Doc, paper: string): boolean => ['agenda', 'clock'].some(root => doc.getMap(root)._map.has(paper))

/** Whether a paper is or was on the agenda, or a question or a poll on the floor. */
export const everInMeeting = (doc: Y.Doc, key: string): boolean => everOnAgenda(doc, key) || everOnFloor(doc, key)
