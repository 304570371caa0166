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
