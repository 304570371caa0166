/** A board of 500 papers on which 60 members have voted, in a server of its own: what lists and views must bear. */
import { fileURLToPath } from 'node:url'
import { addComment, addPapers, castVote } from '@paperboard/shared/board'
import type { Day } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { addMember } from '../../apps/server/src/db/groups.ts'
import { insertPapers, type PaperRow } from '../../apps/server/src/db/papers.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { Person, startServer, type TestServer } from './server.ts'

export const webDist = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))

export const idOf = (kind: string, n: number) => `${kind}${String(n).padStart(12 - kind.length, '0')}`
const words = 'sparse attention graph reward planning latent kernel vision token memory proof agent'.split(' ')
const word = (n: number) => words[n % words.length] ?? ''

export const paperRow = (scope: string, n: number): PaperRow => ({
  id: idOf('paper', n),
  scope,
  title: `${word(n)} ${word(n * 5 + 1)} of ${word(n * 7 + 2)}, part ${n}`.replace(/^./, first => first.toUpperCase()),
  titleKey: `title ${n}`,
  authors: [`Ada ${word(n)}son`, `Ben Ray${n % 40}`],
  abstract: `We study the ${word(n)} of ${word(n + 1)} with $O(n^{${n % 5}})$ steps. `.repeat(3 + (n % 4)),
  arxivId: `2611.${String(n).padStart(5, '0')}`,
  arxivVersion: null,
  doi: null,
  url: null,
  links: [],
  venue: null,
  published: '2026-11-24',
  subjects: ['cs.LG'],
  sameAs: null,
})

export interface LongBoard {
  server: TestServer
  /** Owner of the group, signed in. */
  alice: Person
  group: string
  day: Day
  url: string
  /** Signs up another person into the group. */
  join: (name: string, role?: 'organizer' | 'member') => Promise<Person>
}

/** `file`: where it is kept; in memory unless named. */
export async function longBoard({
  papers = 500,
  members = 60,
  day,
  search = false,
  file,
}: {
  papers?: number
  members?: number
  day: Day
  search?: boolean
  file?: string
}): Promise<LongBoard> {
  const server = await startServer({ web: webDist, search, ...(file === undefined ? {} : { file }) })
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup('Long list')
  const { db, rooms, clock } = server
  const people = Array.from({ length: members - 1 }, (_, n) => idOf('member', n))
  for (const [n, id] of people.entries()) {
    await addPerson(db, { id, email: `${id}@example.org`, name: `Member ${n}`, passwordHash: 'x', createdAt: clock.now })
    await addMember(db, { group, person: id, role: 'member', now: clock.now })
  }
  const rows = Array.from({ length: papers }, (_, n) => paperRow(group, n))
  await insertPapers(db, rows, clock.now)
  await rooms.edit(boardRoom(group, day), doc => {
    addPapers(
      doc,
      rows.map(({ id }) => id),
      { member: alice.id, now: clock.now, source: 'ids' },
    )
    for (const [m, me] of people.entries()) {
      for (const [n, { id }] of rows.entries())
        if ((n * 7 + m * 13) % 11 < 3) castVote(doc, { paper: id, me, value: (n + m) % 4 === 0 ? -1 : 1, now: clock.now - n * 1000 })
    }
    for (const [n, { id }] of rows.entries())
      if (n % 9 === 0) addComment(doc, { paper: id, me: people[n % people.length] ?? alice.id, text: `Comment ${n}`, now: clock.now })
  })
  return {
    server,
    alice,
    group,
    day,
    url: `${server.url}/g/${group}/${day}`,
    join: async (name, role = 'member') => new Person(server, name).signUp((await alice.invite(group, { role })).token),
  }
}
