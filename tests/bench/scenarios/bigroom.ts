import { setTimeout as pause } from 'node:timers/promises'
import { cpuOf, memoryOf, meter } from '../figures.ts'
import { standstill } from '../load/drive.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'
import { Crowd } from './crowd.ts'

/** s between two renewals of presence, by y-protocols. */
const renewal = 15

/** A department's one board. */
export const bigroom: Scenario = {
  name: 'bigroom',
  about:
    'One busy board with {clients} clients, {writers} of them vote {rate} times a second each, for {seconds} s; then the same while all renew their presence every 15 s',
  settings: { clients: 2_000, writers: 10, rate: 1, seconds: 10 },
  quick: { clients: 500, seconds: 5 },
  needs: 'documents',
  columns: {
    joining: { title: 'CPU to join, s', better: 'less' },
    memory: { title: 'memory per connection, KB', better: 'less' },
    cpu: { title: 'CPU per delivery, µs', better: 'less' },
    p50: { title: 'p50, ms', better: 'less' },
    p99: { title: 'p99, ms', better: 'less' },
    presentCpu: { title: 'with presence: CPU, s', better: 'less' },
    presentP99: { title: 'with presence: p99, ms', better: 'less' },
    waited: { title: 'waited for a CPU, %' },
    generator: { title: 'generator, % of a CPU' },
  },
  run: (options, { clients = 0, writers = 0, rate = 0, seconds = 0 }) =>
    onStage(new Stage(options), async stage => {
      const { server } = stage
      await server.collect()
      const [empty, cpuBefore] = [memoryOf(server.pid), cpuOf(server.pid)]
      const crowd = await Crowd.gather(stage, { clients, writers, kind: 'vote', present: true, listened: 10 })
      await standstill(() => crowd.clients.reduce((sum, { socket }) => sum + socket.bytesIn, 0), 1_000)
      const joining = cpuOf(server.pid) - cpuBefore
      await server.collect()
      const full = memoryOf(server.pid)
      await crowd.write({ perSecond: writers * rate, seconds: 2 })
      const measured = meter(server.pid)
      const written = await crowd.write({ perSecond: writers * rate, seconds }, 20_000)
      const cost = measured()
      const renewing = renew(crowd, seconds)
      const besides = meter(server.pid)
      const present = await crowd.write({ perSecond: writers * rate, seconds }, 20_000)
      await renewing
      await standstill(() => crowd.clients.reduce((sum, { awarenessHeard }) => sum + awarenessHeard, 0), 500)
      const presentCost = besides()
      valid(written.all, `only ${(written.arrived * 100).toFixed(2)} % arrived`)
      // A server that does not get through with all this presence has still done the rest.
      if (present.all) await crowd.check()
      crowd.leave()
      return {
        joining,
        memory: ((full - empty) * 1_024) / clients,
        cpu: (cost.cpu / written.delivered) * 1e6,
        p50: written.p50,
        p99: written.p99,
        presentCpu: present.all ? presentCost.cpu : Number.NaN,
        presentP99: present.all ? present.p99 : Number.NaN,
        waited: cost.waited * 100,
        generator: cost.generator * 100,
      }
    }),
}

/** All renew their presence, evenly over the time. */
async function renew({ clients }: Crowd, seconds: number) {
  const begun = performance.now()
  for (let renewed = 0; performance.now() - begun < seconds * 1_000; await pause(2)) {
    const due = (((performance.now() - begun) / 1_000) * clients.length) / renewal
    for (; renewed < due; renewed++) clients[renewed % clients.length]?.renew()
  }
}
