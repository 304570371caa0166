import { setTimeout as pause } from 'node:timers/promises'
import { meter, percentile } from '../figures.ts'
import { standstill } from '../load/drive.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'

/** Joins before those measured, so that code is compiled and what a server keeps ready for joiners is there. */
const warmUp = 10

/** The minute before a meeting. */
export const joinstorm: Scenario = {
  name: 'joinstorm',
  about: '{clients} clients open a busy board of 230 KB at the same time and say that they are here',
  settings: { clients: 500, present: 1 },
  quick: { clients: 100 },
  targets: ['paperboard', 'y-websocket-server', 'hocuspocus', 'bare'],
  needs: 'documents',
  columns: {
    cpu: { title: 'CPU until all have it, s', better: 'less' },
    cpuAll: { title: 'CPU until quiet, s', better: 'less' },
    p50: { title: 'p50 until synced, ms', better: 'less' },
    p99: { title: 'p99 until synced, ms', better: 'less' },
    quiet: { title: 'until quiet, ms', better: 'less' },
    megabytes: { title: 'MB sent', better: 'less' },
    waited: { title: 'waited for a CPU, %' },
    generator: { title: 'generator, % of a CPU' },
  },
  run: (options, { clients: count = 0, present = 0 }) =>
    onStage(new Stage(options), async stage => {
      const room = stage.world.busy
      const keepers = await stage.fill([room])
      for (let n = 0; n < warmUp; n++) await stage.read(room)
      await pause(1_000)
      const measured = meter(stage.server.pid)
      const begun = performance.now()
      const clients = Array.from({ length: count }, (_, n) => stage.client(room, n, { present: present > 0, looks: n === 0 }))
      await Promise.all(clients.map(client => client.ready))
      const { cpu, waited, generator } = measured()
      const bytes = () => clients.reduce((sum, { socket }) => sum + socket.bytesIn, 0)
      const quiet = (await standstill(bytes, 500)) - begun
      const cpuAll = measured().cpu
      valid(
        clients.every(({ stateBytes }) => stateBytes > 0.9 * stage.world.board.length),
        'a client did not get the whole board',
      )
      const [first] = clients
      if (first !== undefined) valid(await stage.agrees(room, first), 'a client has another document than the server')
      const took = clients.map(({ syncedAfter }) => syncedAfter ?? Number.NaN)
      for (const { socket } of [...clients, ...keepers]) socket.destroy()
      return {
        cpu,
        cpuAll,
        p50: percentile(took, 0.5),
        p99: percentile(took, 0.99),
        quiet,
        megabytes: bytes() / 2 ** 20,
        waited: waited * 100,
        generator: generator * 100,
      }
    }),
}
