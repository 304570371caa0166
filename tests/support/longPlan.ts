/** A plan of 200 past weeks and 20 to come, two papers and six readers each: what a group has after four years. */
import { addDays, type Day } from '@paperboard/shared/days'
import { assignReading } from '@paperboard/shared/group'
import { planSession, putPaper } from '@paperboard/shared/groupSessions'
import { readingRoles } from '@paperboard/shared/readingRoles'
import { groupRoom } from '@paperboard/shared/room'
import { idOf, type LongBoard, longBoard } from './longBoard.ts'

export interface LongPlan {
  board: LongBoard
  /** Where the plan is. */
  url: string
  /** Keys of its sessions, oldest first. */
  sessions: string[]
}

export async function longPlan({ today, before = 200, after = 20 }: { today: Day; before?: number; after?: number }): Promise<LongPlan> {
  const board = await longBoard({ papers: 2 * (before + after), members: 12, day: today })
  const { server, alice, group } = board
  const at = server.clock.now
  const sessions = await server.rooms.edit(groupRoom(group), doc =>
    Array.from({ length: before + after }, (_, n) => {
      const day = addDays(today, 7 * (n - before) + 1)
      const session = planSession(doc, alice.id, { day, time: '16:00', minutes: 60, title: '', place: 'Room 2', cancelled: n % 17 === 5, at })
      for (const k of [0, 1]) {
        const paper = idOf('paper', 2 * n + k)
        putPaper(doc, { session, paper, now: at })
        for (const [r, role] of readingRoles.entries())
          assignReading(doc, alice.id, { paper, board: today, member: idOf('member', (n + 3 * r + k) % 11), role, part: '', session, due: null, at })
      }
      return session
    }),
  )
  return { board, url: `${server.url}/g/${group}/plan`, sessions }
}
