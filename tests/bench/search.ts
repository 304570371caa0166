/**
 * Search as one types, over a library of recorded papers and over a larger one made from them, on each engine. Markdown on
 * stdout.
 *
 *   npm run bench:search -- FILE [PAPERS …]
 *
 * FILE has a record of arXiv in each line (`title`, `authors`, `summary`, `id`, `categories`), packed by gzip or not; it may stand
 * in SEARCH_PAPERS instead. PAPERS are sizes of libraries: 10000 and 75000 unless named.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { gunzipSync } from 'node:zlib'
import { addDays, dayAt } from '@paperboard/shared/days'
import { defaultSettings } from '@paperboard/shared/members'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup, addMember } from '../../apps/server/src/db/groups.ts'
import { chunked, insertPapers, type PaperRow } from '../../apps/server/src/db/papers.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { indexFile, openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { titleKey } from '../../apps/server/src/papers/identity.ts'
import { search } from '../../apps/server/src/search/answer.ts'
import { startIndexing } from '../../apps/server/src/search/indexing.ts'
import { papersForYou, relatedPapers } from '../../apps/server/src/search/suggestions.ts'
import { idOf } from '../support/longBoard.ts'
import { canStartPostgres, startPostgres } from '../support/postgres.ts'
import { randomFrom } from '../support/random.ts'

interface Recorded {
  id: string
  title: string
  authors: string[]
  summary: string
  categories: string[]
}

const group = { id: 'groupgroup00', name: 'Bench', timeZone: 'UTC', settings: defaultSettings }
const members = 60
const papersADay = 100
const me = idOf('member', 0)

function recorded(file: string): Recorded[] {
  const bytes = readFileSync(file)
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()
  return text.split('\n').flatMap(line => (line.trim() === '' ? [] : [JSON.parse(line)]))
}

/** The recorded papers, then others made of halves of their titles, of their authors and of sentences of their abstracts. */
function paperAt(n: number, from: readonly Recorded[]): PaperRow {
  const round = Math.floor(n / from.length)
  const part = (k: number) => from[(n * k + round * 7_919 * k) % from.length] ?? from[0]
  const [one, two, three, four] = [part(1), part(3), part(7), part(11)]
  if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error('There are no papers in the file')
  const half = (text: string, which: 0 | 1) => {
    const words = text.split(' ')
    return words.slice(which * Math.ceil(words.length / 2), which === 0 ? Math.ceil(words.length / 2) : undefined).join(' ')
  }
  const title = round === 0 ? one.title : `${half(one.title, 0)} ${half(two.title, 1)}`
  const sentences = [one, two, three].flatMap(({ summary }, k) => summary.split('. ').filter((_, m) => m % 3 === k))
  return {
    ...{ id: idOf('paper', n), scope: group.id, title, titleKey: titleKey(title), authors: round === 0 ? one.authors : four.authors },
    abstract: round === 0 ? one.summary : sentences.join('. '),
    ...{ arxivId: round === 0 ? one.id : null, arxivVersion: null, doi: null, url: null, links: [], venue: null, published: null },
    ...{ subjects: one.categories, sameAs: null },
  }
}

/** A group with its library, as its rows: what made them is not measured. */
async function fill(db: Database, papers: number, from: readonly Recorded[], now: number): Promise<void> {
  for (let n = 0; n < members; n++) {
    const id = idOf('member', n)
    await addPerson(db, { id, email: `${id}@example.org`, name: `Member ${n}`, passwordHash: 'x', createdAt: now })
  }
  await addGroup(db, { ...group, owner: me, createdAt: now })
  for (let n = 1; n < members; n++) await addMember(db, { group: group.id, person: idOf('member', n), role: 'member', now })
  const random = randomFrom(1)
  const today = dayAt(now, 'UTC')
  for (const some of chunked(Array.from({ length: papers }, (_, n) => n))) {
    await insertPapers(
      db,
      some.map(n => paperAt(n, from)),
      now,
    )
    const boards = some.map(n => {
      const back = Math.floor((papers - 1 - n) / papersADay)
      return { group: group.id, day: addDays(today, -back), paper: idOf('paper', n), addedBy: me, addedAt: now - back * 86_400_000, position: n }
    })
    await db.sql.insert(db.t.boardPapers).values(boards)
    const votes = boards.flatMap(({ day, paper, addedAt }) =>
      random.chance(0.1)
        ? Array.from({ length: 1 + random.below(4) }, (_, m) => ({ group: group.id, day, paper, member: idOf('member', m), value: 1, at: addedAt }))
        : [],
    )
    if (votes.length > 0) await db.sql.insert(db.t.votes).values(votes)
  }
}

/** What people type: parts of titles and names letter by letter, some misspelt, some with fields. */
function typed(from: readonly Recorded[]): string[] {
  const random = randomFrom(2)
  const lines: string[] = []
  for (let n = 0; n < 40; n++) {
    const { title, authors } = random.pick(from)
    const words = title.split(/\s+/).filter(word => /^[A-Za-z-]{3,}$/.test(word))
    const at = random.below(Math.max(1, words.length - 2))
    const line = words.slice(at, at + 1 + random.below(3)).join(' ')
    const surname = random.pick(authors).split(' ').at(-1) ?? ''
    if (n % 4 === 3) lines.push(surname)
    else if (n % 8 === 2) lines.push(`author:${surname} ${line}`)
    else if (n % 8 === 6) lines.push(`voted:me ${line}`)
    else lines.push(line.toLowerCase())
    // A letter left out.
    if (n % 5 === 0 && line.length > 6) lines.push(line.slice(0, 3) + line.slice(4))
  }
  return lines.flatMap(line => Array.from(line, (_, n) => line.slice(0, n + 1)))
}

const ms = (value: number) => value.toFixed(1)
const at = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
const figures = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b)
  return [at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), sorted.at(-1) ?? 0].map(ms).join(' | ')
}

interface Timed {
  n: number
  took: number
  cpu: number
}

/** Also the CPU of this process for each, which says something on a busy machine; of PostgreSQL, whose processes are others, it does not. */
const cpuOf = (of: readonly Timed[]) => {
  const sorted = of.map(({ cpu }) => cpu).toSorted((a, b) => a - b)
  return `${ms(at(sorted, 0.5))} | ${ms(at(sorted, 0.95))}`
}

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

async function measure(db: Database, title: string, papers: number, from: readonly Recorded[], size: () => string): Promise<string[]> {
  const now = Date.now()
  await fill(db, papers, from, now)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const begun = performance.now()
  delay.enable()
  const indexing = startIndexing({ db, log: createLogger('warn', process.stderr), now: () => now })
  await indexing.caughtUp()
  delay.disable()
  const made = (performance.now() - begun) / 1000
  const queries = typed(from)
  const asking = { group, me, now }
  const ask = (n: number) => search(db, asking, { q: queries[n] ?? '', kind: 'all', limit: 20, offset: 0 })
  await timed(Math.min(50, queries.length), ask)
  const times = await timed(queries.length, ask)
  const slowest = times.toSorted((a, b) => b.took - a.took).slice(0, 5)
  const related = await timed(30, n => relatedPapers(db, { ...asking, limit: 10 }, idOf('paper', Math.floor((n * papers) / 30))))
  const forYou = await timed(10, () => papersForYou(db, { ...asking, limit: 10 }))
  await indexing.close()
  process.stderr.write(`${title}, ${papers}: slowest ${slowest.map(({ n, took }) => `“${queries[n]}” ${ms(took)}`).join(', ')}\n`)
  const row = (what: string, of: readonly Timed[]) =>
    `| ${title} | ${papers} | ${what} | ${of.length} | ${figures(of.map(({ took }) => took))} | ${cpuOf(of)} |`
  return [
    row('as one types', times),
    row('related papers', related),
    row('for this group', forYou),
    `| ${title} | ${papers} | the index: made in ${made.toFixed(0)} s${size()}; the event loop was held up ${ms(delay.percentile(99) / 1e6)} ms at p99, ${ms(delay.max / 1e6)} at most | | | | | | | |`,
  ]
}

const [file = process.env.SEARCH_PAPERS, ...sizes] = process.argv.slice(2)
if (file === undefined || !existsSync(file)) {
  process.stderr.write(
    'This bench needs recorded papers, which are no part of the product: a file with a record of arXiv in each line (title, authors, summary, id,\ncategories), as an argument or in SEARCH_PAPERS: npm run bench:search -- papers.jsonl.gz\n',
  )
  process.exit(1)
}
const from = recorded(file)
const lines: string[] = []
for (const papers of sizes.length > 0 ? sizes.map(Number) : [10_000, 75_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-bench-'))
  try {
    const tables = join(folder, 'paperboard.sqlite')
    const db = await openSqlite(tables)
    lines.push(
      ...(await measure(
        db,
        'SQLite',
        papers,
        from,
        () => `, ${(statSync(indexFile(tables)).size / 1e6).toFixed(0)} MB beside ${(statSync(tables).size / 1e6).toFixed(0)} MB of tables`,
      )),
    )
    await db.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
  if (!canStartPostgres || process.env.ONLY === 'sqlite') continue
  const postgres = await startPostgres({ fsync: false })
  try {
    const db = await openPostgres(postgres.url)
    lines.push(...(await measure(db, 'PostgreSQL', papers, from, () => '')))
    await db.close()
  } finally {
    await postgres.close()
  }
}
process.stdout.write(
  [
    `${cpus().length} CPUs, load average ${loadavg()
      .map(load => load.toFixed(1))
      .join(' ')}; ms`,
    '',
    '| engine | papers | what | asked | p50 | p95 | p99 | most | CPU p50 | CPU p95 |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n'),
)
