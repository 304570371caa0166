/** Live documents in the store: their log, snapshots and projections, on each engine; and with several servers on one PostgreSQL. */
import { defaultSettings } from '@paperboard/shared/members'
import { asc } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Database, NewUpdate, RoomRow } from '../../apps/server/src/db/database.ts'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { databaseTime, releaseLease, renewLease, takeLease } from '../../apps/server/src/db/leases.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { type Projection, project } from '../../apps/server/src/db/projections.ts'
import { appendShared, ClientTaken, findRoom, LogCut, roomExists, roomsBehind, saveSnapshot, updatesAfter } from '../../apps/server/src/db/rooms.ts'
import { onEachStore, onPostgres } from '../support/stores.ts'

const day = '2026-11-24'
const newRoom = (name = `board/g/${day}`): RoomRow => ({ id: null, name, group: 'g', version: 1 })
const update = (room: RoomRow, data: string, change: Partial<NewUpdate> = {}): NewUpdate => ({
  room,
  data: Buffer.from(data),
  actor: 'alice',
  at: 1,
  newClients: [],
  ...change,
})
const text = (data: Uint8Array | undefined) => Buffer.from(data ?? []).toString()

async function settle(db: Database) {
  await addPerson(db, { id: 'alice', email: 'alice@example.org', name: 'Alice', passwordHash: 'x', createdAt: 1 })
  await addGroup(db, { id: 'g', name: 'G', timeZone: 'UTC', settings: defaultSettings, owner: 'alice', createdAt: 1 })
}

const projection = (room: number, seq: number, change: Partial<Projection> = {}): Projection => ({
  room,
  name: { kind: 'board', group: 'g', day },
  seq,
  whole: false,
  records: [],
  ...change,
})
const vote = (member: string, value: number | null) => ({ root: 'votes', key: `PPPPPPPPPPPP:${member}`, record: value === null ? undefined : { value, at: 1 } })
const votesOf = async (db: Database) =>
  (await db.sql.select({ member: db.t.votes.member, value: db.t.votes.value }).from(db.t.votes).orderBy(asc(db.t.votes.member))).map(
    ({ member, value }) => `${member[0]}${value}`,
  )

onEachStore(store => {
  test('[D31] one commit takes updates of many rooms, creates rooms that were not there, and tells their places in order', async () => {
    const { db } = store
    await settle(db)
    const [a, b] = [newRoom(), newRoom('group/g')]
    const first = await db.append([update(a, 'a1', { newClients: [2 ** 53 - 1, 7] }), update(b, 'b1'), update(a, 'a2', { actor: 'server', newClients: [8] })])
    expect(first.seqs).toEqual([...first.seqs].sort((x, y) => x - y))
    const [id, other] = [first.ids.get(a.name) ?? 0, first.ids.get(b.name) ?? 0]
    expect(id).not.toBe(other)
    const second = await db.append(Array.from({ length: 1_200 }, (_, n) => update(n % 2 === 0 ? { ...a, id } : b, `${n}`, { at: 2 ** 43 })))
    expect(new Set([...first.seqs, ...second.seqs]).size).toBe(1_203)
    expect(second.seqs.every((seq, n) => seq > (second.seqs[n - 1] ?? first.seqs.at(-1) ?? 0))).toBe(true)
    const stored = await findRoom(db, a.name)
    expect(stored).toMatchObject({ id, version: 1, projectedSeq: 0, snapshot: null })
    expect(stored?.owners).toEqual(
      new Map([
        [2 ** 53 - 1, 'alice'],
        [7, 'alice'],
        [8, 'server'],
      ]),
    )
    expect(stored?.updates.slice(0, 3).map(({ data }) => text(data))).toEqual(['a1', 'a2', '0'])
    expect(stored?.updates).toHaveLength(602)
    expect([await roomExists(db, a.name), await roomExists(db, 'group/none'), await findRoom(db, 'group/none')]).toEqual([true, false, null])
    const logged = await updatesAfter(db, id, 0)
    expect(logged.slice(0, 2)).toMatchObject([
      { seq: first.seqs[0], actor: 'alice', at: 1 },
      { seq: first.seqs[2], actor: 'server', newClients: [8] },
    ])
    expect([...(logged[0]?.newClients ?? [])].sort((x, y) => x - y)).toEqual([7, 2 ** 53 - 1])
    expect(await updatesAfter(db, id, second.seqs.at(-3) ?? 0)).toMatchObject([{ seq: second.seqs.at(-2), at: 2 ** 43, newClients: [] }])
  })

  test('[D32] a commit that fails leaves nothing, not even the room', async () => {
    const { db } = store
    await settle(db)
    await expect(db.append([update(newRoom(), 'x'), update({ ...newRoom('board/none/x'), group: 'none' }, 'y')])).rejects.toThrow()
    expect(await roomExists(db, newRoom().name)).toBe(false)
  })

  test('[D33] who appends to a shared room sees first what others have appended, and the room is created by its first update', async () => {
    const { db } = store
    await settle(db)
    const room = newRoom()
    const first = await appendShared(db, room, 0, missed => {
      expect(missed).toEqual([])
      return [update(room, 'one', { newClients: [5, 6] }), update(room, 'two')]
    })
    expect(first.seqs).toHaveLength(2)
    const known = { ...room, id: first.id }
    const second = await appendShared(db, known, first.seqs[0] ?? 0, missed => [
      update(known, `after ${text(missed[0]?.data)}`, { actor: 'bob', newClients: [9] }),
    ])
    expect(second.missed.map(({ seq }) => seq)).toEqual([first.seqs[1]])
    const third = await appendShared(db, room, 0, () => null)
    expect(third).toMatchObject({ id: first.id, seqs: [] })
    expect(third.missed.map(({ data, actor, newClients }) => [text(data), actor, [...newClients].sort()])).toEqual([
      ['one', 'alice', [5, 6]],
      ['two', 'alice', []],
      ['after two', 'bob', [9]],
    ])
    expect(third.missed).toEqual(await updatesAfter(db, first.id ?? 0, 0))
  })

  test('[D34] work that gives nothing, or fails, leaves the store as it was', async () => {
    const { db } = store
    await settle(db)
    for (const nothing of [null, []]) expect(await appendShared(db, newRoom(), 0, () => nothing)).toEqual({ id: null, seqs: [], missed: [] })
    const refused = appendShared(db, newRoom(), 0, () => {
      throw new Error('refused')
    })
    await expect(refused).rejects.toThrow('refused')
    expect(await roomExists(db, newRoom().name)).toBe(false)
  })

  test('[D35] a client id of another actor is refused with its name, and nothing is appended; one of the same actor is not', async () => {
    const { db } = store
    await settle(db)
    const { id } = await appendShared(db, newRoom(), 0, () => [update(newRoom(), 'x', { newClients: [5] })])
    const room = { ...newRoom(), id }
    const stolen = appendShared(db, room, 0, () => [update(room, 'fine', { newClients: [6] }), update(room, 'not', { actor: 'bob', newClients: [5] })])
    await expect(stolen).rejects.toThrow(ClientTaken)
    await expect(stolen).rejects.toMatchObject({ client: 5, actor: 'alice' })
    const twice = appendShared(db, room, 0, () => [update(room, 'a', { newClients: [7] }), update(room, 'b', { actor: 'bob', newClients: [7] })])
    await expect(twice).rejects.toMatchObject({ client: 7, actor: 'alice' })
    expect(await updatesAfter(db, id ?? 0, 0)).toHaveLength(1)
    const again = await appendShared(db, room, 0, () => [update(room, 'y', { newClients: [5, 8] })])
    expect(again.seqs).toHaveLength(1)
    // In another room it is another document's.
    await appendShared(db, newRoom('group/g'), 0, () => [update(newRoom('group/g'), 'z', { actor: 'bob', newClients: [5] })])
    expect((await findRoom(db, room.name))?.owners).toEqual(
      new Map([
        [5, 'alice'],
        [8, 'alice'],
      ]),
    )
  })

  test('[D36] a snapshot takes the place of older updates and of older snapshots, never of newer ones', async () => {
    const { db } = store
    await settle(db)
    const { id: given, seqs } = await appendShared(db, newRoom(), 0, () => [1, 2, 3, 4].map(at => update(newRoom(), `${at}`, { at })))
    const room = given ?? 0
    const save = (n: number, data: string, keepAfter = 0) =>
      saveSnapshot(db, { room, seq: seqs[n] ?? 0, data: Buffer.from(data), vector: Uint8Array.of(0), version: 2, at: 9, keepAfter })
    expect(await save(1, 'up to two')).toBe(true)
    expect(await save(0, 'up to one')).toBe(false)
    expect(await findRoom(db, newRoom().name)).toMatchObject({ version: 2, snapshot: { seq: seqs[1] }, updates: [{ seq: seqs[2] }, { seq: seqs[3] }] })
    expect(await updatesAfter(db, room, 0)).toHaveLength(4)
    expect(await save(2, 'up to three', 3)).toBe(true)
    const stored = await findRoom(db, newRoom().name)
    expect([text(stored?.snapshot?.data), stored?.updates.map(({ data }) => text(data))]).toEqual(['up to three', ['4']])
    expect(await save(2, 'once more')).toBe(true)
    expect(await saveSnapshot(db, { room: room + 1, seq: 1, data: Buffer.from('x'), vector: Uint8Array.of(0), version: 1, at: 1, keepAfter: 0 })).toBe(false)
  })

  test('[D37] who is further behind than the log goes back is told, and nothing is appended', async () => {
    const { db } = store
    await settle(db)
    const { id: given, seqs } = await appendShared(db, newRoom(), 0, () => [1, 2, 3].map(at => update(newRoom(), `${at}`, { at })))
    const room = { ...newRoom(), id: given }
    await saveSnapshot(db, { room: given ?? 0, seq: seqs[2] ?? 0, data: Buffer.from('x'), vector: Uint8Array.of(0), version: 1, at: 9, keepAfter: 3 })
    await expect(updatesAfter(db, given ?? 0, seqs[0] ?? 0)).rejects.toThrow(LogCut)
    await expect(appendShared(db, room, seqs[0] ?? 0, () => [update(room, 'lost')])).rejects.toThrow(LogCut)
    const { missed } = await appendShared(db, room, seqs[1] ?? 0, () => null)
    expect(missed.map(({ seq }) => seq)).toEqual([seqs[2]])
  })

  test('[D38] rows of a room are brought to a place of the log once, never back, and a room whose rows lag is found', async () => {
    const { db } = store
    await settle(db)
    const { id: given, seqs } = await appendShared(db, newRoom(), 0, () => [1, 2, 3].map(at => update(newRoom(), `${at}`, { at })))
    await appendShared(db, newRoom('group/g'), 0, () => [update(newRoom('group/g'), 'x')])
    const room = given ?? 0
    const [first = 0, second = 0, third = 0] = seqs
    expect((await roomsBehind(db)).sort()).toEqual([newRoom().name, 'group/g'])
    expect(await project(db, projection(room, second, { whole: true, records: [vote('AAAAAAAAAAAA', 1), vote('BBBBBBBBBBBB', -1)] }))).toBe(true)
    for (const seq of [first, second]) expect(await project(db, projection(room, seq, { whole: true, records: [vote('AAAAAAAAAAAA', -1)] }))).toBe(false)
    expect(await votesOf(db)).toEqual(['A1', 'B-1'])
    expect(await roomsBehind(db)).toContain(newRoom().name)
    expect(await project(db, projection(room, third, { records: [vote('BBBBBBBBBBBB', null), vote('CCCCCCCCCCCC', 1)] }))).toBe(true)
    expect(await votesOf(db)).toEqual(['A1', 'C1'])
    expect(await roomsBehind(db)).toEqual(['group/g'])
    expect((await findRoom(db, newRoom().name))?.projectedSeq).toBe(third)
    expect(await project(db, projection(room + 100, 9))).toBe(false)
  })

  test('[D39] readings have their progress in one row, in whatever order the records come', async () => {
    const { db } = store
    await settle(db)
    const { id } = await appendShared(db, newRoom('group/g'), 0, () => [update(newRoom('group/g'), 'x')])
    const reading = { paper: 'PPPPPPPPPPPP', board: day, member: 'MMMMMMMMMMMM', role: 'reader', part: '', due: null, at: 2 ** 43 }
    const { readingRoles } = await import('@paperboard/shared/readingRoles')
    const record = { ...reading, role: readingRoles[0] }
    const key = 'NNNNNNNNNNNN:AAAAAAAAAAAA'
    const step = (state: string) => ({ root: 'progress', key: `${key}:MMMMMMMMMMMM`, record: { state, at: 1 } })
    const name = { kind: 'group' as const, group: 'g' }
    const states = async () => (await db.sql.select().from(db.t.readings)).map(row => `${row.by[0]} ${row.state} ${row.due} ${row.at}`)
    await project(db, { room: id ?? 0, name, seq: 1, whole: true, records: [step('reading'), { root: 'readings', key, record }] })
    expect(await states()).toEqual([`A reading null ${2 ** 43}`])
    await project(db, { room: id ?? 0, name, seq: 2, whole: false, records: [step('read')] })
    expect(await states()).toEqual([`A read null ${2 ** 43}`])
    await project(db, { room: id ?? 0, name, seq: 3, whole: false, records: [{ root: 'readings', key, record: undefined }] })
    expect(await states()).toEqual([])
  })

  test('[D40] a comment is stored whatever its text, and rows go with their group', async () => {
    const { db } = store
    await settle(db)
    const { id } = await appendShared(db, newRoom(), 0, () => [update(newRoom(), 'x', { newClients: [3] })])
    const record = { paper: 'PPPPPPPPPPPP', parent: 'NNNNNNNNNNNN:AAAAAAAAAAAA', text: 'nul \0 half \ud83d \\u0000 $1 ❤️', at: 1, edited: 2 ** 43 }
    const offer = { root: 'offers', key: 'PPPPPPPPPPPP:AAAAAAAAAAAA', record: { at: 1 } }
    const comment = { root: 'comments', key: 'NNNNNNNNNNNN:BBBBBBBBBBBB', record }
    expect(await project(db, projection(id ?? 0, 1, { records: [comment, offer] }))).toBe(true)
    const [row] = await db.sql.select().from(db.t.comments)
    expect(row).toMatchObject({ author: 'BBBBBBBBBBBB', parent: record.parent, edited: 2 ** 43 })
    expect(row?.text.replace('\0', '')).toBe('nul  half \ufffd \\u0000 $1 ❤️')
    await db.sql.delete(db.t.groups)
    for (const table of [db.t.comments, db.t.offers, db.t.rooms, db.t.updates, db.t.docClients]) expect(await db.sql.select().from(table)).toEqual([])
  })

  test('[D41] a lease has one holder until it is let go or runs out', async () => {
    const { db } = store
    const take = (holder: string, now: number, name = 'digest') => takeLease(db, name, holder, now, 100)
    expect(await Promise.all(['a', 'b', 'c'].map(holder => take(holder, 1_000)))).toHaveLength(3)
    const holders = await db.sql.select().from(db.t.leases)
    expect(holders).toHaveLength(1)
    const [{ holder } = { holder: '' }] = holders
    const others = ['a', 'b', 'c'].filter(other => other !== holder)
    for (const other of others) expect([await take(other, 1_099), await renewLease(db, 'digest', other, 1_099, 100)]).toEqual([false, false])
    expect(await take('d', 1_000, 'another')).toBe(true)
    expect(await renewLease(db, 'digest', holder, 1_090, 100)).toBe(true)
    expect(await take(others[0] ?? '', 1_189)).toBe(false)
    expect(await take(others[0] ?? '', 1_190)).toBe(true)
    expect(await renewLease(db, 'digest', holder, 1_191, 100)).toBe(false)
    await releaseLease(db, 'digest', holder)
    expect(await take(holder, 1_191)).toBe(false)
    await releaseLease(db, 'digest', others[0] ?? '')
    expect(await renewLease(db, 'digest', others[0] ?? '', 1_191, 100)).toBe(false)
    expect(await take(holder, 1_191)).toBe(true)
  })

  test('[D42] a clock that jumps back a little prolongs a lease, and one that jumps back far leaves none that nobody can take', async () => {
    const { db } = store
    expect(await takeLease(db, 'digest', 'a', 10_000, 100)).toBe(true)
    expect(await takeLease(db, 'digest', 'b', 9_950, 100)).toBe(false)
    expect(await takeLease(db, 'digest', 'a', 9_950, 100)).toBe(true)
    expect(await takeLease(db, 'digest', 'b', 10_050, 100)).toBe(true)
    expect(await takeLease(db, 'digest', 'a', 1_000, 100)).toBe(true)
    expect(await renewLease(db, 'digest', 'b', 1_000, 100)).toBe(false)
    const time = await databaseTime(db, () => 7)
    expect(db.shared ? Math.abs(time - Date.now()) < 60_000 : time === 7).toBe(true)
  })
})

describe('Several servers', () => {
  onPostgres(store => {
    test('[D43] that append to one room see all that came before, and the log is in the order of their commits', async () => {
      await settle(store.db)
      const servers = await Promise.all([store.db, store.another(), store.another()])
      // Each counts what is in the log, as it knows it: the log counts up without a gap if nobody ever missed anything.
      const append = async (db: Database) => {
        const room = newRoom()
        let head = 0
        let known = 0
        for (let turn = 0; turn < 20; turn++) {
          const { id, seqs, missed } = await appendShared(db, room, head, before => [update(room, `${known + before.length}`)])
          known += missed.length + 1
          head = seqs[0] ?? 0
          room.id = id
        }
      }
      await Promise.all(servers.map(append))
      const stored = await findRoom(store.db, newRoom().name)
      expect(stored?.updates.map(({ data }) => Number(text(data)))).toEqual(Array.from({ length: 60 }, (_, n) => n))
    })

    test('[D44] that write many rooms in one commit, in any order, get through without waiting for each other for ever', async () => {
      await settle(store.db)
      const servers = await Promise.all([store.db, store.another()])
      const names = Array.from({ length: 12 }, (_, n) => `board/g/2026-11-${10 + n}`)
      const commit = (db: Database, order: string[]) => db.append(order.map(name => update(newRoom(name), name)))
      const commits = servers.flatMap((db, n) => Array.from({ length: 8 }, (_, turn) => commit(db, (n + turn) % 2 === 0 ? names : [...names].reverse())))
      await Promise.all(commits)
      for (const name of names) expect((await findRoom(store.db, name))?.updates).toHaveLength(16)
    })

    test('[D45] that bind one client id at once: one gets it, and the other is told whose it is', async () => {
      await settle(store.db)
      const servers = await Promise.all([store.db, store.another()])
      const bind = (db: Database, actor: string) => appendShared(db, newRoom(), 0, () => [update(newRoom(), actor, { actor, newClients: [5] })])
      const results = await Promise.allSettled(servers.map((db, n) => bind(db, `actor ${n}`)))
      const winner = (await findRoom(store.db, newRoom().name))?.owners.get(5)
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Error', client: 5, actor: winner } })
    })

    test('[D46] that project one room at once: one does, and the rows are those of the later place', async () => {
      await settle(store.db)
      const { id: given, seqs } = await appendShared(store.db, newRoom(), 0, () => [1, 2].map(n => update(newRoom(), `${n}`)))
      const servers = await Promise.all([store.db, store.another(), store.another()])
      const records = ['AAAAAAAAAAAA', 'BBBBBBBBBBBB'].map(member => vote(member, 1))
      const same = await Promise.all(servers.map(db => project(db, projection(given ?? 0, seqs[0] ?? 0, { whole: true, records }))))
      expect(same.filter(did => did)).toHaveLength(1)
      await Promise.all(
        servers.map((db, n) =>
          project(db, projection(given ?? 0, seqs[Math.min(n, 1)] ?? 0, { whole: true, records: n === 0 ? records : records.slice(0, 1) })),
        ),
      )
      expect(await votesOf(store.db)).toEqual(['A1'])
    })

    test('[D47] of which one compacts a room while another loads it: nothing is missing from what is loaded', async () => {
      await settle(store.db)
      const other = await store.another()
      const room = newRoom()
      const { id: given, seqs } = await appendShared(store.db, room, 0, () => Array.from({ length: 40 }, (_, n) => update(room, `${n}`)))
      const compact = async () => {
        for (const [n, seq] of seqs.entries())
          await saveSnapshot(other, { room: given ?? 0, seq, data: Buffer.from(`${n + 1}`), vector: Uint8Array.of(0), version: 1, at: 2, keepAfter: 2 })
      }
      const compacted = compact()
      let loads = 0
      let snapshots = 0
      do {
        const stored = await findRoom(store.db, room.name)
        snapshots = Number(text(stored?.snapshot?.data) || 0)
        // A snapshot is the number of updates in it here.
        expect(snapshots + (stored?.updates.length ?? 0)).toBe(40)
        loads += 1
      } while (snapshots < 40)
      await compacted
      expect(loads).toBeGreaterThan(1)
    })
  })
})
