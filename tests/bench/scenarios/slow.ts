import { memoryOf } from '../figures.ts'
import type { Client } from '../load/client.ts'
import { standstill } from '../load/drive.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'
import { Crowd } from './crowd.ts'

/** Phones in a tunnel. */
export const slow: Scenario = {
  name: 'slow',
  about:
    '{slow} of {clients} clients stop reading for {seconds} s while {writers} edit comments of 16 KB {rate} times a second each; then they read again, and those cut off come back',
  settings: { clients: 40, slow: 10, writers: 10, rate: 20, seconds: 40 },
  quick: { seconds: 8 },
  columns: {
    growth: { title: 'growth of memory, MB', better: 'less' },
    half: { title: 'of that in the first half' },
    most: { title: 'memory at most, MB', better: 'less' },
    p99: { title: 'p99 of the others, ms', better: 'less' },
    closed: { title: 'cut off' },
    megabytes: { title: 'MB each to catch up', better: 'less' },
    caughtUp: { title: 'caught up, %' },
  },
  run: (options, { clients = 0, slow: count = 0, writers = 0, rate = 0, seconds = 0 }) =>
    onStage(new Stage(options), async stage => {
      const crowd = await Crowd.gather(stage, { clients, writers, kind: 'edit', deaf: count })
      const sleepers = crowd.clients.slice(-count)
      const seen = sleepers.map(client => lastSeen(crowd, client))
      // Every comment once, so that the document has its size.
      await crowd.write({ perSecond: writers * rate, seconds: stage.world.papers.length / rate })
      const memory = watchMemory(stage)
      for (const { socket } of sleepers) socket.pause()
      const first = await crowd.write({ perSecond: writers * rate, seconds: seconds / 2 })
      const half = memory.most() - memory.before
      const second = await crowd.write({ perSecond: writers * rate, seconds: seconds / 2 })
      const growth = memory.most() - memory.before
      valid(first.all && second.all, 'the others did not get everything')
      const bytes = () => sleepers.reduce((sum, { socket }) => sum + socket.bytesIn, 0)
      const had = bytes()
      for (const { socket } of sleepers) socket.resume()
      await standstill(bytes, 1_000)
      const [back, away] = [sleepers.filter(({ closedWith }) => closedWith === null), sleepers.filter(({ closedWith }) => closedWith !== null)]
      let caughtUp = back.filter(client => seen[sleepers.indexOf(client)]?.()).length
      let came = bytes() - had
      for (const _ of away) {
        const { doc, stateBytes } = await stage.read(stage.world.busy)
        came += stateBytes
        if (crowd.writers.every(writer => writer.isIn(doc))) caughtUp += 1
      }
      memory.end()
      crowd.leave()
      return {
        growth,
        half,
        most: memory.most(),
        p99: Math.max(first.p99, second.p99),
        closed: away.length,
        megabytes: came / 2 ** 20 / count,
        caughtUp: (caughtUp / count) * 100,
      }
    }),
}

/** Follows what a client hears; the result tells whether it has the last record of every writer. */
function lastSeen({ arrivals, writers }: Crowd, client: Client): () => boolean {
  const last = writers.map(() => -1)
  client.onUpdate = (bytes, from, to) =>
    arrivals.each(bytes.subarray(from, to), n => {
      last[n % writers.length] = Math.max(last[n % writers.length] ?? -1, n)
    })
  return () => writers.every((writer, n) => last[n] === writer.number(writer.count - 1))
}

/** Looks at the server's memory (MB) all the time. */
function watchMemory({ server: { pid } }: Stage) {
  const before = memoryOf(pid)
  let most = before
  const look = () => {
    most = Math.max(most, memoryOf(pid))
    return most
  }
  const timer = setInterval(look, 100)
  return { before, most: look, end: () => clearInterval(timer) }
}
