/**
 * The live rooms under work, ours beside others': `npm run bench -- [scenario …] [--rounds=3] [--targets=paperboard,hocuspocus]`.
 *
 *   --quick           one short round of each
 *   --server=FILE     our server's bundle, instead of one made of the source as it is
 *   --cpu-prof        writes a CPU profile of each of our servers to tmp/
 *   --<setting>=N     a setting of the scenarios, such as --clients=200
 *
 * Markdown on stdout, progress on stderr, all figures as JSON in tmp/bench/.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from '../support/serverProcess.ts'
import { report, type Series } from './report.ts'
import type { Order, Outcome } from './run.ts'
import type { Scenario, Settings } from './scenario.ts'
import { scenarios } from './scenarios/all.ts'
import { type Target, targets, versionOf } from './targets.ts'
import { makeWorld, saveWorld } from './world.ts'

/** Whom a scenario is run with unless it says otherwise. */
const usual = ['paperboard', 'y-websocket-server', 'hocuspocus', 'broadcast']
/** ms that one run may take. */
const patience = 900_000

const settingNames = [...new Set(scenarios.flatMap(({ settings }) => Object.keys(settings)))]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    targets: { type: 'string' },
    server: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'cpu-prof': { type: 'boolean', default: false },
    ...Object.fromEntries(settingNames.map(name => [name, { type: 'string' } as const])),
  },
})
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3))
const given: Settings = Object.fromEntries(settingNames.flatMap(name => (name in values ? [[name, Number(Reflect.get(values, name))]] : [])))
const tmp = fileURLToPath(new URL('../../tmp/bench', import.meta.url))

const say = (line: string) => process.stdout.write(`${line}\n`)
const note = (line: string) => process.stderr.write(`${line}\n`)

function chosen<T extends { name: string }>(names: readonly string[], from: readonly T[]): T[] {
  return names.map(name => {
    const one = from.find(each => each.name === name)
    if (one === undefined) throw new Error(`There is no ${name}; there are ${from.map(each => each.name).join(', ')}`)
    return one
  })
}

/** The tables of a scenario: its cases, or one if a setting that makes them differ was given. */
function casesOf(scenario: Scenario): Settings[] {
  const base = { ...scenario.settings, ...(values.quick ? scenario.quick : {}) }
  const cases = (scenario.cases ?? [{}]).filter((one, n) => n === 0 || !Object.keys(one).some(name => name in given))
  return cases.map(one => ({ ...base, ...one, ...given }))
}

const can = (target: Target, { needs }: Scenario) =>
  needs === undefined || (needs === 'acknowledgements' ? target.role === 'ours' : needs === 'storage' ? target.stores : target.keeps)

/** Whom a scenario is run with: those asked for, as far as they can do it. */
function targetsOf(scenario: Scenario): Target[] {
  const names = values.targets?.split(',') ?? [...(scenario.targets ?? usual)]
  return chosen(names, targets).filter(target => can(target, scenario))
}

async function runOnce(order: Order): Promise<Outcome> {
  const child = fork(fileURLToPath(new URL('run.ts', import.meta.url)), { execArgv: ['--max-old-space-size=8192'], serialization: 'advanced' })
  const late = setTimeout(() => child.kill('SIGTERM'), patience)
  child.send(order)
  const outcome = await Promise.race([once(child, 'message').then(([message]: Outcome[]) => message), once(child, 'exit').then(() => undefined)])
  clearTimeout(late)
  return outcome ?? { error: 'the run ended without a result' }
}

/** Every round begins with another target, so that none always comes first. */
async function rotate(scenario: Scenario, order: Omit<Order, 'target' | 'scenario'>): Promise<Series[]> {
  const series: Series[] = targetsOf(scenario).map(target => ({ target, rounds: [] }))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < series.length; turn++) {
      const one = series[(turn + round) % series.length]
      if (one === undefined) continue
      const begun = performance.now()
      const { figures, error } = await runOnce({ ...order, scenario: scenario.name, target: one.target.name })
      one.rounds[round] = figures ?? null
      const shown = figures === undefined ? error : Object.entries(figures).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
      note(`${scenario.name}, round ${round + 1}, ${one.target.name}, ${((performance.now() - begun) / 1_000).toFixed(0)} s: ${shown}`)
    }
  }
  return series
}

const machine = () => ({
  date: new Date().toISOString(),
  node: process.version,
  system: `${process.platform} ${release()} ${process.arch}`,
  cpu: `${cpus().length} × ${cpus()[0]?.model}`,
  load: loadavg().map(value => Number(value.toFixed(2))),
})

async function main() {
  const some = chosen(positionals.length > 0 ? positionals : scenarios.map(({ name }) => name), scenarios)
  mkdirSync(tmp, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-world-'))
  const file = values.server ?? (await bundle())
  try {
    note('making people and boards …')
    const world = join(folder, 'world.json')
    const rooms = new Set(some.flatMap(scenario => scenario.rooms ?? []))
    saveWorld(world, await makeWorld(folder, { file, rooms }))
    const versions = [...new Set(some.flatMap(targetsOf))].map(target => `${target.name}: ${versionOf(target)}`)
    const { node, system, cpu } = machine()
    say(`Node ${node}, ${system}, ${cpu}\n\n${versions.join(' · ')}\n`)
    const execArgv = values['cpu-prof'] ? ['--cpu-prof', `--cpu-prof-dir=${tmp}`] : []
    for (const scenario of some) {
      for (const settings of casesOf(scenario)) {
        const before = machine()
        const series = await rotate(scenario, { settings, world, file, log: join(tmp, 'servers.log'), execArgv })
        const after = machine()
        if (series.some(one => one.rounds.includes(null))) process.exitCode = 1
        say(report(scenario, settings, series))
        say(`Load average ${before.load[0]} before, ${after.load[0]} after; ${after.date}\n`)
        const results = {
          scenario: scenario.name,
          settings,
          versions,
          before,
          after,
          series: series.map(one => ({ target: one.target.name, rounds: one.rounds })),
        }
        writeFileSync(join(tmp, `${scenario.name}-${after.date.replaceAll(/[:.]/g, '')}.json`), JSON.stringify(results, null, 1))
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    if (values.server === undefined && process.env.PAPERBOARD_DIST !== '1') rmSync(dirname(file), { recursive: true })
  }
}

await main()
