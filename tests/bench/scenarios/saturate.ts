import { meter } from '../figures.ts'
import { onStage, type Scenario } from '../scenario.ts'
import { Stage } from '../stage.ts'
import { Crowd } from './crowd.ts'

type Step = Awaited<ReturnType<Crowd['write']>> & { cpu: number; generator: number }

/** Bisections after the first rate that is too high. */
const bisections = 2

/** How much a room can take. */
export const saturate: Scenario = {
  name: 'saturate',
  about: '{clients} clients on a busy board, {writers} of them vote at a rising rate, {seconds} s at each, until p99 is above {limit} ms; then two bisections',
  settings: { clients: 100, writers: 20, seconds: 2, start: 200, factor: 1.5, limit: 250, most: 200_000 },
  quick: { seconds: 1, factor: 2 },
  columns: {
    rate: { title: 'highest rate, votes/s', better: 'more' },
    deliveries: { title: 'deliveries/s', better: 'more' },
    cpu: { title: 'CPU per vote there, µs', better: 'less' },
    p50: { title: 'p50 there, ms' },
    p99: { title: 'p99 there, ms' },
    perMessage: { title: 'records a message' },
    generator: { title: 'generator, % of a CPU' },
  },
  run: (options, { clients = 0, writers = 0, seconds = 0, start = 0, factor = 0, limit = 0, most = 0 }) =>
    onStage(new Stage(options), async stage => {
      const crowd = await Crowd.gather(stage, { clients, writers, kind: 'vote', listened: 10 })
      await crowd.write({ perSecond: 100, seconds: 2 })
      const attempt = async (perSecond: number): Promise<Step | null> => {
        const measured = meter(stage.server.pid)
        const written = await crowd.write({ perSecond, seconds })
        const { cpu, generator } = measured()
        const held = written.all && written.p99 <= limit && written.rate >= 0.9 * perSecond
        return held ? { ...written, cpu: cpu / written.sent, generator } : null
      }
      const best = await highest(async rate => (await attempt(rate)) ?? (await attempt(rate)), { start, factor, most })
      if (best === null) throw new Error(`not even ${start} votes a second went through`)
      await crowd.check()
      crowd.leave()
      return {
        rate: best.rate,
        deliveries: best.delivered / best.seconds,
        cpu: best.cpu * 1e6,
        p50: best.p50,
        p99: best.p99,
        perMessage: best.perMessage,
        generator: best.generator * 100,
      }
    }),
}

/** Raises a rate until it is too high, twice in a row, and then looks between the last two. */
async function highest(
  attempt: (rate: number) => Promise<Step | null>,
  { start, factor, most }: { start: number; factor: number; most: number },
): Promise<Step | null> {
  let best: Step | null = null
  let [low, high] = [0, 0]
  for (let rate = start; rate <= most; rate *= factor) {
    const step = await attempt(rate)
    if (step === null) {
      high = rate
      break
    }
    best = step
    low = rate
  }
  for (let n = 0; n < bisections && low > 0 && high > 0; n++) {
    const middle = Math.sqrt(low * high)
    const step = await attempt(middle)
    if (step === null) high = middle
    else {
      best = step
      low = middle
    }
  }
  return best
}
