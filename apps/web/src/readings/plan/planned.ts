import { type PlanSession, planOf } from '@paperboard/shared/plan'
import { equalityDeep } from 'lib0/function'
import * as views from '../../live/views.ts'

/** A session that is as it was is the same object: of hundreds only those are drawn anew that have changed. */
const keepSame = (last: readonly PlanSession[], next: readonly PlanSession[]): PlanSession[] => {
  const known = new Map(last.map(session => [session.key, session]))
  return next.map(session => {
    const before = known.get(session.key)
    return before !== undefined && equalityDeep(before, session) ? before : session
  })
}

/** The sessions of a group with all who have a part in them, oldest first. */
export const planned = views.combined(
  [views.sessions, views.readings, views.presenters],
  (sessions, readings, presenters) => planOf({ sessions, readings, presenters }),
  keepSame,
)
