import { setTimeout as pause } from 'node:timers/promises'
import { cpuOf, memoryOf, meter } from '../figures.ts'
import { type Client, connectAll } from '../load/client.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'
import type { World } from '../world.ts'

/** s between two renewals, by y-protocols. */
const renewal = 15
/** s that rooms get to be forgotten when all have left. */
const forgetting = 60

/** Many small groups with their boards open, and nobody doing anything. */
export const rooms: Scenario = {
  name: 'rooms',
  about: '{rooms} rooms with two idle clients each, who renew their presence every 15 s; memory after a forced collection, all clients having left at the end',
  settings: { rooms: 2_000, seconds: 30 },
  rooms: 'quiet',
  quick: { rooms: 200, seconds: 15 },
  columns: {
    memory: { title: 'memory per connection, KB', better: 'less' },
    total: { title: 'memory in all, MB', better: 'less' },
    connecting: { title: 'CPU per connection opened, ms', better: 'less' },
    silent: { title: 'CPU without presence, %' },
    cpu: { title: 'CPU, %', better: 'less' },
    renewing: { title: 'CPU per renewal, µs', better: 'less' },
    left: { title: 'left per room when all have left, KB', better: 'less' },
    waited: { title: 'waited for a CPU, %' },
  },
  run: (options, { rooms: count = 0, seconds = 0 }) =>
    onStage(new Stage(options), async stage => {
      const { server, world } = stage
      const open =
        ({ room, members }: World['quiet'][number], n: number) =>
        () =>
          stage.client(room, n, { present: true, member: members[n] })
      // Some come and go first, so that compiled code and a grown heap do not count as the cost of connections.
      const early = await connectAll(world.quiet.slice(-50).flatMap(one => [open(one, 0), open(one, 1)]))
      for (const { socket } of early) socket.close()
      await pause(1_000)
      await server.collect()
      const [empty, cpuBefore] = [memoryOf(server.pid), cpuOf(server.pid)]
      // First one client of each room, then the other.
      const some = world.quiet.slice(0, count)
      const clients = await connectAll(
        [0, 1].flatMap(n => some.map(one => open(one, n))),
        100,
      )
      const connecting = cpuOf(server.pid) - cpuBefore
      await pause(1_500)
      await server.collect()
      const full = memoryOf(server.pid)
      const silent = meter(server.pid)
      await pause(10_000)
      const { cpu: quiet, seconds: of } = silent()
      const { cost, renewals } = await renew(stage, clients, seconds)
      valid(
        clients.every(({ closedWith }) => closedWith === null),
        'a client was closed',
      )
      for (const { socket } of clients) socket.close()
      await pause(forgetting * 1_000)
      await server.collect()
      await server.collect()
      return {
        memory: ((full - empty) * 1_024) / clients.length,
        total: full,
        connecting: (connecting / clients.length) * 1_000,
        silent: (quiet / of) * 100,
        cpu: (cost.cpu / cost.seconds) * 100,
        renewing: ((cost.cpu - (quiet / of) * cost.seconds) / renewals) * 1e6,
        left: ((memoryOf(server.pid) - empty) * 1_024) / some.length,
        waited: cost.waited * 100,
      }
    }),
}

/** Each client renews its presence every 15 s, evenly over the time: those of one room never together. */
async function renew({ server }: Stage, clients: readonly Client[], seconds: number) {
  const measured = meter(server.pid)
  const begun = performance.now()
  let renewals = 0
  while (performance.now() - begun < seconds * 1_000) {
    const due = (((performance.now() - begun) / 1_000) * clients.length) / renewal
    for (; renewals < due; renewals++) clients[renewals % clients.length]?.renew()
    await pause(2)
  }
  await pause(300)
  return { cost: measured(), renewals }
}
