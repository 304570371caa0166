/** `npm run papers`: the same program as people run, on a data directory and on PostgreSQL, beside a server and without one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BoardPapers } from '@paperboard/shared/api'
import { setClosed } from '@paperboard/shared/board'
import { dayAt } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { connect } from '../support/peer.ts'
import { createDatabase, hasPostgres } from '../support/postgres.ts'
import { Person, startServer } from '../support/server.ts'
import { startServerProcess } from '../support/serverProcess.ts'
import { postgresTitle } from '../support/stores.ts'

// Programs are started from their source, which takes seconds on a machine with much else to do.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const program = fileURLToPath(new URL('../../apps/server/src/papersCommand.ts', import.meta.url))
const today = dayAt(Date.now(), 'Europe/Berlin')

/** What the program says on both streams and its exit code. */
async function papers(args: string[], env: Record<string, string> = {}, input = ''): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', DATA_DIR: '/nowhere/at/all', ...env },
    stdio: 'pipe',
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()))
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code, ...said }
}

let folder = ''
/** A data directory with a group "Readers" of Alice and two groups "Twins". */
let dataDir = ''
let group = ''
const fileNamed = (name: string, content: string) => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}
const rows = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ id: `2206.${10_000 + n}`, title: `Paper ${n}`, authors: ['Ada Lovelace'], summary: 'Some words of an abstract. '.repeat(20) }),
  ).join('\n')
const files = { list: '', large: '', partly: '', prose: '' }

async function readers(server: { url: string }): Promise<{ alice: Person; group: string }> {
  const alice = await new Person(server, 'Alice').signUp()
  return { alice, group: await alice.createGroup('Readers') }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboard-papers-'))
  dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  const server = await startServer({ file: join(dataDir, 'paperboard.sqlite') })
  const made = await readers(server)
  group = made.group
  for (const _ of [1, 2]) await made.alice.createGroup('Twins')
  await server.close()
  files.list = fileNamed('list.txt', '2206.03382\nhttps://arxiv.org/abs/1706.03762v5\n')
  files.large = fileNamed('large.jsonl', rows(10_000))
  files.partly = fileNamed('partly.bib', '@article{a, title = {Readable}}\n@article{b, title = {broken\n')
  files.prose = fileNamed('prose.txt', 'Nothing in this names a paper.\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('[P130] a preview needs neither a server nor a database, prints nothing but JSON, and ends with 0, 1 or 2', async () => {
  const [whole, partly, none, piped, usage, gone] = await Promise.all([
    papers(['preview', files.list, '--json']),
    papers(['preview', files.partly, '--json']),
    papers(['preview', files.prose, '--json']),
    papers(['preview', '-'], {}, 'hep-th/9711200\n'),
    papers(['preview']),
    papers(['preview', join(folder, 'missing.bib')]),
  ])
  expect([whole.code, partly.code, none.code, piped.code, usage.code, gone.code]).toEqual([0, 1, 2, 0, 2, 2])
  expect(JSON.parse(whole.out)).toMatchObject({
    kind: 'ids',
    papers: [
      { arxivId: '2206.03382', line: 1 },
      { arxivId: '1706.03762', arxivVersion: 5 },
    ],
    problems: [],
  })
  expect(JSON.parse(partly.out)).toMatchObject({ papers: [{ title: 'Readable' }], problems: [{ line: 2, reason: expect.any(String) }] })
  expect(JSON.parse(none.out)).toMatchObject({ papers: [], problems: [{ line: 1 }] })
  expect(piped.out).toContain('hep-th/9711200')
  expect(usage.err).toMatch(/^Usage: /)
  expect(gone.err).toMatch(/missing\.bib cannot be read/)
  for (const { err } of [usage, gone]) expect(err).not.toMatch(/\n {4}at /)
})

test('[P131] an import that cannot be done ends with 2 and one sentence, and changes nothing', async () => {
  const into = (args: string[], env: Record<string, string> = { DATA_DIR: dataDir }) => papers(['import', ...args], env)
  const elsewhere = join(folder, 'elsewhere')
  const refused: [Promise<{ code: number | null; err: string }>, RegExp][] = [
    [into([files.list]), /--group is missing/],
    [into([files.prose, '--group', 'Readers']), /No papers were found/],
    [into([files.list, '--group', 'Readers'], { DATA_DIR: elsewhere }), /There is no data of Paperboard in/],
    [into([files.list, '--group', 'Readers'], { DATABASE_URL: 'mysql://x' }), /The environment cannot be used/],
  ]
  for (const [answer, reason] of refused) {
    const { code, err } = await answer
    expect(code).toBe(2)
    expect(err).toMatch(reason)
  }
  expect(existsSync(elsewhere)).toBe(false)
  // These open the database, which is one process's at a time.
  for (const [args, reason] of [
    [['--group', 'Nobody'], /There is no group named "Nobody"/],
    [['--group', 'Twins'], /2 groups are named "Twins". Give the id of one: /],
    [['--group', 'Readers', '--date', '24.11.2026'], /A day has the form 2026-11-24/],
  ] as const) {
    const { code, err, out } = await into([files.list, ...args])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(reason)
    expect(err).not.toMatch(/\n {4}at /)
  }
})

test('[P132] ten thousand papers come in without a server, with progress, once, and are there when one starts', async () => {
  const first = await papers(['import', files.large, '--group', 'Readers', '--date', '2026-03-02'], { DATA_DIR: dataDir })
  expect(first).toMatchObject({ code: 0, out: '10000 papers added to the board of 2026-03-02, 0 were there already\n' })
  expect(first.err.match(/^\d+ of 10000 papers$/gm)).toHaveLength(100)
  const second = await papers(['import', files.partly, files.list, '--group', group, '--date', '2026-03-02'], { DATA_DIR: dataDir })
  expect(second.code).toBe(1)
  expect(second.err).toMatch(/partly\.bib, line 2: /)
  const server = await startServer({ file: join(dataDir, 'paperboard.sqlite') })
  onTestFinished(() => server.close())
  await server.rooms.catchUp()
  const alice = await new Person(server, 'Alice').signIn()
  const board = (await alice.get<BoardPapers>(`/api/groups/${group}/boards/2026-03-02`)).body.papers
  expect(board.length).toBe(10_000 + 3)
  expect(board[9_999]).toMatchObject({ title: 'Paper 9999', authors: ['Ada Lovelace'] })
})

test('[P133] beside a server that runs, papers go through it, and who looks at the board sees them come; once it is gone without a word, they go to its data', async () => {
  const server = await startServerProcess({ dataDir: join(folder, 'running') })
  onTestFinished(() => server.kill())
  const { alice, group: own } = await readers(server)
  const env = { DATA_DIR: join(folder, 'running') }
  const watcher = await connect(server, alice, boardRoom(own, today))
  const added = await papers(['import', files.list, '--group', 'Readers'], env)
  expect(added).toMatchObject({ code: 0, out: `2 papers added to the board of ${today}, 0 were there already\n` })
  await watcher.until(() => watcher.doc.getMap('papers').size === 2)
  setClosed(watcher.doc, { me: alice.id, closed: true, now: Date.now() })
  await watcher.saved()
  const closed = await papers(['import', files.partly, '--group', own], env)
  expect(closed.code).toBe(2)
  expect(closed.err).toMatch(/This board is closed/)
  watcher.leave()
  await server.kill()
  // The number of the process that was killed is another's by now, as it always is in a container.
  const control = join(env.DATA_DIR, 'control.json')
  expect(existsSync(control)).toBe(true)
  writeFileSync(control, JSON.stringify({ url: server.url, token: 'x'.repeat(43), pid: process.pid }))
  const later = await papers(['import', files.list, '--group', own, '--date', '2026-03-03'], env)
  expect(later).toMatchObject({ code: 0, out: '2 papers added to the board of 2026-03-03, 0 were there already\n' })
})

describe.skipIf(!hasPostgres)(postgresTitle, () => {
  test('[P134] on PostgreSQL the command is a server beside the others, which tell their members', async () => {
    const { url, drop } = await createDatabase()
    const server = await startServer({ postgres: url })
    onTestFinished(async () => {
      await server.close()
      await drop()
    })
    const { alice, group: own } = await readers(server)
    const watcher = await connect(server, alice, boardRoom(own, today))
    const added = await papers(['import', files.large, '--group', 'Readers'], { DATABASE_URL: url })
    expect(added).toMatchObject({ code: 0, out: `10000 papers added to the board of ${today}, 0 were there already\n` })
    await watcher.until(() => watcher.doc.getMap('papers').size === 10_000)
    const bad = await papers(['import', files.list, '--group', 'Nobody'], { DATABASE_URL: url })
    expect(bad.code).toBe(2)
    expect(bad.err).toMatch(/There is no group named "Nobody"/)
  })
})
