/** Schedules as people keep them, read row by row. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeText } from '@paperboard/shared/decodeText'
import { describe, expect, test } from 'vitest'
import { type ReadSchedule, readSchedule } from '../../apps/server/src/schedules/readSchedule.ts'
import { randomFrom } from '../support/random.ts'

const bytesOf = (name: string) => readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)))
const fixture = (name: string): ReadSchedule => readSchedule(decodeText(bytesOf(name)))
const rows = ({ rows }: ReadSchedule) =>
  rows.map(({ line, day, papers, presenters, skipped }) => [
    line,
    day,
    papers.map(({ title }) => title).join(' / '),
    presenters.join(' + '),
    ...(skipped ? ['skipped'] : []),
  ])
const problems = ({ problems }: ReadSchedule) => problems.map(({ line, reason }) => [line, reason])

describe('schedules', () => {
  test('[I1] YAML is read entry by entry: a broken one is named by its line, the others are there, in any order', () => {
    const read = fixture('sessions.yml')
    expect(read.format).toBe('yaml')
    expect(rows(read)).toEqual([
      [2, '2026-12-10', 'Sparse Gradients on Small Machines', 'Ben Okafor'],
      [7, '2026-11-26', 'Two Talks: One Paper', 'Ada Lovelace + Chen Li'],
      [14, '2026-12-03', '', 'Dana Nowak'],
    ])
    expect(read.rows[0]?.time).toEqual({ from: '14:00', to: '15:00' })
    expect(problems(read)).toEqual([
      [21, 'This is no valid YAML: text that holds a colon or a quotation mark needs quotes around it.'],
      [23, '“2026-13-01” is no day of the calendar.'],
      [26, 'This entry names no paper: it has no field such as title, paper or description.'],
    ])
  })

  test('[I2] a table of Markdown is read with its links: several papers, several presenters, sessions that do not take place', () => {
    const read = fixture('club.md')
    expect(read.format).toBe('markdown')
    expect(rows(read)).toEqual([
      [12, '2027-01-14', 'Boards | and Votes', 'Ada Lovelace + Ben Okafor'],
      [13, '2027-01-28', '', '', 'skipped'],
      [14, '2027-02-11', 'First of Two / Second of Two', 'Guest Speaker'],
      [16, '2027-02-25', '', 'ben@example.org'],
    ])
    expect(read.rows[2]?.papers.map(({ url }) => url)).toEqual(['https://arxiv.org/abs/2601.00002', 'https://arxiv.org/abs/2601.00003'])
    expect(problems(read)).toEqual([[15, '“31.02.2027” is no day of the calendar.']])
  })

  test('[I3] a list of papers with presenters in brackets is read, with brackets that are broken, and names in any script', () => {
    expect(rows(fixture('papers.md'))).toEqual([
      [3, null, 'A Paper in Brackets', 'Ada'],
      [4, null, 'Another One', '윤우 + Ben'],
      [5, null, 'With a Broken Bracket', '윤우'],
      [6, null, 'On (Nested) Brackets', 'Ada'],
    ])
  })

  test('[I4] CSV is read with any separator, line end and encoding, and names the line where a row begins', () => {
    const read = fixture('export.csv')
    expect(read.format).toBe('csv')
    expect(rows(read)).toEqual([
      [2, '2027-04-03', 'Ein Titel; mit "Zeichen" und zwei Zeilen', 'Jörg Müller'],
      [4, '2027-04-17', 'Noch einer', 'Anna'],
      [6, null, 'Ohne Tag', 'Anna'],
    ])
    expect(read.rows[1]?.papers).toEqual([{ title: 'Noch einer', url: null }])
    expect(problems(read)).toEqual([[7, '“31/31/2027” is no day of the calendar.']])
  })

  test.each(['utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be'])('[I5] a file in %s is the same text', encoding => {
    const text = 'Date,Paper,Presenter\n2027-01-14,Überblick → 윤우,Zoë\n'
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
    const bytes = { 'utf-8': Buffer.from(text), 'utf-8 with a mark': Buffer.from(`\uFEFF${text}`), 'utf-16le': utf16, 'utf-16be': Buffer.from(utf16).swap16() }[
      encoding
    ]
    expect(rows(readSchedule(decodeText(bytes ?? Buffer.alloc(0))))).toEqual([[2, '2027-01-14', 'Überblick → 윤우', 'Zoë']])
  })

  test.each([
    ['Date,Paper\n3/14/2027,A\n4/5/2027,B', ['2027-03-14', '2027-04-05']],
    ['Date,Paper\n14/3/2027,A\n4/5/2027,B', ['2027-03-14', '2027-05-04']],
    ['Date,Paper\n"March 14, 2027",A\n5th of May 2027,B', ['2027-03-14', '2027-05-05']],
    ['Date,Paper\n14. März 2027,A\n20270504,B', ['2027-03-14', '2027-05-04']],
    ['Date,Paper\nFri 2027.3.14 at 4pm,A\n1 déc. 2027,B', ['2027-03-14', '2027-12-01']],
  ])('[I6] days are read as people write them, and which comes first follows from the file: %j', (text, days) => {
    expect(readSchedule(text).rows.map(({ day }) => day)).toEqual(days)
  })

  test.each([
    '',
    'Just some prose, with commas, and more.',
    '# A heading\n\n- a\n- list: of things\n',
    '{"json": true}',
    '\0\0\0',
    '- - - -',
    '| a | b |\n|---|---|\n| 1 | 2 |',
  ])('[I7] a text that is no schedule has no rows and is no error: %j', text => {
    expect(readSchedule(text)).toMatchObject({ format: 'nothing', rows: [] })
  })

  test('[I8] schedules that are cut, mixed and damaged are read without an error, in time linear in their length', () => {
    const { seed, below, pick, chance } = randomFrom()
    console.log(`FUZZ_SEED=${seed}`)
    const texts = ['sessions.yml', 'club.md', 'papers.md', 'export.csv'].map(name => decodeText(bytesOf(name)))
    const pieces = [
      '"',
      "'",
      '|',
      '[',
      '](',
      ')',
      '- ',
      ': ',
      '\n',
      '\r',
      '\t',
      '\0',
      '\uD800',
      '&',
      '*',
      '2026-',
      '((((',
      '> ',
      '```',
      '#',
      ',',
      ';',
      '%',
      '{',
      '!!js/function ',
    ]
    for (let n = 0; n < 400; n++) {
      let text = pick(texts)
      for (let k = below(12); k >= 0; k--) {
        const at = below(text.length + 1)
        text = chance(0.5) ? text.slice(0, at) + pick(pieces).repeat(1 + below(4)) + text.slice(at) : text.slice(0, at) + text.slice(at + below(40))
      }
      const { rows, problems } = readSchedule(text)
      const lines = text.split(/\r\n|\r|\n/).length
      for (const { line } of [...rows, ...problems]) expect(line, JSON.stringify(text)).toSatisfy(at => at >= 1 && at <= lines)
      for (const { papers } of rows) for (const { url } of papers) expect(url === null || URL.canParse(url)).toBe(true)
    }
    for (const piece of pieces) {
      const began = process.cpuUsage()
      readSchedule(`Date,Paper\n${piece.repeat(30_000)}`)
      readSchedule(`- date: ${piece.repeat(30_000)}`)
      // Of its own, however busy the machine is: what is not linear takes minutes. µs.
      expect(process.cpuUsage(began).user, JSON.stringify(piece)).toBeLessThan(5_000_000)
    }
  })

  const recorded = fileURLToPath(new URL('../../../shared/data/reading-groups/', import.meta.url))
  test.skipIf(!existsSync(recorded))(
    existsSync(recorded) ? '[I9] the schedules of real groups are read' : '[I9] the schedules of real groups are read (skipped: the recordings are not here)',
    () => {
      const read = (name: string) => readSchedule(decodeText(readFileSync(`${recorded}${name}`)))
      const count = ({ format, rows, problems }: ReadSchedule) => ({ format, rows: rows.length, problems: problems.length })
      expect(count(read('graphics-group-suggestions.csv'))).toEqual({ format: 'csv', rows: 24, problems: 0 })
      expect(count(read('liir-kuleuven-reading_sessions.yml'))).toEqual({ format: 'yaml', rows: 15, problems: 0 })
      expect(count(read('postech-2021-12.md'))).toEqual({ format: 'markdown', rows: 27, problems: 0 })
      const club = read('src-d-reading-club.md')
      expect(count(club)).toEqual({ format: 'markdown', rows: 31, problems: 0 })
      expect(club.rows.filter(({ skipped }) => skipped).map(({ day }) => day)).toEqual(['2019-05-03'])
      expect(club.rows.find(({ day }) => day === '2019-05-31')?.papers).toHaveLength(2)
      for (const name of ['liir-kuleuven-rules.md', 'src-d-organization-workflow.md']) expect(count(read(name)).rows).toBe(0)
    },
  )
})
