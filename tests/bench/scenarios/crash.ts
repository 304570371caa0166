import { setTimeout as pause } from 'node:timers/promises'
import type * as Y from 'yjs'
import { drive, until } from '../load/drive.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'
import { Crowd } from './crowd.ts'

/** ms that peers get to store the board, and to load it again. */
const storing = 4_000
const loading = 20_000

/** The process is killed while members write. */
export const crash: Scenario = {
  name: 'crash',
  about:
    '{writers} clients write {rate} comments a second each; after {seconds} s, kill -9 and a new start: what another client had seen, or its writer been told was saved, and is gone',
  settings: { writers: 5, rate: 20, seconds: 4 },
  quick: { seconds: 2 },
  targets: ['paperboard', 'y-websocket', 'hocuspocus'],
  needs: 'storage',
  columns: {
    seen: { title: 'seen' },
    seenLost: { title: 'seen and gone', better: 'less' },
    saved: { title: 'told saved' },
    savedLost: { title: 'told saved and gone', better: 'less' },
    ready: { title: 'ms until it serves again', better: 'less' },
  },
  run: (options, { writers: count = 0, rate = 0, seconds = 0 }) =>
    onStage(new Stage(options, { stores: true }), async stage => {
      const crowd = await Crowd.gather(stage, { clients: count + 1, writers: count, kind: 'comment' })
      await pause(stage.target.role === 'ours' ? 0 : storing)
      const seen = new Set<number>()
      const watcher = crowd.clients.at(-1)
      valid(watcher !== undefined, 'nobody looks')
      if (watcher !== undefined) watcher.onUpdate = (bytes, from, to) => crowd.arrivals.each(bytes.subarray(from, to), n => seen.add(n))
      // They go on writing when it is dead, as browsers do.
      const writing = drive(crowd.writers, { perSecond: count * rate, seconds: seconds + 0.5 })
      await pause(seconds * 1_000)
      const killed = performance.now()
      await stage.restart('kill')
      const ready = performance.now() - killed
      await writing
      const doc = await stored(stage)
      const saved = crowd.writers.flatMap((writer, n) =>
        // The first message of each was its step 2.
        Array.from({ length: Math.max(0, (crowd.clients[n]?.acknowledged ?? 0) - 1) }, (_, k) => writer.number(k)),
      )
      const lost = (numbers: readonly number[]) => numbers.filter(n => crowd.writers[n % count]?.isIn(doc, Math.floor(n / count)) === false).length
      crowd.leave()
      return { seen: seen.size, seenLost: lost([...seen]), saved: saved.length, savedLost: lost(saved), ready }
    }),
}

/** What a new client gets. Some servers answer before they have loaded the document, and send the rest later. */
async function stored(stage: Stage): Promise<Y.Doc> {
  const client = stage.client(stage.world.busy, 0, { looks: true })
  let bytes = 0
  client.onUpdate = (_, from, to) => {
    bytes += to - from
  }
  await client.ready
  await until(() => client.stateBytes + bytes > 0.9 * stage.world.board.length, loading)
  client.socket.close()
  return client.document()
}
