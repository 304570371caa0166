/** How the index follows the tables, over starts, upgrades and restores. */
import { defaultAgendaRule } from '@paperboard/shared/agendaRules'
import { defaultSettings } from '@paperboard/shared/members'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { addMeeting } from '../../apps/server/src/db/meetings.ts'
import { insertPapers } from '../../apps/server/src/db/papers.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { forgetEpoch, textChanges } from '../../apps/server/src/db/searchChanges.ts'
import { textsThereAre } from '../../apps/server/src/db/searchCheck.ts'
import { documentCounts, findDocuments, indexState, noteIndexState } from '../../apps/server/src/db/searchIndex.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { askedBy } from '../../apps/server/src/search/clauses.ts'
import { startIndexing } from '../../apps/server/src/search/indexing.ts'
import { idOf, paperRow } from '../support/longBoard.ts'
import { onEachStore, onPostgres } from '../support/stores.ts'

const group = { id: 'groupgroup00', name: 'G', timeZone: 'UTC', settings: defaultSettings }
const days = ['2026-11-20', '2026-11-21', '2026-11-22']
const meeting = {
  id: 'meeting00000',
  group: group.id,
  session: null,
  title: 'M',
  rule: defaultAgendaRule,
  votesFrom: null,
  votesCloseAt: null,
  startedAt: null,
  endedAt: null,
  createdBy: 'a',
}
const standing = (n: number) => ({ group: group.id, day: days[n % 3] ?? '', paper: idOf('paper', n), addedBy: 'a', addedAt: n, position: n })

/** A group with so many papers on three boards, and a comment. */
async function fill(db: Database, papers: number) {
  await addPerson(db, { id: 'a', email: 'a@example.org', name: 'a', passwordHash: 'x', createdAt: 1 })
  await addGroup(db, { ...group, owner: 'a', createdAt: 1 })
  const rows = Array.from({ length: papers }, (_, n) => paperRow(group.id, n))
  await insertPapers(db, rows, 1)
  await db.sql.insert(db.t.boardPapers).values(rows.map((_, n) => standing(n)))
  await addMeeting(db, { ...meeting, createdAt: 1 })
  await db.sql.insert(db.t.meetingNotes).values({ meeting: meeting.id, group: group.id, note: 'meeting', text: 'Cake' })
  const comment = { group: group.id, day: '2026-11-20', key: 'k:a', paper: idOf('paper', 0), author: 'a', parent: null, text: 'Well said', at: 1, edited: null }
  await db.sql.insert(db.t.comments).values(comment)
}

/** A server's indexing until all is in, and what it says of making the index anew. */
async function start(db: Database): Promise<{ anew: boolean }> {
  const logged: string[] = []
  const indexing = startIndexing({ db, log: createLogger('info', { write: line => logged.push(line) }), now: () => 1, times: { every: 3_600_000 } })
  await indexing.caughtUp()
  await indexing.close()
  expect(logged.filter(line => line.includes('"level":50'))).toEqual([])
  return { anew: logged.some(line => line.includes('made anew')) }
}

const find = async (db: Database, q: string) => {
  const found = await findDocuments(await db.index(), { group: group.id, kind: 'paper', ...askedBy(q), where: [], most: 100 })
  return found.map(({ key }) => key)
}
const counts = async (db: Database) => [...(await documentCounts(await db.index()))].sort()

onEachStore(store => {
  test('[X33] a new index has all texts, and the next start goes on with what has changed alone', async () => {
    const { db } = store
    await fill(db, 45)
    expect(await start(db)).toEqual({ anew: true })
    expect(await counts(db)).toEqual([
      ['comment', 1],
      ['note', 1],
      ['paper', 45],
    ])
    expect(await textsThereAre(db)).toBe(47)
    await db.sql
      .update(db.t.papers)
      .set({ title: 'Zebrafish' })
      .where(sql`id = ${idOf('paper', 7)}`)
    await db.sql.delete(db.t.boardPapers).where(sql`paper = ${idOf('paper', 8)}`)
    await db.sql.delete(db.t.comments)
    await db.sql.delete(db.t.meetings)
    expect(await start(db)).toEqual({ anew: false })
    expect(await find(db, 'zebrafish')).toEqual([idOf('paper', 7)])
    expect(await counts(db)).toEqual([['paper', 44]])
    expect(await textChanges(db, 10)).toEqual([])
  })

  test('[X34] an index of another version, of an installation that was restored, or that is lost, is made anew', async () => {
    const { db } = store
    await fill(db, 4)
    await start(db)
    const index = await db.index()
    const spoilt = [
      () => index.sql.run(sql`UPDATE search_state SET value = replace(value, '"version":', '"version":1')`),
      () => forgetEpoch(db),
      () => index.sql.run(sql.raw('DROP TABLE search_state')),
    ]
    for (const spoil of spoilt) {
      await spoil()
      await db.sql.update(db.t.papers).set({ venue: 'Elsewhere' })
      expect(await start(db)).toEqual({ anew: true })
      expect((await find(db, 'elsewhere')).length).toBe(4)
      expect(await start(db)).toEqual({ anew: false })
    }
  })

  test('[X35] where the work was broken off, it goes on', async () => {
    const { db } = store
    await fill(db, 9)
    await start(db)
    const index = await db.index()
    const state = await indexState(index)
    await index.sql.run(sql.raw('DELETE FROM search_docs'))
    await noteIndexState(index, { epoch: '', seen: 0, ...state, cursor: `paper/${group.id}/2026-11-20` })
    expect(await start(db)).toEqual({ anew: false })
    // Those of the first board were done before.
    expect(await counts(db)).toEqual([
      ['comment', 1],
      ['note', 1],
      ['paper', 6],
    ])
  })
})

describe('[X36] an index that has lost what it had, or is ahead of a file put in place by hand, is made anew', () => {
  onEachStore(store => {
    test('by the numbers of changes, where they have no gaps', async () => {
      const { db } = store
      await fill(db, 4)
      await start(db)
      const index = await db.index()
      const state = await indexState(index)
      if (state === null) throw new Error('There is no index')
      await noteIndexState(index, { ...state, seen: state.seen - 1 })
      expect(await start(db)).toEqual({ anew: !db.shared })
      const after = await indexState(index)
      if (after === null) throw new Error('There is no index')
      await noteIndexState(index, { ...after, seen: after.seen + 1 })
      expect(await start(db)).toEqual({ anew: !db.shared })
    })
  })
})

onPostgres(store => {
  test('[X37] of two servers on one database, one at a time writes the index, and nothing is missing', async () => {
    const { db } = store
    await fill(db, 30)
    const other = await store.another()
    await Promise.all([start(db), start(other)])
    const change = async (n: number) =>
      db.sql
        .update(db.t.papers)
        .set({ title: `Zebrafish ${n}` })
        .where(sql`id = ${idOf('paper', n)}`)
    await Promise.all([...Array.from({ length: 30 }, (_, n) => change(n)), start(db), start(other)])
    await start(db)
    await start(other)
    expect((await find(other, 'zebrafish')).length).toBe(30)
    expect(await textChanges(db, 10)).toEqual([])
  })
})
