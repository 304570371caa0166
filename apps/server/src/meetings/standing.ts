/** What stands for the agenda of a meeting: papers with the votes and offers since the meeting before, and what that one did not get to. */
import { limits } from '@paperboard/shared/limits'
import type { MeetingStanding } from '@paperboard/shared/meetings'
import { lastVotes } from '@paperboard/shared/ranking'
import { type MeetingPaper, meetingBefore, offersOf, papersOfMeeting, papersWantedAfter, pastProposals } from '../db/agendas.ts'
import type { Database } from '../db/database.ts'
import { type Standing as OnBoard, standingsOf, votesOf } from '../db/listings.ts'
import type { MeetingRow } from '../db/meetings.ts'
import { worksOf } from '../db/papers.ts'

const dayMs = 86_400_000

/** Up to `until`, by the server's clock, votes count for this meeting. */
export async function standingFor(db: Database, meeting: MeetingRow, until: number): Promise<MeetingStanding> {
  const { group } = meeting
  const before = await meetingBefore(db, group, { id: meeting.id, before: meeting.startedAt ?? until + 1 })
  const from = meeting.votesFrom ?? (before === null ? until - limits.agendaDays * dayMs : countedUntil(before))
  const carried = before === null ? [] : (await papersOfMeeting(db, before.id)).filter(({ state }) => state === 'carried')
  // What two ids turned out to name is one paper, with the votes under both.
  const works = await worksOf(db, [...new Set([...carried.map(({ paper }) => paper), ...(await papersWantedAfter(db, group, from))])])
  const workOf = ({ paper }: { paper: string }) => works.get(paper) ?? paper
  const ids = [...works.keys()]
  const since = Map.groupBy(carried, workOf)
  const counts = (of: { paper: string; at: number }) =>
    of.at <= until && of.at > Math.min(from, ...(since.get(workOf(of)) ?? []).map(({ votesFrom }) => votesFrom))
  const votes = Map.groupBy((await votesOf(db, group, ids)).filter(counts), workOf)
  const offers = Map.groupBy((await offersOf(db, group, ids)).filter(counts), workOf)
  const boards = Map.groupBy(await standingsOf(db, group, ids), workOf)
  const others = Map.groupBy(
    ids.filter(id => works.get(id) !== id),
    id => works.get(id) ?? id,
  )
  const candidates = [...new Set(works.values())]
    .map(paper => {
      const cast = lastVotes(votes.get(paper) ?? []).map(({ member, value, at, day }) => ({ member, value, at, board: day }))
      const also = others.get(paper)
      return {
        paper,
        ...(also === undefined ? {} : { also: also.sort() }),
        votes: cast,
        offers: onceEach(offers.get(paper) ?? []),
        proposer: proposerOf(boards.get(paper) ?? [], cast),
        carried: carriedBefore(since.get(paper)),
      }
    })
    // Taken off all boards, or voted on and withdrawn: nobody stands for it any more.
    .filter(({ paper, votes, offers, carried }) => boards.has(paper) && (votes.length > 0 || offers.length > 0 || carried > 0))
    .sort((a, b) => b.carried - a.carried || b.votes.length - a.votes.length || (a.paper < b.paper ? -1 : 1))
    .slice(0, limits.agendaCandidates)
  return { from, before: before === null ? null : toldOf(before), candidates, past: await pastProposals(db, group, limits.agendaPast) }
}

/** Votes up to this counted for a meeting that has started. */
const countedUntil = ({ votesCloseAt, startedAt }: MeetingRow): number => Math.min(votesCloseAt ?? Number.POSITIVE_INFINITY, startedAt ?? 0)

const toldOf = (row: MeetingRow) => ({ id: row.id, title: row.title, startedAt: row.startedAt ?? 0, until: countedUntil(row) })

const carriedBefore = (papers: readonly MeetingPaper[] = []) => Math.max(0, ...papers.map(({ carried }) => carried + 1))

/** Of each member the first offer, on whichever board. */
const onceEach = (offers: readonly { member: string; at: number }[]) => {
  const first = new Map<string, { member: string; at: number }>()
  for (const { member, at } of offers.toSorted((a, b) => a.at - b.at)) if (!first.has(member)) first.set(member, { member, at })
  return [...first.values()]
}

/** Whoever voted for it first, and else whoever put it on its first board: what a source brings, nobody has proposed. */
const proposerOf = (boards: readonly OnBoard[], votes: readonly { member: string; value: number; at: number }[]): string | null => {
  const first = votes.filter(({ value }) => value > 0).sort((a, b) => a.at - b.at)[0]
  return first?.member ?? boards.toSorted((a, b) => a.addedAt - b.addedAt)[0]?.addedBy ?? null
}
