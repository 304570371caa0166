/**
 * How long a vote takes to another member's document, and what it costs the server: `npm run bench`.
 *
 *   --votes=2000      in the quiet case
 *   --seconds=10      of the busy case
 *   --cpu-prof        writes a CPU profile of each server to tmp/
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { castVote, papersOf } from '@paperboard/shared/board'
import { bundle, startServerProcess } from '../support/serverProcess.ts'
import { cpuOf, spread, syncTimes, waitOf } from './figures.ts'
import { type Account, makeGroup } from './group.ts'
import { Member } from './member.ts'

const { values } = parseArgs({
  options: { votes: { type: 'string', default: '2000' }, seconds: { type: 'string', default: '10' }, 'cpu-prof': { type: 'boolean', default: false } },
})
const votes = Number(values.votes)
const seconds = Number(values.seconds)
/** The busy case. */
const busy = { members: 100, writers: 20, perSecond: 5 }
/** Fewer than a socket may send in a burst. */
const votesPerSocket = 500

interface Scene {
  url: string
  pid: number
  room: string
  members: Account[]
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** One vote after another, each when the last has arrived. */
async function quiet({ url, room, members, pid }: Scene) {
  const [writer, reader] = members
  if (writer === undefined || reader === undefined) throw new Error('Two members are needed')
  const arrived: number[] = []
  const saved: number[] = []
  let cpu = 0
  while (arrived.length < votes) {
    const a = new Member(url, { cookie: writer.cookie, room, looks: true })
    const b = new Member(url, { cookie: reader.cookie, room, looks: true })
    await Promise.all([a.ready, b.ready])
    const papers = papersOf(a.doc).map(paper => paper.id)
    const cpuBefore = cpuOf(pid)
    for (let n = 0; n < votesPerSocket && arrived.length < votes; n++) {
      const paper = papers[n % papers.length] ?? ''
      const at = Date.now() - votes + arrived.length
      const begun = performance.now()
      const durable = a.saved.bind(a)
      castVote(a.doc, { paper, me: writer.id, value: n % 2 === 0 ? 1 : -1, now: at })
      const acknowledged = durable().then(() => saved.push(performance.now() - begun))
      await b.until(() => b.doc.getMap<{ at: number }>('votes').get(`${paper}:${writer.id}`)?.at === at)
      arrived.push(performance.now() - begun)
      await acknowledged
    }
    cpu += cpuOf(pid) - cpuBefore
    await Promise.all([a.leave(), b.leave()])
  }
  say(
    `  quiet, 2 members, ${votes} votes one after another: to the other's document ${spread(arrived)}; saved ${spread(saved)}; server CPU ${((cpu / votes) * 1e6).toFixed(0)} µs a vote`,
  )
}

/** Many members in one room, of whom some write at a steady rate. One of the others looks at the document. */
async function loaded({ url, room, members, pid }: Scene) {
  const sockets = members.map((member, n) => ({ member, socket: new Member(url, { cookie: member.cookie, room, looks: n === members.length - 1 }) }))
  await Promise.all(sockets.map(({ socket }) => socket.ready))
  const witness = sockets.at(-1)?.socket
  if (witness === undefined) throw new Error('Somebody must look')
  const papers = papersOf(witness.doc).map(paper => paper.id)
  const begun = new Map<number, number>()
  const arrived: number[] = []
  witness.doc.getMap<{ at: number }>('votes').observe(({ keysChanged, target }) => {
    for (const key of keysChanged) {
      const since = begun.get(target.get(key)?.at ?? 0)
      if (since !== undefined) arrived.push(performance.now() - since)
    }
  })
  const cpuBefore = cpuOf(pid)
  const total = busy.writers * busy.perSecond * seconds
  const start = performance.now()
  const first = Date.now() - total - 1_000
  for (let n = 0; n < total; n++) {
    // Writers take turns, so that the rate is steady over the second.
    const due = start + (n * 1_000) / (busy.writers * busy.perSecond)
    while (performance.now() < due) await new Promise(resolve => setTimeout(resolve, 1))
    const writer = sockets[n % busy.writers]
    if (writer === undefined) continue
    begun.set(first + n, performance.now())
    castVote(writer.socket.doc, { paper: papers[n % papers.length] ?? '', me: writer.member.id, value: n % 2 === 0 ? 1 : -1, now: first + n })
  }
  await witness.until(() => arrived.length === total)
  await Promise.all(sockets.map(({ socket }, n) => socket.until(() => socket.heard === total - (n < busy.writers ? total / busy.writers : 0))))
  const cpu = cpuOf(pid) - cpuBefore
  const delivered = sockets.reduce((sum, { socket }) => sum + socket.heard, 0)
  say(
    `  busy, ${busy.members} members, ${busy.writers} of them ${busy.perSecond} votes a second: to another's document ${spread(arrived)}; ` +
      `${delivered} delivered, server CPU ${((cpu / delivered) * 1e6).toFixed(2)} µs each, ${((cpu / seconds) * 100).toFixed(0)} % of a core`,
  )
  await Promise.all(sockets.map(({ socket }) => socket.leave()))
}

async function measure(title: string, folder: string, file: string) {
  const dataDir = mkdtempSync(join(folder, 'paperboard-bench-'))
  const tmp = fileURLToPath(new URL('../../tmp', import.meta.url))
  const server = await startServerProcess({ dataDir, file, execArgv: values['cpu-prof'] ? ['--cpu-prof', `--cpu-prof-dir=${tmp}`] : [] })
  try {
    const scene = { url: server.url, pid: server.pid, ...(await makeGroup(server.url, busy.members)) }
    say(`${title}:`)
    say(`  one page made durable by the disk alone ${spread(syncTimes(dataDir))}`)
    for (const run of [quiet, loaded]) {
      const [since, waited] = [performance.now(), waitOf(server.pid)]
      await run(scene)
      say(`    (the server waited for a CPU ${(((waitOf(server.pid) - waited) / (performance.now() - since)) * 1e5).toFixed(0)} % of that time)`)
    }
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true })
  }
}

const file = await bundle()
say(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model}`)
await measure('Database on disk', tmpdir(), file)
// Where fsync costs nothing: the difference is the disk.
if (process.platform === 'linux') await measure('Database in memory (/dev/shm)', '/dev/shm', file)
if (process.env.PAPERBOARD_DIST !== '1') rmSync(dirname(file), { recursive: true })
