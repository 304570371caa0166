/**
 * Papers from files: `npm run papers -- preview FILE… [--json]` tells what would be read, without a server or a database, and
 * `npm run papers -- import FILE… --group G --date D` puts it on a board. Exit code 0: all was read; 1: some could not be
 * read; 2: nothing was done.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Day, dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { say } from './command.ts'
import type { ReadPaper } from './papers/pastedLines.ts'
import { type NamedBytes, readFiles } from './papers/read/files.ts'
import type { TextReading } from './papers/read/readText.ts'

const usage = `Usage: npm run papers -- preview FILE… [--json]
       npm run papers -- import FILE… --group GROUP [--date 2026-11-24]
FILE is - for standard input. GROUP is a group's name or id. Without --date, the board is that of the day the file names, or today's.`

/** What whoever runs the command can mend. */
class WrongUsage extends Error {}

const today = (): Day => dayAt(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone)
const tell = (line: string) => void process.stderr.write(`${line}\n`)

const filesNamed = (names: readonly string[]): NamedBytes[] => {
  const files = names.map(name => {
    try {
      return { name: name === '-' ? 'standard input' : basename(name), bytes: readFileSync(name === '-' ? 0 : name) }
    } catch (error) {
      throw new WrongUsage(`${name} cannot be read: ${error instanceof Error ? error.message : error}`)
    }
  })
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  if (bytes > limits.fileBytes)
    throw new WrongUsage(`These are ${(bytes / 1e6).toFixed(0)} MB, and ${limits.fileBytes / 1024 / 1024} MB can be read at a time. Give the files one by one.`)
  return files
}

/** A paper as the command prints it. `date` is the day of the board that the text names, and else when the paper came out. */
const printed = (paper: ReadPaper, day: Day | null) => ({
  title: paper.title,
  authors: paper.authors,
  abstract: paper.abstract,
  arxivId: paper.arxivId,
  arxivVersion: paper.arxivVersion,
  doi: paper.doi,
  url: paper.url,
  date: day ?? paper.published,
  published: paper.published,
  venue: paper.venue,
  subjects: paper.subjects,
  links: paper.links,
  line: paper.line,
})

const report = (reading: TextReading) => {
  for (const { file, line, reason, text } of reading.problems)
    tell(`${file === undefined ? '' : `${file}, `}line ${line}: ${reason}${text === '' ? '' : ` (${text})`}`)
}

const exitCode = ({ papers, problems }: TextReading) => (papers.length === 0 ? 2 : problems.length > 0 ? 1 : 0)

/** Whether running the command otherwise, or in another place, would mend it. */
const isForeseen = (error: unknown): error is Error =>
  error instanceof Error && (error instanceof WrongUsage || error.message.startsWith('The environment') || 'code' in error)

function preview(names: readonly string[], json: boolean): number {
  const reading = readFiles(filesNamed(names), { today: today() })
  const day = reading.day?.day ?? null
  if (json) {
    const { kind, parts, problems } = reading
    process.stdout.write(`${JSON.stringify({ kind, parts, day, papers: reading.papers.map(paper => printed(paper, day)), problems }, null, 2)}\n`)
  } else {
    for (const paper of reading.papers) say(`${paper.title ?? '(no title yet)'}  ${paper.arxivId ?? paper.doi ?? paper.url ?? ''}`.trimEnd())
    report(reading)
    tell(`${reading.kind}: ${reading.papers.length} papers, ${reading.problems.length} that could not be read`)
  }
  return exitCode(reading)
}

async function bring(names: readonly string[], { group, date }: { group?: string | undefined; date?: string | undefined }): Promise<number> {
  if (group === undefined) throw new WrongUsage(`--group is missing.\n${usage}`)
  const files = filesNamed(names)
  const reading = readFiles(files, { today: today() })
  report(reading)
  if (reading.papers.length === 0) throw new WrongUsage('No papers were found in this.')
  // Only here: a preview needs no database.
  const { ImportRefused, importFiles } = await import('./papersImport.ts')
  const progress = (done: number, of: number) => tell(`${done} of ${of} papers`)
  const result = await importFiles({ files, reading, group, date: date ?? null, progress }).catch((error: unknown) => {
    throw error instanceof ImportRefused ? new WrongUsage(error.message) : error
  })
  say(`${result.added} papers added to the board of ${result.day}, ${result.present} were there already`)
  return exitCode(reading)
}

async function papers(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, group: { type: 'string' }, date: { type: 'string' } },
    allowPositionals: true,
  })
  const [act, ...names] = positionals
  if (names.length === 0 || (act !== 'preview' && act !== 'import')) throw new WrongUsage(usage)
  return act === 'preview' ? preview(names, values.json ?? false) : bring(names, values)
}

papers().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    tell(isForeseen(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 2
  },
)
