import { aboutItem, mayLead, mayTakeAway, takesPart } from '@paperboard/shared/floorRules'
import { Id } from '@paperboard/shared/ids'
import { everInMeeting } from '@paperboard/shared/meeting'
import { hasEnded } from '@paperboard/shared/meetingFloor'
import { NewBallot } from '@paperboard/shared/polls'
import { type Actor, type Circumstances, circumstancesIn, idKey, meetingRoom, type Verdict } from '@paperboard/shared/room'
import { all, meetingGoesOn } from '@paperboard/shared/rules'
import { type MySealed, NewTake } from '@paperboard/shared/takes'
import { Hono } from 'hono'
import { allow, inMeeting, signedInOrGuest } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import type { Membership } from '../db/groups.ts'
import { findMeeting } from '../db/meetings.ts'
import { sealedBy } from '../db/sealed.ts'
import { Problem } from '../errors.ts'
import { type Act, closeWithCounts, reveal, takeBack, voteSecretly, writeTake } from '../meetings/sealing.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read'>
  now: () => number
}

/** What is secret in a meeting until it is opened. Each answer tells only what the asker wrote themselves. */
export const sealedRoutes = (parts: Parts) => {
  const doors = [signedInOrGuest, inMeeting(parts.db, parts.now)] as const
  const one = '/groups/:group/meetings/:meeting'
  const act = async (c: { var: { me: { id: string }; membership: Membership } }, meeting: string, rule: Rule): Promise<Act> => {
    const { role, group } = c.var.membership
    if ((await findMeeting(parts.db, group.id, meeting)) === null) throw new Problem('not-found', 'There is no such meeting in the group.')
    const done = { group: group.id, meeting, me: c.var.me.id, now: parts.now() }
    await allowed(parts, { act: done, settings: group.settings, actor: { id: c.var.me.id, role }, rule })
    return done
  }
  return new Hono<AppEnv>()
    .get(`${one}/sealed`, ...doors, async c => {
      const { meeting, me } = await act(c, c.req.param('meeting'), () => null)
      return c.json(await mine(parts.db, meeting, me))
    })
    .put(`${one}/takes/:paper`, ...doors, json(NewTake), async c => {
      const paper = paperOf(c.req.param('paper'))
      const done = await act(c, c.req.param('meeting'), (actor, at) => all(takesPart(actor, at), () => aboutItem(paper, at)))
      await writeTake(parts, done, { paper, take: c.req.valid('json') })
      return c.body(null, 204)
    })
    .delete(`${one}/takes/:paper`, ...doors, async c => {
      const paper = paperOf(c.req.param('paper'))
      await takeBack(parts, await act(c, c.req.param('meeting'), takesPart), paper)
      return c.body(null, 204)
    })
    .post(`${one}/takes/:paper/reveal`, ...doors, async c => {
      const paper = paperOf(c.req.param('paper'))
      await reveal(parts, await act(c, c.req.param('meeting'), (actor, at) => all(meetingGoesOn(at), () => mayLead(actor, at))), paper)
      return c.body(null, 204)
    })
    .put(`${one}/ballots/:poll`, ...doors, json(NewBallot), async c => {
      const done = await act(c, c.req.param('meeting'), takesPart)
      await voteSecretly(parts, done, { poll: c.req.param('poll'), choices: c.req.valid('json').choices })
      return c.body(null, 204)
    })
    .post(`${one}/polls/:poll/close`, ...doors, async c => {
      const poll = c.req.param('poll')
      const key = idKey(2)(poll) ?? []
      const rule: Rule = (actor, at) => all(meetingGoesOn(at), () => mayTakeAway({ key, after: undefined, before: () => undefined }, actor, at))
      await closeWithCounts(parts, await act(c, c.req.param('meeting'), rule), poll)
      return c.body(null, 204)
    })
}

type Rule = (actor: Actor, at: Circumstances) => Verdict

/** Asks a rule about the meeting as it is now. */
async function allowed(
  { rooms }: Parts,
  { act, settings, actor, rule }: { act: Act; settings: Circumstances['settings']; actor: Actor; rule: Rule },
): Promise<void> {
  const verdict = await rooms.read(meetingRoom(act.group, act.meeting), doc =>
    rule(actor, circumstancesIn(doc, { now: act.now, settings, closed: hasEnded(doc), knows: key => everInMeeting(doc, key) })),
  )
  allow(verdict)
}

function paperOf(param: string): string {
  const { data } = Id.safeParse(param)
  if (data === undefined) throw new Problem('invalid', 'That is no id of a paper.')
  return data
}

async function mine(db: Database, meeting: string, me: string): Promise<MySealed> {
  const written = await sealedBy(db, meeting, me)
  return {
    takes: written.flatMap(({ kind, thing, content, at }) => (kind === 'take' ? [{ paper: thing, ...NewTake.parse(content), at }] : [])),
    ballots: written.flatMap(({ kind, thing, content, at }) => (kind === 'ballot' ? [{ poll: thing, ...NewBallot.parse(content), at }] : [])),
  }
}
