/** One run of one scenario with one target, in a process of its own so that no run inherits another's heap. Started by main.ts alone. */
import { once } from 'node:events'
import type { Settings } from './scenario.ts'
import { scenarios } from './scenarios/all.ts'
import { targets } from './targets.ts'
import { loadWorld } from './world.ts'

export interface Order {
  scenario: string
  target: string
  settings: Settings
  /** Where the world was saved. */
  world: string
  /** Our server's bundle. */
  file: string
  log: string
  execArgv: string[]
}
export interface Outcome {
  figures?: Record<string, number>
  error?: string
}

async function carryOut({ world, settings, ...order }: Order): Promise<Outcome> {
  const scenario = scenarios.find(({ name }) => name === order.scenario)
  const target = targets.find(({ name }) => name === order.target)
  if (scenario === undefined || target === undefined) return { error: 'there is no such scenario or target' }
  try {
    return { figures: await scenario.run({ ...order, target, world: loadWorld(world) }, settings) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

process.once('disconnect', () => process.exit(1))
const [order]: Order[] = await once(process, 'message')
if (order !== undefined) process.send?.(await carryOut(order), () => process.exit(0))
