/** Marking an action of a meeting as done from outside of its room. */
import type * as Y from 'yjs'
import { actionsOf, changeAction, decisionRoots, marked } from './decisions.ts'
import { everInMeeting } from './meeting.ts'
import { hasEnded } from './meetingFloor.ts'
import type { GroupSettings } from './members.ts'
import { type Actor, circumstancesIn, type Verdict } from './room.ts'

interface Mark {
  key: string
  done: boolean
  now: number
  settings: GroupSettings
}

/** Marks an action done, or open again, by the rule that holds in the room; `gone`: it is not there. One that is as wanted stays as it is. */
export function markAction(doc: Y.Doc, { key, done, now, settings }: Mark, actor: Actor): Verdict | 'gone' {
  const found = actionsOf(doc).find(action => action.key === key)
  if (found === undefined) return 'gone'
  const { key: _, by: __, ...before } = found
  const change = marked(done, now)
  const known = { now, settings, closed: hasEnded(doc), knows: (key: string) => everInMeeting(doc, key) }
  const verdict = decisionRoots.actions.check({ key, after: { ...before, ...change }, before: () => before }, actor, circumstancesIn(doc, known))
  if (verdict === null && before.done !== done) changeAction(doc, key, change)
  return verdict
}
