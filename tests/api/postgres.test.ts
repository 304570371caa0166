/** PostgreSQL as the store: opening and migrating it, and what happens when it fails. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { migrationsFolder, tagsIn } from '../../apps/server/src/db/migrate.ts'
import { addPerson, findPerson } from '../../apps/server/src/db/people.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { DatabaseUnusable } from '../../apps/server/src/db/unusable.ts'
import { createDatabase, hasPostgres, psql } from '../support/postgres.ts'
import { postgresTitle } from '../support/stores.ts'

const person = (id: string) => ({ id, email: `${id}@example.org`, name: id, passwordHash: 'x', createdAt: 1 })

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await createDatabase()
  onTestFinished(drop)
  return url
}

type Options = Parameters<typeof openPostgres>[1]
async function open(url: string, options: Options = {}): Promise<Database> {
  const db = await openPostgres(url, options)
  onTestFinished(() => db.close())
  return db
}

const changed = (url: string, change: Partial<Pick<URL, 'username' | 'password' | 'pathname' | 'port' | 'hostname'>>) =>
  Object.assign(new URL(url), change).href

/** The error that opening gives; it must be one for people, and not hold the password. */
async function refusal(url: string, options: Options = {}): Promise<string> {
  const error = await openPostgres(url, options).then(
    db => db.close(),
    (error: unknown) => error,
  )
  if (!(error instanceof DatabaseUnusable)) throw new Error(`Not refused plainly: ${error}`, { cause: error })
  expect(`${error.message} ${error.stack}`).not.toContain(new URL(url).password)
  return error.message
}

/** The real migrations, and one more. */
function withOneMore(more: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(migrationsFolder('pg'), folder, { recursive: true })
  writeFileSync(join(folder, '9999_more.sql'), more)
  return pathToFileURL(`${folder}/`)
}

/** Ends all connections of the server under test. */
const terminate = (url: string) =>
  psql(url, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'paperboard'")

/** A network between a server and its database that can fall silent: what is sent then arrives nowhere, and nothing is closed. */
async function network(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let silent = false
  const server = createServer(socket => {
    const onward = connect(Number(port), hostname)
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from)
      from.on('data', data => {
        if (!silent) to.write(data)
      })
      from.on('error', () => {})
      from.on('close', () => {
        if (!silent) to.destroy()
      })
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port: own } = server.address() as AddressInfo
  return {
    url: changed(url, { port: String(own) }),
    set silent(value: boolean) {
      silent = value
    },
  }
}

describe.skipIf(!hasPostgres)(postgresTitle, () => {
  test('[D49] that cannot be used is refused with its place, why, and what to do, and without the password', async () => {
    const url = changed(await emptyDatabase(), {})
    const closed = createServer()
    await new Promise<void>(listening => closed.listen(0, '127.0.0.1', listening))
    const unused = String((closed.address() as AddressInfo).port)
    closed.close()
    const { hostname, port } = new URL(url)
    const wrong: Record<string, [string, RegExp]> = {
      'a wrong password': [changed(url, { password: 'wrong-secret' }), /the password is wrong, or the user does not exist/],
      'an unknown user': [changed(url, { username: 'nobody-here' }), /\(user nobody-here\) cannot be used: the password is wrong, or the user does not exist/],
      'no such database': [changed(url, { pathname: '/nothing-here' }), /database nothing-here at .* the database does not exist. Create it/],
      'nothing that listens': [changed(url, { port: unused }), /nothing listens there. Start PostgreSQL/],
      'no such host': [changed(url, { hostname: 'nothing.invalid' }), /no such host|cannot be resolved/],
      'no encryption where it is asked for': [`${url}?sslmode=require`, /SSL.*sslmode in DATABASE_URL/],
    }
    for (const [what, [address, why]] of Object.entries(wrong)) expect.soft(await refusal(address), what).toMatch(why)
    expect(await refusal(changed(url, { password: 'wrong-secret' }))).toContain(`at ${hostname}:${port} (user ${new URL(url).username})`)
  })

  test('[D50] that does not answer is given up', async () => {
    const silent = createServer(() => {})
    await new Promise<void>(listening => silent.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    expect(await refusal(`postgres://a:secret@127.0.0.1:${port}/b`, { timeouts: { connect: 200 } })).toMatch(/it does not answer/)
  })

  test('[D51] of another program, of a newer version, read-only, of another encoding, or where it may not create tables, is refused and not touched', async () => {
    const theirs = await emptyDatabase()
    await psql(theirs, 'CREATE TABLE theirs (id text)')
    expect(await refusal(theirs)).toMatch(/belongs to another program/)
    expect(await psql(theirs, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toBe('theirs')

    const newer = await emptyDatabase()
    await (await openPostgres(newer, { migrations: withOneMore('CREATE TABLE more (id text)') })).close()
    expect(await refusal(newer)).toMatch(/newer version of Paperboard \(it has 9999_more\)/)

    const readOnly = await emptyDatabase()
    await psql(readOnly, `ALTER DATABASE ${new URL(readOnly).pathname.slice(1)} SET default_transaction_read_only = on`)
    expect(await refusal(readOnly)).toMatch(/it is read-only/)

    const name = `${new URL(readOnly).pathname.slice(1)}_latin`
    await psql(readOnly, `BEGIN READ WRITE; COMMIT`)
    await psql(newer, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc`)
    onTestFinished(async () => void (await psql(newer, `DROP DATABASE ${name}`)))
    expect(await refusal(changed(newer, { pathname: `/${name}` }))).toMatch(/its encoding is LATIN1/)

    const foreign = await emptyDatabase()
    const user = `${name}_guest`
    await psql(foreign, `CREATE ROLE ${user} LOGIN PASSWORD 'guest-secret'; REVOKE CREATE ON SCHEMA public FROM public`)
    onTestFinished(async () => void (await psql(newer, `DROP ROLE ${user}`)))
    expect(await refusal(changed(foreign, { username: user, password: 'guest-secret' }))).toMatch(/may not create tables/)
  })

  test('[D52] is brought up to date by one of the servers that start at once, and the others wait', async () => {
    const url = await emptyDatabase()
    const servers = await Promise.all(Array.from({ length: 6 }, () => open(url)))
    expect(await psql(url, 'SELECT tag FROM migrations ORDER BY tag')).toBe(tagsIn(migrationsFolder('pg')).join('\n'))
    await Promise.all(servers.map((db, n) => addPerson(db, person(`p${n}`))))
    expect(await psql(url, 'SELECT count(*) FROM people')).toBe('6')
  })

  test('[D53] is left as it was by a migration that fails', async () => {
    const url = await emptyDatabase()
    await addPerson(await open(url), person('a'))
    const broken = withOneMore('CREATE TABLE more (id text);\n--> statement-breakpoint\nINSERT INTO nowhere VALUES (1);')
    await expect(openPostgres(url, { migrations: broken })).rejects.toThrow('nowhere')
    expect(await psql(url, "SELECT to_regclass('more') IS NULL, (SELECT count(*) FROM migrations WHERE tag = '9999_more')")).toBe('t|0')
    const again = await open(url, { migrations: withOneMore('CREATE TABLE more (id text);') })
    expect(await findPerson(again, 'a')).not.toBeNull()
  })

  test('[D54] that ends its connections fails what is under way, and later statements open others', async () => {
    const url = await emptyDatabase()
    const db = await open(url)
    await addPerson(db, person('a'))
    // A statement is sent when it is awaited.
    const sleeping = (async () => db.sql.run(sql`SELECT pg_sleep(60)`))()
    const entered = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const cut = db.transaction(async tx => {
      await addPerson(tx, person('lost'))
      entered.resolve()
      await ended.promise
      await addPerson(tx, person('lost too'))
    })
    const failures = Promise.all([expect(sleeping).rejects.toThrow(), expect(cut).rejects.toThrow()])
    const asleep = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'"
    await expect.poll(() => psql(url, asleep), { timeout: 30_000 }).toBe('1')
    await entered.promise
    await terminate(url)
    ended.resolve()
    await failures
    expect(await findPerson(db, 'a')).not.toBeNull()
    expect(await findPerson(db, 'lost')).toBeNull()
    expect(await addPerson(db, person('b'))).toBe(true)
  })

  test('[D55] behind a network that falls silent: nothing waits for ever, and all is well once it speaks again', async () => {
    const direct = await emptyDatabase()
    const between = await network(direct)
    const db = await open(between.url, { timeouts: { connect: 5_000, statement: 2_000, silence: 500 } })
    await addPerson(db, person('a'))
    between.silent = true
    const since = performance.now()
    const results = await Promise.allSettled([findPerson(db, 'a'), addPerson(db, person('b')), db.transaction(tx => addPerson(tx, person('c')))])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(performance.now() - since).toBeLessThan(30_000)
    between.silent = false
    await expect.poll(() => findPerson(db, 'a').catch(() => null), { timeout: 20_000 }).not.toBeNull()
    expect(await addPerson(db, person('d'))).toBe(true)
  })

  test('[D56] does not work on one statement for ever, nor wait for a lock', async () => {
    const url = await emptyDatabase()
    const db = await open(url, { timeouts: { statement: 500 } })
    const other = await open(url)
    await addPerson(db, person('a'))
    await expect(db.sql.run(sql`SELECT pg_sleep(60)`)).rejects.toMatchObject({ cause: { code: '57014' } })
    const held = Promise.withResolvers<void>()
    const holding = other.transaction(async tx => {
      await tx.sql.update(tx.t.people).set({ name: 'held' }).where(eq(tx.t.people.id, 'a'))
      const waiting = db.sql.update(db.t.people).set({ name: 'waited' }).where(eq(db.t.people.id, 'a'))
      await expect(waiting).rejects.toMatchObject({ cause: { code: expect.stringMatching(/55P03|57014/) } })
      held.resolve()
    })
    await held.promise
    await holding
    expect((await findPerson(db, 'a'))?.name).toBe('held')
  })

  test('[D66] lends a connection again after work or a statement that failed', async () => {
    const db = await open(await emptyDatabase())
    const session = async () => (await db.sql.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(values (1)) AS one`))[0]?.pid
    const first = await session()
    await expect(db.transaction(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    await expect(db.transaction(tx => tx.sql.insert(tx.t.sessions).values({ id: 's', person: 'nobody', expiresAt: 1 }))).rejects.toThrow()
    await expect(db.sql.insert(db.t.sessions).values({ id: 's', person: 'nobody', expiresAt: 1 })).rejects.toThrow()
    expect(await session()).toBe(first)
    // One that is caught does not save its transaction.
    const caught = db.transaction(async tx => {
      await addPerson(tx, person('lost'))
      await tx.sql
        .insert(tx.t.sessions)
        .values({ id: 's', person: 'nobody', expiresAt: 1 })
        .catch(() => {})
    })
    await expect(caught).rejects.toThrow(/cannot be committed/)
    expect([await findPerson(db, 'lost'), await session()]).toEqual([null, first])
  })

  test('[D57] transactions of two servers are as if one came after the other, even where they write different rows', async () => {
    const url = await emptyDatabase()
    const servers = await Promise.all([open(url), open(url)])
    const [first] = servers
    for (const id of ['a', 'b']) await addPerson(first, person(id))
    // Each may leave as long as the other stays: both must not.
    const leave = (db: Database, id: string) =>
      db.transaction(async tx => {
        const here = (await tx.sql.select().from(tx.t.people).where(eq(tx.t.people.createdAt, 1))).length
        if (here > 1) await tx.sql.update(tx.t.people).set({ createdAt: 0 }).where(eq(tx.t.people.id, id))
      })
    for (let turn = 0; turn < 10; turn++) {
      await Promise.all(servers.map((db, n) => leave(db, n === 0 ? 'a' : 'b')))
      const left = await first.sql.select().from(first.t.people).where(eq(first.t.people.createdAt, 1))
      expect(left).toHaveLength(1)
      await first.sql.update(first.t.people).set({ createdAt: 1 })
    }
  })

  test('[D58] a commit is on the disk when it returns, even where the database is set to answer before', async () => {
    const url = await emptyDatabase()
    await psql(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`)
    const db = await open(url)
    const setting = (on: Database) => on.sql.select({ value: sql<string>`current_setting('synchronous_commit')` }).from(sql`(values (1)) AS one`)
    expect(await setting(db)).toEqual([{ value: 'on' }])
    expect(await db.transaction(setting)).toEqual([{ value: 'on' }])
    expect(await db.transaction(setting, { durable: false })).toEqual([{ value: 'off' }])
  })

  test('[D59] has the tables and columns that SQLite has', async () => {
    const url = await emptyDatabase()
    await open(url)
    const columns = await psql(
      url,
      `SELECT table_name, column_name, is_nullable = 'NO' FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name COLLATE "C", column_name COLLATE "C"`,
    )
    const { openSqlite } = await import('../../apps/server/src/db/sqlite.ts')
    const sqlite = await openSqlite(':memory:')
    onTestFinished(() => sqlite.close())
    const same = await sqlite.sql.values<[string, string, number]>(
      `SELECT m.name, c.name, c."notnull" OR c.pk > 0 FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name`,
    )
    expect(columns.split('\n')).toEqual(same.map(([table, column, required]) => `${table}|${column}|${required ? 't' : 'f'}`))
  })
})

describe('Migrations', () => {
  const server = fileURLToPath(new URL('../../apps/server', import.meta.url))
  const kit = fileURLToPath(new URL('../../node_modules/drizzle-kit/bin.cjs', import.meta.url))

  test.each([
    ['SQLite', 'drizzle.config.ts', 'sqlite', 'sqlite'],
    ['PostgreSQL', 'drizzle.pg.config.ts', 'pg', 'postgresql'],
  ] as const)('[D60] of %s amount to the tables that the program has', async (_name, config, engine, dialect) => {
    const out = mkdtempSync(join(tmpdir(), 'paperboard-'))
    onTestFinished(() => rmSync(out, { recursive: true }))
    cpSync(migrationsFolder(engine), out, { recursive: true })
    expect(readFileSync(join(server, config), 'utf8')).toContain(`./drizzle/${engine}.cjs`)
    // It takes no absolute folder.
    const args = [kit, 'generate', `--dialect=${dialect}`, `--schema=./drizzle/${engine}.cjs`, `--out=${relative(server, out)}`]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: server })
    expect(stdout).toMatch(/No schema changes/)
    expect(tagsIn(pathToFileURL(`${out}/`))).toEqual(tagsIn(migrationsFolder(engine)))
  })
})
