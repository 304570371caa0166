/** What stands for the agenda of a meeting: papers with the votes and offers since the meeting before, and what that one did not get to. */
import { limits } from '@paperboard/shared/limits'
import type { MeetingStanding } from '@paperboard/shared/meetings'
import { lastVotes } from '@paperboard/shared/ranking'
import { type MeetingPaper, meetingBefore, offersOf, papersOfMeeting, papersWantedAfter, pastProposals } from '../db/agendas.ts'
import type { Database } from '../db/database.ts'
import { type Standing as OnBoard, standingsOf, votesOf } from '../db/listings.ts'
import type { MeetingRow } from '../db/meetings.ts'

const dayMs = 86_400_000

/** Up to `until`, by the server's clock, votes count for this meeting. */
export async function standingFor(db: Database, meeting: MeetingRow, until: number): Promise<MeetingStanding> {
  const { group } = meeting
  const before = await meetingBefore(db, group, { id: meeting.id, before: meeting.startedAt ?? until + 1 })
  const from = before === null ? until - limits.agendaDays * dayMs : countedUntil(before)
  const carried = before === null ? [] : (await papersOfMeeting(db, before.id)).filter(({ state }) => state === 'carried')
  const since = new Map(carried.map(paper => [paper.paper, paper]))
  const papers = [...new Set([...since.keys(), ...(await papersWantedAfter(db, group, from))])]
  const counts = (paper: string, at: number) => at > (since.get(paper)?.votesFrom ?? from) && at <= until
  const votes = Map.groupBy(
    (await votesOf(db, group, papers)).filter(({ paper, at }) => counts(paper, at)),
    ({ paper }) => paper,
  )
  const offers = Map.groupBy(
    (await offersOf(db, group, papers)).filter(({ paper, at }) => counts(paper, at)),
    ({ paper }) => paper,
  )
  const boards = Map.groupBy(await standingsOf(db, group, papers), ({ paper }) => paper)
  const candidates = papers
    .map(paper => {
      const cast = lastVotes(votes.get(paper) ?? []).map(({ member, value, at }) => ({ member, value, at }))
      return {
        paper,
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
  return { from, candidates, past: await pastProposals(db, group, limits.agendaPast) }
}

/** Votes up to this counted for a meeting that has started. */
const countedUntil = ({ votesCloseAt, startedAt }: MeetingRow): number => Math.min(votesCloseAt ?? Number.POSITIVE_INFINITY, startedAt ?? 0)

const carriedBefore = (paper: MeetingPaper | undefined) => (paper === undefined ? 0 : paper.carried + 1)

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
