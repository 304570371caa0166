/** `npm run db:move`: an installation made by the app goes from SQLite to PostgreSQL, whole. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BoardPapers, Group, Me } from '@paperboard/shared/api'
import { boardRoom } from '@paperboard/shared/room'
import Client from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { moveToPostgres } from '../../apps/server/src/db/move.ts'
import { openDatabase } from '../../apps/server/src/db/open.ts'
import { addPerson, anyPeople } from '../../apps/server/src/db/people.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { findRoom } from '../../apps/server/src/db/rooms.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { DatabaseUnusable } from '../../apps/server/src/db/unusable.ts'
import { createDatabase, hasPostgres, psql } from '../support/postgres.ts'
import { Client as Browser, password } from '../support/server.ts'
import { startServerProcess } from '../support/serverProcess.ts'
import { postgresTitle } from '../support/stores.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const script = (name: string) => join(root, 'apps/server/src', name)
const file = (dataDir: string) => join(dataDir, 'paperboard.sqlite')
const silent = () => {}
/** Programs are started from their source, several times in a test. ms. */
const patience = 180_000

async function ended(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = await once(child, 'close')
  return { code, said }
}

const run = (name: string, args: string[], env: Record<string, string>) =>
  spawn(process.execPath, [script(name), ...args], {
    env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const newFolder = () => mkdtempSync(join(tmpdir(), 'paperboard-move-'))
const made = { sample: '', other: '' }
/** Two installations as people have them: two members and a board, made through the API. */
beforeAll(async () => {
  for (const name of ['sample', 'other'] as const) {
    made[name] = newFolder()
    const { code, said } = await ended(run('seed.ts', [], { DATA_DIR: made[name], DATABASE_URL: '' }))
    expect(code, said).toBe(0)
  }
}, patience)
afterAll(() => {
  for (const folder of Object.values(made)) if (folder !== '') rmSync(folder, { recursive: true })
})

/** A copy of one, to be changed. */
function installation(name: keyof typeof made = 'sample'): string {
  const dataDir = newFolder()
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  cpSync(made[name], dataDir, { recursive: true })
  return dataDir
}

/** A long history: documents in many pieces, rows with everything a column may hold. */
function grow(dataDir: string, updates: number) {
  const client = new Client(file(dataDir))
  const room = client.prepare<[], number>('SELECT id FROM rooms').pluck().get() ?? 0
  const group = client.prepare<[], string>('SELECT id FROM groups').pluck().get() ?? ''
  client.transaction(() => {
    const append = client.prepare('INSERT INTO doc_updates (room, data, actor, at) VALUES (?, ?, ?, ?)')
    for (let n = 0; n < updates; n++) append.run(room, Buffer.alloc(1 + (n % 2_000), n), 'server', 2 ** 43 + n)
    const comment = client.prepare('INSERT INTO comments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    for (const [n, text] of ['nul \0', 'half \ud83d', '漢字 \u{1F600}', "'; DROP --", '\\u0000'].entries())
      comment.run(group, '2026-11-24', `NNNNNNNNNNN${n}:AAAAAAAAAAAA`, 'p', 'AAAAAAAAAAAA', null, text, 1, n % 2 === 0 ? null : 2 ** 52)
    // Keys that sort otherwise in most languages.
    const person = client.prepare('INSERT INTO people VALUES (?, ?, ?, ?, ?)')
    for (const id of ['a', 'B', 'ä', '_', 'Z', 'z0']) person.run(id, `${id}@elsewhere.example`, id, 'x', 1)
    client.prepare('DELETE FROM doc_updates WHERE seq = (SELECT max(seq) FROM doc_updates)').run()
  })()
  client.close()
}

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await createDatabase()
  onTestFinished(drop)
  return url
}

const refusal = (dataDir: string, url: string) =>
  moveToPostgres({ file: file(dataDir), url, say: silent }).then(
    () => 'moved',
    (error: unknown) => (error instanceof DatabaseUnusable ? error.message : Promise.reject(error)),
  )

vi.setConfig({ testTimeout: patience })

describe.skipIf(!hasPostgres)(postgresTitle, () => {
  test('[D61] takes over an installation row by row, and a server goes on with it where the other stopped', async () => {
    const dataDir = installation()
    grow(dataDir, 1_500)
    const url = await emptyDatabase()
    const lines: string[] = []
    const moved = await moveToPostgres({ file: file(dataDir), url, say: line => lines.push(line) })
    const count = Object.fromEntries(moved.map(({ table, rows }) => [table, rows]))
    expect(count).toMatchObject({ people: 8, groups: 1, rooms: 1, comments: 5, papers: count.board_papers })
    expect(moved.every(({ checksum }) => /^[0-9a-f]{64}$/.test(checksum))).toBe(true)
    expect(lines).toContain(`doc_updates: ${count.doc_updates?.toLocaleString('en')} of ${count.doc_updates?.toLocaleString('en')} rows`)
    expect(await psql(url, "SELECT to_regclass('unfinished_move') IS NULL")).toBe('t')
    // The key of a row that is gone is not given again.
    const last = new Client(file(dataDir), { readonly: true })
    const given = last.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'doc_updates'").pluck().get()
    const documents = last.prepare<[], Buffer>('SELECT data FROM doc_snapshots').pluck().all()
    last.close()
    expect(await psql(url, "SELECT nextval('doc_updates_seq_seq')")).toBe(String((given ?? 0) + 1))
    const db = await openPostgres(url)
    const [snapshot] = await db.sql.select().from(db.t.snapshots)
    expect(snapshot?.data).toEqual(documents[0])
    await db.close()
  })

  test('[D62] serves what was moved: people sign in with their passwords and find their board, and changes go on', async () => {
    const dataDir = installation()
    const url = await emptyDatabase()
    const moved = await ended(run('move.ts', ['--to', url], { DATA_DIR: dataDir }))
    expect(moved.said).toMatch(/Moved and verified: [\d,]+ rows in \d+ tables/)
    expect([moved.code, moved.said.includes(new URL(url).password)]).toEqual([0, false])
    const server = await startServerProcess({ dataDir, env: { DATABASE_URL: url }, file: script('main.ts') })
    onTestFinished(() => server.kill())
    const alice = new Browser(server)
    expect((await alice.post('/api/session', { email: 'alice@example.org', password: 'paper board' })).status).toBe(200)
    const [group] = (await alice.get<Me>('/api/me')).body.groups
    const { today } = (await alice.get<Group>(`/api/groups/${group?.id}`)).body
    const board = await alice.get<BoardPapers>(`/api/groups/${group?.id}/boards/${today}`)
    expect(board.body.papers.length).toBeGreaterThan(10)
    expect((await alice.post(`/api/groups/${group?.id}/boards/${today}/papers`, { source: { from: 'text', text: '2401.12345' } })).status).toBe(200)
    expect((await new Browser(server).post('/api/session', { email: 'alice@example.org', password })).status).toBe(401)
    await server.stop()
    const db = await openPostgres(url)
    const stored = await findRoom(db, boardRoom(group?.id ?? '', today))
    expect((stored?.snapshot?.seq ?? 0) + (stored?.updates.length ?? 0)).toBeGreaterThan(1)
    await db.close()
  })

  test('[D63] killed at any point, the move goes on where it was; until it has ended no server uses what there is', async () => {
    const dataDir = installation()
    grow(dataDir, 12_000)
    const url = await emptyDatabase()
    const rowsThere = async () => Number(await psql(url, 'SELECT count(*) FROM doc_updates').catch(() => '0'))
    for (const enough of [1, 4_000]) {
      const child = run('move.ts', ['--to', url], { DATA_DIR: dataDir })
      const end = ended(child)
      await expect.poll(rowsThere, { timeout: 120_000, interval: 20 }).toBeGreaterThanOrEqual(enough)
      child.kill('SIGKILL')
      await end
    }
    const before = await rowsThere()
    expect(before).toBeLessThan(12_000)
    await expect(openPostgres(url)).rejects.toThrow(/its move was interrupted. Run npm run db:move again/)
    const other = installation('other')
    expect(await refusal(other, url)).toMatch(/holds the unfinished move of another installation/)
    const lines: string[] = []
    const moved = await moveToPostgres({ file: file(dataDir), url, say: line => lines.push(line) })
    expect(lines[0]).toBe('An interrupted move goes on')
    expect(moved.find(({ table }) => table === 'doc_updates')?.rows).toBeGreaterThanOrEqual(12_000)
    await (await openPostgres(url)).close()
  })

  test('[D64] what changed between two attempts, here or there, is found, and the move says so', async () => {
    const dataDir = installation()
    grow(dataDir, 10)
    const url = await emptyDatabase()
    const source = new Client(file(dataDir))
    const first = source.prepare<[], string>('SELECT min(id) FROM people').pluck().get() ?? ''
    await (await openPostgres(url)).close()
    await psql(url, `CREATE TABLE unfinished_move (source text PRIMARY KEY); INSERT INTO unfinished_move VALUES ('${first}')`)
    await psql(url, `INSERT INTO people VALUES ('${first}', 'someone@else.example', 'Changed', 'x', 1)`)
    source.close()
    expect(await refusal(dataDir, url)).toMatch(/What arrived of people is not what was sent, from the row \[".*"\] on/)
    await expect(openPostgres(url)).rejects.toThrow(/interrupted/)
  })

  test('[D65] a move is refused while a server uses either side, and where the target holds data or the source is missing', async () => {
    const dataDir = installation()
    const url = await emptyDatabase()
    const used = await openDatabase({ dataDir, databaseUrl: null })
    const { code, said } = await ended(run('move.ts', ['--to', url], { DATA_DIR: dataDir }))
    expect([code, said]).toEqual([1, expect.stringMatching(/is in use by another Paperboard/)])
    await used.close()
    // Whatever opens the file, such as a shell.
    const shell = await openSqlite(file(dataDir))
    expect(await refusal(dataDir, url)).toMatch(/paperboard.sqlite is in use. Stop what uses it/)
    await shell.close()
    const target = await openPostgres(url)
    expect(await refusal(dataDir, url)).toMatch(/is in use by a server of Paperboard. Stop it/)
    await target.close()
    expect(await refusal(join(dataDir, 'none'), url)).toMatch(/There is no database .*none/)
    const full = await emptyDatabase()
    const holder = await openPostgres(full)
    await addPerson(holder, { id: 'a', email: 'a', name: 'a', passwordHash: 'x', createdAt: 1 })
    await holder.close()
    expect(await refusal(dataDir, full)).toMatch(/holds data already \(people\)/)
    const untouched = await openPostgres(full)
    expect(await anyPeople(untouched)).toBe(true)
    await untouched.close()
  })
})
