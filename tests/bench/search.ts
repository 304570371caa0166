/**
 * Search as one types, over a library of recorded papers and over a larger one made from them, on each engine. Markdown on
 * stdout, each line when it is known.
 *
 *   npm run bench:search -- FILE [PAPERS …] [--engine=sqlite|postgres] [--keep=FOLDER]
 *
 * FILE has a record of arXiv in each line (`title`, `authors`, `summary`, `id`, `categories`), packed by gzip or not; it may stand
 * in SEARCH_PAPERS instead. PAPERS are sizes of libraries: 10000 and 75000 unless named. What --keep names has the filled
 * libraries, made where they are missing, so that the next run only asks. PostgreSQL is started with the settings it comes with,
 * but where TEST_DATABASE_URL names a server the libraries are databases there, and kept with --keep.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { Database } from '../../apps/server/src/db/database.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { indexFile, openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { search } from '../../apps/server/src/search/answer.ts'
import { startIndexing } from '../../apps/server/src/search/indexing.ts'
import { papersForYou, relatedPapers } from '../../apps/server/src/search/suggestions.ts'
import { canStartPostgres, psql, startPostgres } from '../support/postgres.ts'
import { fields, filled, group, me, paperAt, type Recorded, recorded, typed } from './library.ts'

interface Library {
  db: Database
  /** What there is to say of its files. */
  size(): string
  close(): Promise<void>
}

const bytes = (file: string) => `${(statSync(file).size / 1e6).toFixed(0)} MB`

async function inSqlite(papers: number, keep: string | undefined): Promise<Library> {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'paperboard-bench-')) : join(keep, `sqlite-${papers}`)
  mkdirSync(folder, { recursive: true })
  const tables = join(folder, 'paperboard.sqlite')
  const db = await openSqlite(tables)
  return {
    db,
    size: () => `, ${bytes(indexFile(tables))} beside ${bytes(tables)} of tables`,
    close: async () => {
      await db.close()
      if (keep === undefined) rmSync(folder, { recursive: true })
    },
  }
}

async function inPostgres(papers: number, keep: string | undefined): Promise<Library> {
  const named = process.env.TEST_DATABASE_URL
  if (named === undefined) {
    const server = await startPostgres({ fsync: false, buffers: '128MB' })
    const db = await openPostgres(server.url)
    return { db, size: () => '', close: () => db.close().then(() => server.close()) }
  }
  const name = `paperboard_bench_${papers}`
  const there = await psql(named, `SELECT 1 FROM pg_database WHERE datname = '${name}'`)
  if (there === '') await psql(named, `CREATE DATABASE ${name} TEMPLATE template0`)
  const url = new URL(named)
  url.pathname = `/${name}`
  const db = await openPostgres(url.href)
  return {
    db,
    size: () => '',
    close: async () => {
      await db.close()
      if (keep === undefined) await psql(named, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

const ms = (value: number) => value.toFixed(1)
const at = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

interface Timed {
  n: number
  took: number
  cpu: number
}

/** Also the CPU of this process for each, which says something on a busy machine; of PostgreSQL, whose processes are others, it does not. */
async function timed(count: number, ask: (n: number) => Promise<unknown>): Promise<Timed[]> {
  const times: Timed[] = []
  for (let n = 0; n < count; n++) {
    const [begun, before] = [performance.now(), process.cpuUsage()]
    await ask(n)
    const { user, system } = process.cpuUsage(before)
    times.push({ n, took: performance.now() - begun, cpu: (user + system) / 1000 })
  }
  return times
}

const say = (line: string) => process.stdout.write(`${line}\n`)

function sayFigures(what: string, of: readonly Timed[]): void {
  const sorted = of.map(({ took }) => took).toSorted((a, b) => a - b)
  const cpu = of.map(({ cpu }) => cpu).toSorted((a, b) => a - b)
  const mean = cpu.reduce((sum, each) => sum + each, 0) / Math.max(1, cpu.length)
  const figures = [at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), sorted.at(-1) ?? 0, at(cpu, 0.5), at(cpu, 0.95), mean]
  say(`| ${what} | ${of.length} | ${figures.map(ms).join(' | ')} | ${loadavg()[0]?.toFixed(1)} |`)
}

/** Makes the index, where it is not there yet, and says what that took. */
async function indexedBy(library: Library, now: number) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const begun = performance.now()
  delay.enable()
  const indexing = startIndexing({ db: library.db, log: createLogger('warn', process.stderr), now: () => now })
  await indexing.caughtUp()
  delay.disable()
  const seconds = (performance.now() - begun) / 1000
  const held = `${ms(delay.percentile(99) / 1e6)} ms at p99, ${ms(delay.max / 1e6)} at most`
  say(
    seconds < 5
      ? `The index was there${library.size()}.\n`
      : `The index was made in ${seconds.toFixed(0)} s${library.size()}; the event loop was held up ${held}.\n`,
  )
  return indexing
}

async function measure(engine: string, library: Library, papers: number, from: readonly Recorded[]): Promise<void> {
  const { db } = library
  const now = await filled(db, papers, from)
  say(`\n## ${engine}, ${papers} papers\n`)
  const indexing = await indexedBy(library, now)
  const asking = { group, me, now }
  const find = (q: string) => search(db, asking, { q, kind: 'all', limit: 20, offset: 0 })
  const queries = typed(from)
  await timed(Math.min(50, queries.length), n => find(queries[n]?.q ?? ''))

  say('| what | asked | p50 | p95 | p99 | most | CPU p50 | CPU p95 | CPU mean | load |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |')
  const times = await timed(queries.length, n => find(queries[n]?.q ?? ''))
  sayFigures('as one types', times)
  for (const [kind, some] of Map.groupBy(times, ({ n }) => queries[n]?.kind)) sayFigures(`… ${kind}`, some)
  sayFigures('related papers', await timed(30, n => relatedPapers(db, { ...asking, limit: 10 }, paperAt(Math.floor((n * papers) / 30)))))
  sayFigures('for this group', await timed(10, () => papersForYou(db, { ...asking, limit: 10 })))
  for (const q of fields(now)) sayFigures(`\`${q}\``, await timed(5, () => find(q)))
  await indexing.close()
  const slowest = times.toSorted((a, b) => b.took - a.took).slice(0, 12)
  say(`\nSlowest: ${slowest.map(({ n, took }) => `\`${queries[n]?.q}\` ${ms(took)}`).join(', ')}`)
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { engine: { type: 'string' }, keep: { type: 'string' } } })
const [file = process.env.SEARCH_PAPERS, ...sizes] = positionals
if (file === undefined || !existsSync(file)) {
  process.stderr.write(
    'This bench needs recorded papers, which are no part of the product: a file with a record of arXiv in each line (title, authors, summary, id,\ncategories), as an argument or in SEARCH_PAPERS: npm run bench:search -- papers.jsonl.gz\n',
  )
  process.exit(1)
}
const from = recorded(file)
const engines: [name: string, title: string, open: typeof inSqlite][] = [
  ['sqlite', 'SQLite', inSqlite],
  ...(canStartPostgres || process.env.TEST_DATABASE_URL ? [['postgres', 'PostgreSQL', inPostgres] as [string, string, typeof inSqlite]] : []),
]
say(`${cpus().length} CPUs (${cpus()[0]?.model}), Node ${process.versions.node}; ms`)
for (const papers of sizes.length > 0 ? sizes.map(Number) : [10_000, 75_000])
  for (const [name, title, open] of engines) {
    if (values.engine !== undefined && values.engine !== name) continue
    const library = await open(papers, values.keep)
    try {
      await measure(title, library, papers, from)
    } finally {
      await library.close()
    }
  }
