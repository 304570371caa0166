/** Backups while members write, and what a restored one holds. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addComment, castVote } from '@paperboard/shared/board'
import { boardRoom } from '@paperboard/shared/room'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { restoredAt } from '../../apps/server/src/db/meta.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { runCommand } from '../support/command.ts'
import { connect, type Peer } from '../support/peer.ts'
import { createDatabase, hasPostgres, psql } from '../support/postgres.ts'
import { Person } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts'
import { postgresTitle } from '../support/stores.ts'

/** Where an installation keeps its data: a folder of its own, and on PostgreSQL a database too. */
interface Place {
  dataDir: string
  env: Record<string, string>
  drop: () => Promise<void>
}

const inFolder = async (): Promise<Place> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paperboard-backup-'))
  return { dataDir, env: { DATA_DIR: dataDir }, drop: async () => rmSync(dataDir, { recursive: true }) }
}
const inDatabase = async (): Promise<Place> => {
  const [folder, database] = [await inFolder(), await createDatabase()]
  return { ...folder, env: { ...folder.env, DATABASE_URL: database.url }, drop: async () => void (await Promise.all([folder.drop(), database.drop()])) }
}

const engines = [
  { title: 'SQLite', here: true, place: inFolder },
  { title: postgresTitle, here: hasPostgres, place: inDatabase },
]

for (const { title, here, place } of engines)
  describe.skipIf(!here)(title, () => {
    let open: { drop: () => Promise<void> }[] = []
    const opened = async () => {
      const own = await place()
      open.push(own)
      return own
    }
    const start = async ({ dataDir, env }: Place): Promise<ServerProcess> => {
      const server = await startServerProcess({ dataDir, env })
      open.unshift({ drop: server.kill })
      return server
    }
    beforeEach(() => {
      open = []
    })
    afterEach(async () => {
      for (const each of open) await each.drop()
    })

    test('[O10] a backup that is made while members write holds all that was acknowledged before it began, and is consistent; writing goes on meanwhile', async () => {
      const from = await opened()
      const server = await start(from)
      const { alice, bob, room } = await found(server)
      const [a, b] = [await connect(server, alice, room), await connect(server, bob, room)]
      const writers = [write(a, alice.id), write(b, bob.id)]
      await a.until(() => a.acknowledged > 50 && b.acknowledged > 50)
      // What is acknowledged now is in the document of either.
      const stored = { a: a.acknowledged, b: b.acknowledged }
      const before = writers.flatMap(({ written }, n) => written.filter(({ message }) => message <= (n === 0 ? stored.a : stored.b)).map(({ key }) => key))
      const file = join(from.dataDir, 'copy.sqlite')
      expect(await runCommand('backup', [file], from.env)).toMatchObject({ code: 0, output: expect.stringContaining('MB') })
      expect(a.acknowledged).toBeGreaterThan(stored.a)
      for (const writer of writers) writer.stop()
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(readdirSync(from.dataDir).filter(name => name.includes('partial'))).toEqual([])
      expect(await runCommand('checkData', [file], from.env)).toMatchObject({ code: 0, output: expect.stringContaining('no fault') })

      const to = await opened()
      expect(await runCommand('restore', [file], to.env)).toMatchObject({ code: 0, output: expect.stringContaining('is in place') })
      const again = await start(to)
      const fresh = await connect(again, alice, room)
      expect(before.length).toBeGreaterThan(20)
      expect(before.filter(key => !fresh.doc.getMap('comments').has(key))).toEqual([])
      await again.stop()
      expect(await runCommand('checkData', [], to.env)).toMatchObject({ code: 0, output: expect.stringContaining('no fault') })
      const db = to.env.DATABASE_URL === undefined ? await openSqlite(join(to.dataDir, 'paperboard.sqlite')) : await openPostgres(to.env.DATABASE_URL)
      onTestFinished(() => db.close())
      expect(Date.now() - ((await restoredAt(db)) ?? 0)).toBeLessThan(600_000)
    }, 180_000)

    test('[O11] a backup takes the place of an installation only where that is asked for and no server runs, and what was there is kept', async () => {
      const from = await opened()
      const server = await start(from)
      const { alice, room } = await found(server)
      const file = join(from.dataDir, 'copy.sqlite')
      expect((await runCommand('backup', [file], from.env)).code).toBe(0)
      const peer = await connect(server, alice, room)
      const comment = addComment(peer.doc, { paper: firstPaper(peer), me: alice.id, text: 'After the backup.', now: Date.now() })
      await peer.saved()
      expect(await runCommand('restore', [file], from.env)).toMatchObject({ code: 1, output: expect.stringMatching(/in use|holds an installation/) })
      expect(await runCommand('restore', [file, '--replace'], from.env)).toMatchObject({ code: 1, output: expect.stringContaining('in use') })
      await server.stop()
      expect(await runCommand('restore', [file], from.env)).toMatchObject({ code: 1, output: expect.stringContaining('add --replace') })
      const { code, output } = await runCommand('restore', [file, '--replace', '--sign-out'], from.env)
      expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('What was there is kept') })
      const kept = /is kept: (.*)\n/.exec(output)?.[1] ?? ''
      if (from.env.DATABASE_URL === undefined) expect(existsSync(kept)).toBe(true)
      else expect(Number(await psql(from.env.DATABASE_URL, `SELECT count(*) FROM ${kept.replace('the schema ', '')}.doc_updates`))).toBeGreaterThan(1)
      const again = await start(from)
      alice.server = again
      expect((await alice.me()).person).toBeNull()
      await alice.signIn()
      const fresh = await connect(again, alice, room)
      expect(fresh.doc.getMap('comments').has(comment)).toBe(false)
      expect(fresh.doc.getMap('papers').size).toBeGreaterThan(0)
    }, 180_000)
  })

test('[O12] of a folder of backups the newest stay, and nothing else in it is touched', async () => {
  const { dataDir, env, drop } = await inFolder()
  onTestFinished(drop)
  const db = await openSqlite(join(dataDir, 'paperboard.sqlite'))
  await db.close()
  const folder = join(dataDir, 'backups')
  mkdirSync(folder)
  const old = ['paperboard-2026-01-01T00-00-00Z.sqlite', 'paperboard-2026-01-02T00-00-00Z.sqlite', 'paperboard-2026-01-03T00-00-00Z.sqlite']
  for (const name of [...old, 'a-0000.sqlite', 'notes.txt']) writeFileSync(join(folder, name), '')
  expect((await runCommand('backup', [folder, '--keep', '2'], env)).code).toBe(0)
  const left = readdirSync(folder).sort()
  expect(left).toHaveLength(4)
  expect(left.slice(0, 3)).toEqual(['a-0000.sqlite', 'notes.txt', old[2]])
  for (const args of [[], [folder, '--keep', '0'], [join(dataDir, 'x.sqlite'), '--keep', '2'], [join(folder, 'notes.txt')], [join(dataDir, 'no/x.sqlite')]])
    expect((await runCommand('backup', args, env)).code).toBe(1)
})

test('[O13] what is no backup, is damaged or comes from a newer version is not restored, and nothing has changed', async () => {
  const { dataDir, env, drop } = await inFolder()
  onTestFinished(drop)
  const good = join(dataDir, 'good.sqlite')
  await (await openSqlite(good)).close()
  const newer = join(dataDir, 'newer.sqlite')
  await (await openSqlite(newer)).close()
  const client = new Sqlite(newer)
  client.exec("INSERT INTO migrations VALUES ('9999_later', 1)")
  client.close()
  const text = join(dataDir, 'text.sqlite')
  writeFileSync(text, 'not a database, however long it may be')
  for (const [file, why] of [
    [text, 'cannot be'],
    [newer, 'newer version'],
    [join(dataDir, 'none.sqlite'), 'no backup'],
  ] as const)
    expect(await runCommand('restore', [file], env)).toMatchObject({ code: 1, output: expect.stringContaining(why) })
  expect(readdirSync(dataDir).filter(name => name.startsWith('paperboard.sqlite'))).toEqual([])
  expect((await runCommand('restore', [good], env)).code).toBe(0)
}, 120_000)

/** Alice's group with Bob in it, and the sample papers on its board of today. */
async function found(server: ServerProcess) {
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const bob = await new Person(server, 'Bob').signUp((await alice.invite(group)).token)
  const { today } = (await alice.get<{ today: string }>(`/api/groups/${group}`)).body
  expect((await alice.post(`/api/groups/${group}/boards/${today}/papers`, { source: { from: 'sample' } })).status).toBe(200)
  return { alice, bob, room: boardRoom(group, today) }
}

const firstPaper = (peer: Peer) => [...peer.doc.getMap('papers').keys()][0] ?? ''

/** Writes comments and votes, a few under way at any time, until it is stopped. Comments are never deleted. */
function write(peer: Peer, me: string) {
  const written: { key: string; message: number }[] = []
  const papers = [...peer.doc.getMap('papers').keys()]
  let stopped = false
  let now = Date.now() - 3_600_000
  const go = () => {
    while (!stopped && peer.closed === null && peer.sent - peer.acknowledged < 4) {
      now += 1
      const paper = papers[now % papers.length] ?? ''
      const key = addComment(peer.doc, { paper, me, text: `A question, at ${now}.`, now })
      written.push({ key, message: peer.sent })
      castVote(peer.doc, { paper, me, value: now % 2 === 0 ? 1 : -1, now })
    }
  }
  peer.socket.on('message', go)
  go()
  return {
    written,
    stop: () => {
      stopped = true
    },
  }
}
