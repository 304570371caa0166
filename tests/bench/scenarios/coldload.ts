import { setTimeout as pause } from 'node:timers/promises'
import { cpuOf, percentile } from '../figures.ts'
import type { Client } from '../load/client.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'

/** ms that peers get to write what they were given: the slowest waits for a pause of 2 s. */
const storing = 4_000
/** A server is at rest when in so many ms it takes no more CPU than this, s. */
const resting = { for: 500, cpu: 0.01 }
/** Rooms opened before those measured: until the code is compiled. */
const warmUp = 4

/** Somebody looks into the board of another day. */
export const coldload: Scenario = {
  name: 'coldload',
  about: '{rooms} boards of 230 KB, each opened for the first time since the server started, one after another',
  settings: { rooms: 20 },
  rooms: 'cold',
  quick: { rooms: 8 },
  targets: ['paperboard', 'y-websocket', 'hocuspocus'],
  needs: 'storage',
  columns: {
    cpu: { title: 'CPU per room, ms', better: 'less' },
    p50: { title: 'p50, ms', better: 'less' },
    p99: { title: 'p99, ms', better: 'less' },
  },
  run: (options, { rooms = 0 }) =>
    onStage(new Stage(options, { stores: true }), async stage => {
      const names = stage.world.cold.slice(0, rooms + warmUp)
      const keepers: Client[] = await stage.fill(names)
      for (const keeper of keepers) keeper.socket.close()
      if (keepers.length > 0) await pause(storing)
      await stage.restart('stop')
      await atRest(stage.server.pid)
      const took: number[] = []
      let cpu = 0
      for (const [n, room] of names.entries()) {
        const before = cpuOf(stage.server.pid)
        const ms = await open(stage, room)
        // What it does afterwards on account of that belongs to it.
        await pause(50)
        if (n < warmUp) continue
        took.push(ms)
        cpu += cpuOf(stage.server.pid) - before
      }
      return { cpu: (cpu / took.length) * 1_000, p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
    }),
}

/** Until a server has done what it does once after its start: ours brings its search index up to date. */
async function atRest(pid: number): Promise<void> {
  for (;;) {
    const before = cpuOf(pid)
    await pause(resting.for)
    if (cpuOf(pid) - before < resting.cpu) return
  }
}

/** ms until a new client has the whole board: some servers answer before they have loaded it, and send the rest later. */
async function open(stage: Stage, room: string): Promise<number> {
  const begun = performance.now()
  const client = stage.client(room, 0, { looks: true })
  let bytes = 0
  client.onUpdate = (_, from, to) => {
    bytes += to - from
  }
  await client.ready
  await client.until(() => client.stateBytes + bytes > 0.9 * stage.world.board.length)
  const ms = performance.now() - begun
  const votes = client.document().getMap('votes').size
  valid(votes > 1_000, `a board came with ${votes} votes`)
  client.socket.close()
  return ms
}
