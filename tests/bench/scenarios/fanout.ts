import { meter } from '../figures.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'
import { Crowd } from './crowd.ts'

/** An ordinary busy room. */
export const fanout: Scenario = {
  name: 'fanout',
  about: '{clients} clients on a busy board, {writers} of them vote {rate} times a second each, for {seconds} s',
  settings: { clients: 100, writers: 20, rate: 5, seconds: 10 },
  cases: [{}, { rate: 25 }],
  quick: { seconds: 3 },
  columns: {
    cpu: { title: 'CPU per delivery, µs', better: 'less' },
    p50: { title: 'p50, ms', better: 'less' },
    p99: { title: 'p99, ms', better: 'less' },
    perMessage: { title: 'records a message' },
    delivered: { title: 'delivered' },
    waited: { title: 'waited for a CPU, %' },
    generator: { title: 'generator, % of a CPU' },
  },
  run: (options, { clients = 0, writers = 0, rate = 0, seconds = 0 }) =>
    onStage(new Stage(options), async stage => {
      const crowd = await Crowd.gather(stage, { clients, writers, kind: 'vote', looks: true })
      // Until the code is compiled.
      await crowd.write({ perSecond: 100, seconds: 2 })
      const measured = meter(stage.server.pid)
      const written = await crowd.write({ perSecond: writers * rate, seconds })
      const cost = measured()
      valid(written.all, `only ${(written.arrived * 100).toFixed(2)} % arrived`)
      await crowd.check()
      crowd.leave()
      return {
        cpu: (cost.cpu / written.delivered) * 1e6,
        p50: written.p50,
        p99: written.p99,
        perMessage: written.perMessage,
        delivered: written.delivered,
        waited: cost.waited * 100,
        generator: cost.generator * 100,
      }
    }),
}
