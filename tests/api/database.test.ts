/** What the functions of db/ rely on, whatever the engine; and what a database file is. */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { defaultSettings } from '@paperboard/shared/members'
import Client from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup, changeGroup, findGroup, findMembership, membersOf } from '../../apps/server/src/db/groups.ts'
import { migrationsFolder, tagsIn } from '../../apps/server/src/db/migrate.ts'
import { addPerson, anyPeople, findPerson } from '../../apps/server/src/db/people.ts'
import { findRoom } from '../../apps/server/src/db/rooms.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { DatabaseUnusable } from '../../apps/server/src/db/unusable.ts'
import { onEachStore } from '../support/stores.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const person = (id: string) => ({ id, email: `${id}@example.org`, name: id, passwordHash: 'x', createdAt: 1 })
const group = { id: 'g', name: 'G', timeZone: 'UTC', settings: defaultSettings }

onEachStore(store => {
  test('[D1] rows come back as they went in: text, numbers, JSON, bytes, null', async () => {
    const { db } = store
    await addPerson(db, person('a'))
    await addGroup(db, { ...group, settings: { ...defaultSettings, voteBudget: 5 }, owner: 'a', createdAt: 2 ** 43 })
    expect(await findMembership(db, 'g', 'a')).toEqual({ role: 'owner', group: { ...group, settings: { ...defaultSettings, voteBudget: 5 } } })
    const data = Buffer.from([0, 1, 254, 255])
    await db.sql.insert(db.t.rooms).values({ name: 'group/g', group: 'g', version: 1, projectedSeq: 0 })
    const [room] = await db.sql.select().from(db.t.rooms)
    const [update] = await db.sql
      .insert(db.t.updates)
      .values({ room: room?.id ?? 0, data, actor: 'a', at: 2 ** 43 })
      .returning()
    expect(update?.at).toBe(2 ** 43)
    expect(Buffer.compare(update?.data ?? Buffer.alloc(0), data)).toBe(0)
  })

  test('[D2] many rows are inserted at once and returned in order, with growing keys', async () => {
    const { db } = store
    await addPerson(db, person('a'))
    await addGroup(db, { ...group, owner: 'a', createdAt: 1 })
    const names = Array.from({ length: 300 }, (_, i) => `room ${i}`)
    const rows = await db.sql
      .insert(db.t.rooms)
      .values(names.map(name => ({ name, group: 'g', version: 1, projectedSeq: 0 })))
      .returning()
    expect(rows.map(row => row.name)).toEqual(names)
    expect(rows.map(row => row.id)).toEqual(rows.map((_, i) => (rows[0]?.id ?? 0) + i))
    // A key that was given is not given again, though its row is gone.
    await db.sql.delete(db.t.rooms)
    const [next] = await db.sql.insert(db.t.rooms).values({ name: 'next', group: 'g', version: 1, projectedSeq: 0 }).returning()
    expect(next?.id).toBeGreaterThan(rows.at(-1)?.id ?? 0)
  })

  test('[D3] an insert that meets its key updates the row, or leaves it and returns nothing', async () => {
    const { db } = store
    await addPerson(db, person('a'))
    const { people } = db.t
    const [changed] = await db.sql
      .insert(people)
      .values({ ...person('a'), name: 'Ada' })
      .onConflictDoUpdate({ target: people.id, set: { name: 'Ada' } })
      .returning()
    expect(changed?.name).toBe('Ada')
    expect(await addPerson(db, { ...person('b'), email: 'a@example.org' })).toBe(false)
    expect(await findPerson(db, 'b')).toBeNull()
  })

  test('[D4] a row that points to nothing is refused, and rows go with what they belong to', async () => {
    const { db } = store
    await expect(addGroup(db, { ...group, owner: 'nobody', createdAt: 1 })).rejects.toThrow()
    await addPerson(db, person('a'))
    await addGroup(db, { ...group, owner: 'a', createdAt: 1 })
    await db.sql.delete(db.t.groups).where(eq(db.t.groups.id, 'g'))
    expect(await membersOf(db, 'g')).toEqual([])
  })

  test('[D5] a transaction takes effect as a whole and gives what its work gives', async () => {
    const { db } = store
    const given = await db.transaction(async tx => {
      await addPerson(tx, person('a'))
      await addPerson(tx, person('b'))
      return 'given'
    })
    expect(given).toBe('given')
    expect(await findPerson(db, 'b')).not.toBeNull()
  })

  test('[D6] a transaction that fails takes back its own statements and nobody else’s', async () => {
    const { db } = store
    const written = Promise.withResolvers<void>()
    const others = Promise.withResolvers<void>()
    const failing = db.transaction(async tx => {
      await addPerson(tx, person('mine'))
      written.resolve()
      await others.promise
      await addPerson(tx, person('mine too'))
      throw new Error('no')
    })
    await written.promise
    const alongside = Promise.all([addPerson(db, person('alongside')), findPerson(db, 'mine'), db.transaction(tx => addPerson(tx, person('another')))])
    others.resolve()
    await expect(failing).rejects.toThrow('no')
    // The read saw nothing of it: it came after the transaction, or beside it.
    expect(await alongside).toEqual([true, null, true])
    expect(await findPerson(db, 'mine')).toBeNull()
    expect(await findPerson(db, 'mine too')).toBeNull()
    expect(await findPerson(db, 'alongside')).not.toBeNull()
    expect(await findPerson(db, 'another')).not.toBeNull()
  })

  test('[D7] transactions run one after another: what one has read still holds when it writes', async () => {
    const { db } = store
    await addPerson(db, person('a'))
    const addOne = () =>
      db.transaction(async tx => {
        const before = Number((await findPerson(tx, 'a'))?.createdAt)
        await Promise.resolve()
        await tx.sql
          .update(tx.t.people)
          .set({ createdAt: before + 1 })
          .where(eq(tx.t.people.id, 'a'))
      })
    await Promise.all(Array.from({ length: 50 }, addOne))
    expect((await findPerson(db, 'a'))?.createdAt).toBe(51)
  })

  test('[D8] a transaction within another is part of it, and its failure undoes both even if it is caught', async () => {
    const { db } = store
    await db.transaction(async tx => {
      await addPerson(tx, person('outer'))
      await tx.transaction(inner => addPerson(inner, person('inner')))
    })
    expect(await findPerson(db, 'inner')).not.toBeNull()
    const caught = db.transaction(async tx => {
      await addPerson(tx, person('lost'))
      await tx.transaction(() => Promise.reject(new Error('inner'))).catch(() => {})
    })
    await expect(caught).rejects.toThrow('cannot be committed')
    expect(await findPerson(db, 'lost')).toBeNull()
  })

  test('[D9] a statement that comes after the end of its transaction is refused', async () => {
    const { db } = store
    let leaked: Database | undefined
    await db.transaction(async tx => {
      leaked = tx
    })
    await expect(leaked && anyPeople(leaked)).rejects.toMatchObject({ cause: { message: expect.stringContaining('an await is missing') } })
    expect(await anyPeople(db)).toBe(false)
  })

  test('[D10] a failed statement leaves the database in use', async () => {
    const { db } = store
    await expect(db.transaction(tx => tx.sql.insert(tx.t.sessions).values({ id: 's', person: 'nobody', expiresAt: 1 }))).rejects.toThrow()
    expect(await addPerson(db, person('a'))).toBe(true)
  })
})

describe('A database file', () => {
  const file = () => join(folder, 'paperboard.db')
  const migrations = () => pathToFileURL(`${join(folder, 'migrations')}/`)
  /** The real migrations, and one more. */
  const withOneMore = (sql: string) => {
    const real = migrationsFolder('sqlite')
    const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', real), 'utf8'))
    mkdirSync(new URL('meta/', migrations()), { recursive: true })
    for (const { tag } of journal.entries) writeFileSync(new URL(`${tag}.sql`, migrations()), readFileSync(new URL(`${tag}.sql`, real)))
    writeFileSync(new URL('9999_more.sql', migrations()), sql)
    writeFileSync(new URL('meta/_journal.json', migrations()), JSON.stringify({ ...journal, entries: [...journal.entries, { tag: '9999_more' }] }))
  }
  const fill = async () => {
    const db = await openSqlite(file())
    await addPerson(db, person('a'))
    await db.close()
  }

  test('[D11] keeps what was written, with commits that are on the disk when they return', async () => {
    await fill()
    const db = await openSqlite(file())
    expect(await findPerson(db, 'a')).not.toBeNull()
    const [journal] = await db.sql.values<[string]>('PRAGMA journal_mode')
    const [synchronous] = await db.sql.values<[number]>('PRAGMA synchronous')
    expect([journal, synchronous]).toEqual([['wal'], [2]])
    await db.close()
  })

  test('[D67] has commits on the disk also after a transaction that need not be there could not begin', async () => {
    const db = await openSqlite(file())
    const other = new Client(file())
    other.exec('BEGIN IMMEDIATE')
    await expect(db.transaction(async () => {}, { durable: false })).rejects.toThrow('database is locked')
    expect(await db.sql.values('PRAGMA synchronous')).toEqual([[2]])
    other.exec('ROLLBACK')
    other.close()
    await db.transaction(async tx => void (await addPerson(tx, person('a'))), { durable: false })
    expect(await db.sql.values('PRAGMA synchronous')).toEqual([[2]])
    await db.close()
  })

  test('[D74] reads by key are answered past a transaction that is under way, by what is committed; they write nothing', async () => {
    const db = await openSqlite(file())
    await addPerson(db, person('a'))
    await addGroup(db, { ...group, owner: 'a', createdAt: 0 })
    await db.transaction(async tx => {
      await changeGroup(tx, { ...group, name: 'Another name' })
      // Within it they belong to it; from outside nothing of it is seen, and nothing waits for its end.
      expect((await findGroup(tx, group.id))?.name).toBe('Another name')
      expect((await findGroup(db, group.id))?.name).toBe(group.name)
    })
    expect((await findGroup(db, group.id))?.name).toBe('Another name')
    await expect(db.quick.update(db.t.groups).set({ name: 'Written' })).rejects.toThrow()
    expect((await findGroup(db, group.id))?.name).toBe('Another name')
    await db.close()
    await expect(findGroup(db, group.id)).rejects.toThrow()
  })

  test('[D68] small commits to the log are made beside the thread while it has nothing to do, in one order with what it was asked, and never while another process writes', async () => {
    const db = await openSqlite(file())
    await addPerson(db, person('a'))
    await addGroup(db, { ...group, owner: 'a', createdAt: 0 })
    const update = (n: number) => ({
      room: { id: null, name: 'board/g/2026-01-01', group: 'g', version: 1 },
      data: Uint8Array.of(n),
      actor: 'a',
      at: n,
      newClients: [],
    })
    const stored = async () => (await findRoom(db, 'board/g/2026-01-01'))?.updates.map(({ data }) => data[0])
    // The thread is idle; then a transaction is under way, which sees what came before it and not what comes after.
    expect((await db.append([update(1)])).seqs).toEqual([1])
    await db.append([update(2)])
    const [seen, third] = await Promise.all([db.transaction(tx => Promise.resolve(tx.sql.select().from(tx.t.updates))), db.append([update(3)])])
    expect([seen.length, third.seqs]).toEqual([2, [3]])
    const other = new Client(file())
    other.exec('BEGIN IMMEDIATE')
    const waits = db.append([update(4)])
    let isStored = false
    void waits.then(() => {
      isStored = true
    })
    await new Promise(setImmediate)
    expect(isStored).toBe(false)
    other.exec('COMMIT')
    other.close()
    await waits
    expect(await stored()).toEqual([1, 2, 3, 4])
    await db.close()
  })

  test('[D12] is brought up to date when opened, after a copy of it was made', async () => {
    await fill()
    withOneMore('CREATE TABLE more (id text);\n--> statement-breakpoint\nINSERT INTO more VALUES (1);')
    const db = await openSqlite(file(), migrations())
    expect(await db.sql.values('SELECT id FROM more')).toEqual([['1']])
    expect(await findPerson(db, 'a')).not.toBeNull()
    await db.close()
    const copy = new Client(`${file()}.before-9999_more`, { readonly: true })
    expect(copy.prepare('SELECT id FROM people').pluck().all()).toEqual(['a'])
    copy.close()
  })

  test('[D13] is left as it was by a migration that fails', async () => {
    await fill()
    withOneMore('CREATE TABLE more (id text);\n--> statement-breakpoint\nINSERT INTO nowhere VALUES (1);')
    await expect(openSqlite(file(), migrations())).rejects.toThrow('nowhere')
    const db = await openSqlite(file())
    expect(await db.sql.values("SELECT name FROM sqlite_master WHERE name = 'more'")).toEqual([])
    expect(await findPerson(db, 'a')).not.toBeNull()
    await db.close()
  })

  test('[D14] is not migrated into rows that point to nothing', async () => {
    await fill()
    withOneMore("INSERT INTO sessions VALUES ('s', 'nobody', 1);")
    await expect(openSqlite(file(), migrations())).rejects.toThrow('1 rows that point to nothing')
    await (await openSqlite(file())).close()
  })

  test('[D15] of a newer version is refused and not touched', async () => {
    await fill()
    withOneMore('CREATE TABLE more (id text);')
    await (await openSqlite(file(), migrations())).close()
    await expect(openSqlite(file())).rejects.toThrow(/newer version of Paperboard \(it has 9999_more\)/)
  })

  test('[D16] of another program, or one that is no database, is refused with its name', async () => {
    const other = new Client(file())
    other.exec('CREATE TABLE theirs (id text)')
    other.close()
    await expect(openSqlite(file())).rejects.toThrow(`${file()} belongs to another program`)
    const text = join(folder, 'notes.txt')
    writeFileSync(text, 'not a database, but long enough to be taken for the header of one'.repeat(20))
    await expect(openSqlite(text)).rejects.toThrow(`${text} cannot be opened: file is not a database`)
  })

  test('[D17] in a folder that is missing, or is a folder itself, is refused with its name', async () => {
    const missing = join(folder, 'missing', 'paperboard.db')
    await expect(openSqlite(missing)).rejects.toThrow(DatabaseUnusable)
    await expect(openSqlite(missing)).rejects.toThrow(missing)
    await expect(openSqlite(folder)).rejects.toThrow(`${folder} cannot be opened`)
  })

  test('[D18] that may not be written is refused with its name', async () => {
    await fill()
    chmodSync(file(), 0o444)
    const open = `import(${JSON.stringify(new URL('../../apps/server/src/db/sqlite.ts', import.meta.url))}).then(at => at.openSqlite(process.argv[1]))`
    // Root may write to any file but without this right. Another user may not even read the project where it lies below root's home.
    const asOwner = process.geteuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override'] : ['env']
    const [program = '', ...args] = [...asOwner, process.execPath, '-e', open, file()]
    await expect(promisify(execFile)(program, args)).rejects.toThrow(`${file()} cannot be written: attempt to write a readonly database`)
  })

  test('[D19] can be opened twice at once while new, and is migrated once', async () => {
    const [first, second] = await Promise.all([openSqlite(file()), openSqlite(file())])
    expect(await second.sql.values('SELECT count(*) FROM migrations')).toEqual([[tagsIn(migrationsFolder('sqlite')).length]])
    expect(existsSync(`${file()}.before-0000_start`)).toBe(false)
    await addPerson(first, person('a'))
    expect(await findPerson(second, 'a')).not.toBeNull()
    await first.close()
    await second.close()
  })
})
