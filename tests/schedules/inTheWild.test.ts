/** Schedules as strangers keep them. */
import { expect, test } from 'vitest'
import { readSchedule } from '../../apps/server/src/schedules/readSchedule.ts'

const today = '2026-11-24'
const read = (text: string) => readSchedule(text, today)
const rows = (text: string) =>
  read(text).rows.map(({ day, papers, presenters, skipped }) => [
    day,
    skipped ? 'off' : papers.map(({ title, url }) => title ?? url).join(' / '),
    presenters.join(' + '),
  ])
const days = (...written: string[]) => read(`Date,Paper\n${written.map(day => `"${day}",A`).join('\n')}\n`).rows.map(({ day }) => day)

test.each([
  [
    ['Dec 1', '8 December', 'Tue 15.12.', '12/22', 'Jan 5th'],
    ['2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22', '2027-01-05'],
  ],
  [
    ['2026年12月1日', '8-Dec-2026', '15 de diciembre de 2026', '46378'],
    ['2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22'],
  ],
  [
    ['12/1/2026', '12/8/2026'],
    ['2026-12-01', '2026-12-08'],
  ],
  [
    ['1/12/2026', '8/12/2026'],
    ['2026-12-01', '2026-12-08'],
  ],
])('[I18] the days %j are %j: without a year the nearest to the row above, and in the order in which they lie nearest together', (written, read) => {
  expect(days(...written)).toEqual(read)
})

test.each([
  ['Ada (remote), Ben (backup)', 'Ada + Ben'],
  ['"Ada\nBen"', 'Ada + Ben'],
  ['@ada @ben', 'ada + ben'],
  ['Ada Lovelace (MIT) & guest: Zoe', 'Ada Lovelace + Zoe'],
  ['Ada (with Ben)', 'Ada + Ben'],
])('[I19] the presenters %j are %s', (cell, names) => {
  const text = cell.startsWith('"') ? cell : `"${cell}"`
  expect(rows(`Date,Paper,Presenter\n2026-12-01,A,${text}\n`)).toEqual([['2026-12-01', 'A', names]])
})

test('[I20] several columns of presenters count together, and who discusses is told of beside them', () => {
  const { rows } = read('Date,Paper,Presenter 1,Presenter 2,Discussant\n2026-12-01,A,Ada,Ben,Chen\n')
  expect(rows).toMatchObject([{ presenters: ['Ada', 'Ben'], note: 'Discussant: Chen' }])
  expect(read('Date,Paper,Discussant\n2026-12-01,A,Chen\n').rows).toMatchObject([{ presenters: ['Chen'] }])
})

test('[I21] what somebody presents takes place, whatever words are in its title; what is struck out does not', () => {
  expect(
    rows(
      'Date,Paper,Presenter\n2026-12-01,Holiday recommendations with LLMs,Ada\n2026-12-08,Spring break detection in time series,Ben\n2026-12-15,Christmas break,\n2026-12-22,NeurIPS deadline - no meeting,Chen\n',
    ),
  ).toEqual([
    ['2026-12-01', 'Holiday recommendations with LLMs', 'Ada'],
    ['2026-12-08', 'Spring break detection in time series', 'Ben'],
    ['2026-12-15', 'off', ''],
    ['2026-12-22', 'off', 'Chen'],
  ])
  expect(rows('| Date | Paper |\n|---|---|\n| ~~2026-12-01~~ | ~~A~~ |\n| 2026-12-08 | B<br>C |\n')).toEqual([
    ['2026-12-01', 'off', ''],
    ['2026-12-08', 'B C', ''],
  ])
})

test('[I22] a quote that is not closed costs its own row', () => {
  const { problems } = read('Date,Paper\n2026-12-01,"A\n2026-12-08,B\n')
  expect(rows('Date,Paper\n2026-12-01,"A\n2026-12-08,B\n')).toEqual([['2026-12-08', 'B', '']])
  expect(problems.map(({ line }) => line)).toEqual([2])
})

test.each([
  ['anchors', 'usual: &u\n  presenter: Ada\nsessions:\n  - <<: *u\n    date: 2026-12-01\n    title: A\n  - date: 2026-12-08\n    title: B\n    <<: *u\n'],
  ['days as names', '2026-12-01:\n  title: A\n  presenter: Ada\n2026-12-08:\n  title: B\n  presenter: Ada\n'],
  ['a document each', '---\ndate: 2026-12-01\ntitle: A\npresenter: Ada\n---\ndate: 2026-12-08\ntitle: B\npresenter: Ada\n'],
  ['braces', '- {date: 2026-12-01, title: A, presenter: Ada}\n- {date: 2026-12-08, title: B, presenter: Ada}\n'],
  ['JSON', '[{"date":"2026-12-01","title":"A","presenter":"Ada"},{"date":"2026-12-08","paper":{"title":"B"},"presenter":{"name":"Ada"}}]'],
])('[I23] YAML with %s is read', (_, text) => {
  expect(rows(text)).toEqual([
    ['2026-12-01', 'A', 'Ada'],
    ['2026-12-08', 'B', 'Ada'],
  ])
})

test('[I24] aliases that would multiply without end are read for what stands there', () => {
  const names = Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`)
  expect(rows(`a0: &a0 [x, y]\n${names.join('\n')}\nsessions:\n- date: 2026-12-01\n  title: A\n  presenter: *a20\n`)).toEqual([['2026-12-01', 'A', '']])
})

test('[I25] in a list of days, names in brackets at the end present, and venues do not', () => {
  expect(
    rows('- 2026-12-01: [A](https://arxiv.org/abs/2206.03382) (Ada & Ben)\n- 2026-12-08: [B](https://example.org/b) (ICML)\n- 2026-12-15: "C paper" - Chen\n'),
  ).toEqual([
    ['2026-12-01', 'A', 'Ada + Ben'],
    ['2026-12-08', 'B', ''],
    ['2026-12-15', 'C paper', 'Chen'],
  ])
})

test('[I26] a day that stands once for several rows is the day of all of them; what follows at the end without days has none', () => {
  expect(rows('Date,Paper,Presenter\n2026-12-01,A,Ada\n,B,Ben\n2026-12-08,C,Chen\n,D,Dana\n,E,Ada\n')).toEqual([
    ['2026-12-01', 'A', 'Ada'],
    ['2026-12-01', 'B', 'Ben'],
    ['2026-12-08', 'C', 'Chen'],
    [null, 'D', 'Dana'],
    [null, 'E', 'Ada'],
  ])
  const table = (last: string) => `| Date | Paper |\n|---|---|\n| 2026-12-01 | A |\n| | B |\n| 2026-12-08 | C |\n${last}`
  expect(rows(table('| | D |\n')).map(([day]) => day)).toEqual(['2026-12-01', '2026-12-01', '2026-12-08', '2026-12-08'])
})

test.each([
  ['A paper (https://example.org/a)', ['A paper', 'https://example.org/a']],
  ['[A paper](https://example.org/a_(b))', ['A paper', 'https://example.org/a_(b)']],
  ['=HYPERLINK("https://example.org/a","A paper")', ['A paper', 'https://example.org/a']],
  ['<a href="https://example.org/a">A paper</a>', ['A paper', 'https://example.org/a']],
  ['arXiv:2601.00005v2', [null, 'https://arxiv.org/abs/2601.00005v2']],
  ['10.1000/xyz123', [null, 'https://doi.org/10.1000/xyz123']],
  ['A https://example.org/a and B: https://example.org/b', ['A', 'https://example.org/a', 'B', 'https://example.org/b']],
])('[I27] the cell %j names papers with their links', (cell, named) => {
  const [row] = read(`Date;Paper\n2026-12-01;"${cell.replaceAll('"', '""')}"\n`).rows
  expect(row?.papers.flatMap(({ title, url }) => [title, url])).toEqual(named)
})

test('[I27] a column of arXiv ids or DOIs holds links', () => {
  const { rows } = read('Date,Paper,arXiv\n2026-12-01,A,2601.00005\n2026-12-08,B,10.1000/xyz123\n')
  expect(rows.flatMap(({ papers }) => papers)).toEqual([
    { title: 'A', url: 'https://arxiv.org/abs/2601.00005' },
    { title: 'B', url: 'https://doi.org/10.1000/xyz123' },
  ])
})

test.each([
  ['2026-12-24,,No meeting', 'off'],
  ['2026-12-24,,Winter break', 'off'],
  ['2026-12-24,A,Cancelled', 'off'],
  ['2026-12-24,Thanksgiving,', 'off'],
  ['2026-12-24,Christmas,Ada', 'Christmas'],
  ['2026-12-24,T.B.D.,', ''],
  ['2026-12-24,TBA (Ada picks),', ''],
  ['2026-12-24,Paper TBD,', ''],
  ['2026-12-24,~~Ada~~ Ben on A,~~Ada~~', 'Ada Ben on A'],
])('[I28] what is not decided is no paper, and no session is none in whichever column it is said: %j', (row, told) => {
  expect(rows(`Date,Paper,Presenter\n${row}\n`)[0]?.[1]).toBe(told)
})

test.each([
  ['twice the same head', 'Date,Paper,Presenter\n2026-12-01,A,Ada\nDate,Paper,Presenter\n2026-12-08,B,Ada\n'],
  ['another head', 'Date,Paper,Presenter\n2026-12-01,A,Ada\n\nPresenter,Date,Paper\nAda,2026-12-08,B\n'],
  [
    'two tables of Markdown',
    '| Date | Paper | Who |\n|---|---|---|\n| 2026-12-01 | A | Ada |\n\n| When | Who | What |\n|---|---|---|\n| 2026-12-08 | Ada | B |\n',
  ],
  ['bars', 'Date|Paper|Presenter\n2026-12-01|A|Ada\n2026-12-08|B|Ada\n'],
  ['sep=;', 'sep=;\nDate;Paper;Presenter\n2026-12-01;A;Ada\n2026-12-08;B;Ada\n'],
  ['lone carriage returns', 'Date,Paper,Presenter\r2026-12-01,A,Ada\r2026-12-08,B,Ada\r'],
])('[I29] a text with %s is read whole', (_, text) => {
  expect(rows(text)).toEqual([
    ['2026-12-01', 'A', 'Ada'],
    ['2026-12-08', 'B', 'Ada'],
  ])
})

test.each([
  ['3–4 December 2026', '2026-12-03'],
  ['Dec 3-4, 2026', '2026-12-03'],
  ['3.–4.12.2026', '2026-12-03'],
  ['2026‑12‑03', '2026-12-03'],
  ['2026–12–03', '2026-12-03'],
  ['1er décembre 2026', '2026-12-01'],
  ['2026-12-03T23:30:00-08:00', '2026-12-03'],
])('[I30] the day %j is %s: of several the first, whatever the hyphens', (written, day) => {
  expect(days(written)).toEqual([day])
})

test.each([
  ['days over titles', '2026-12-01: A\n2026-12-08: B\n', ''],
  ['names over entries', 'week1:\n  date: 2026-12-01\n  title: A\nweek2:\n  date: 2026-12-08\n  title: B\n', ''],
  ['lists that are merged', 'u: &u {presenter: Ada}\ns:\n- {date: 2026-12-01, title: A, <<: [*u]}\n- {date: 2026-12-08, title: B, <<: [*u]}\n', 'Ada'],
  ['nulls', '[{"date":"2026-12-01","title":"A","presenter":null},{"date":"2026-12-08","title":"B","presenter":null}]', ''],
])('[I31] YAML with %s is read', (_, text, presenter) => {
  expect(rows(text)).toEqual([
    ['2026-12-01', 'A', presenter],
    ['2026-12-08', 'B', presenter],
  ])
})

test('[I32] where each paper of a session tells who presents it, nobody presents another', () => {
  expect(rows('- date: 2026-12-01\n  papers:\n  - {title: A, presenter: Ada}\n  - {title: B, presenter: Ben}\n')).toEqual([
    ['2026-12-01', 'A', 'Ada'],
    ['2026-12-01', 'B', 'Ben'],
  ])
})
