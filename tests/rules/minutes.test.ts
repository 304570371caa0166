/** Minutes: the same meeting makes the same words, in Markdown, in HTML and as plain text. */
import { readFileSync } from 'node:fs'
import { countVotes, setAgenda, setPlan } from '@paperboard/shared/agenda'
import { defaultAgendaRule } from '@paperboard/shared/agendaRules'
import { addAction, note } from '@paperboard/shared/decisions'
import { markdownHtml, markdownPlain, mathSafe } from '@paperboard/shared/markdownText'
import { endMeeting, moveTo, noteAttendance, startMeeting } from '@paperboard/shared/meetingFloor'
import { minutesBrief, minutesMarkdown } from '@paperboard/shared/minutes'
import { minutesFacts, outcomesOf } from '@paperboard/shared/minutesFacts'
import { noteOf } from '@paperboard/shared/notes'
import { castBallot, closePoll, countBallots, putPoll } from '@paperboard/shared/polls'
import { ask, setAnswered, setQuestionVote } from '@paperboard/shared/questions'
import { revealTakes } from '@paperboard/shared/takes'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

const [ada, ben, guest] = ['ada000000000', 'ben000000000', 'guest0000000']
const [P, Q, R] = ['paper0000001', 'paper0000002', 'paper0000003']
const names: Record<string, string> = { [ada]: 'Ada', [ben]: 'Ben', [guest]: 'Gil *from afar*' }
const titles: Record<string, string> = { [P]: 'Graphs with $n_1$ nodes', [Q]: 'Tokens_of [memory]', [R]: 'Kernels' }
const begin = Date.UTC(2026, 10, 24, 15, 0)
const minute = 60_000

/** A meeting of an hour: one paper discussed, one passed over, and a word on everything. */
const meeting = (): Y.Doc => {
  const doc = new Y.Doc()
  const at = (n: number) => begin + n * minute
  const candidates = [P, Q].map((paper, i) => ({
    paper,
    votes: [{ member: ada, value: 1, at: begin - 90 * minute + i }],
    offers: [],
    proposer: ada,
    carried: i,
  }))
  setPlan(doc, { rule: defaultAgendaRule, votesFrom: null, votesCloseAt: null })
  countVotes(doc, { candidates, past: [], from: begin - 10_000 * minute, until: begin, now: begin })
  setAgenda(
    doc,
    [
      { paper: P, minutes: 20, presenter: ben },
      { paper: Q, minutes: null, presenter: null },
    ],
    begin,
  )
  startMeeting(doc, { facilitator: ada, now: begin })
  noteAttendance(doc, { here: new Set([ada]), now: at(0) })
  noteAttendance(doc, { here: new Set([ada, ben, guest]), now: at(2) })
  noteAttendance(doc, { here: new Set([ada, ben]), now: at(30) })
  moveTo(doc, { item: P, now: at(5), minutes: 20 })
  revealTakes(doc, {
    paper: P,
    written: new Map([
      [ada, { text: 'Bold, but *thin*', score: 5, at: at(6) }],
      [ben, { text: '', score: 2, at: at(7) }],
    ]),
    by: ada,
    now: at(8),
  })
  const question = ask(doc, { paper: P, text: 'Does it scale\nto $10^6$?', me: guest, now: at(9) })
  setQuestionVote(doc, { question, me: ben, on: true, now: at(9) })
  setAnswered(doc, { key: question, me: ada, answered: true, now: at(10) })
  const poll = putPoll(doc, { paper: P, question: 'Again?', options: ['Yes', 'No'], many: false, secret: false, me: ada, now: at(11) })
  castBallot(doc, { poll, me: ben, choices: [0], now: at(11) })
  closePoll(doc, { poll, result: countBallots(doc, poll, { by: ada, now: at(12) }) })
  note(doc, 'decisions', { paper: P, text: 'We reproduce table 2', me: ada, now: at(13) })
  addAction(doc, { paper: P, text: 'Sec. 3', kind: 'reading', assignee: ben, due: '2026-12-01', me: ada, now: at(14) })
  addAction(doc, { paper: null, text: 'Book a larger room', kind: 'task', assignee: null, due: null, me: ada, now: at(15) })
  note(doc, 'parked', { paper: null, text: 'How we vote', me: ben, now: at(16) })
  noteOf(doc, P).insert(0, '# Idea\n\n- one **bold** idea\n- `code`')
  moveTo(doc, { item: Q, now: at(40) })
  moveTo(doc, { item: 'closing', now: at(40) + 5_000 })
  endMeeting(doc, at(60))
  return doc
}

const facts = () =>
  minutesFacts(meeting(), {
    title: 'Tuesday',
    group: 'Graph & token club',
    timeZone: 'Europe/Berlin',
    name: member => names[member] ?? '?',
    isGuest: member => member === guest,
    paper: paper => ({
      title: titles[paper] ?? '?',
      authors: ['A. One', 'B. Two', 'C. Three', 'D. Four'],
      link: paper === P ? 'https://arxiv.org/abs/2611.00001' : null,
    }),
  })
const golden = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

test('[Y40] the minutes of a meeting are these, in Markdown and in HTML', () => {
  const markdown = minutesMarkdown(facts())
  expect(markdown).toBe(golden('minutes.md'))
  expect(`${markdownHtml(markdown)}\n`).toBe(golden('minutes.html'))
  expect(minutesMarkdown(facts())).toBe(markdown)
  expect(minutesBrief(facts())).toBe('1 paper, 1 decision and 3 people')
})

test('[Y41] discussed is what took a minute, or what something lasting was said about; the rest is carried over', () => {
  expect(outcomesOf(meeting()).map(({ paper, state, spent }) => [paper, state, spent / minute])).toEqual([
    [P, 'discussed', 35],
    [Q, 'carried', 5 / 60],
  ])
  const doc = meeting()
  note(doc, 'decisions', { paper: Q, text: 'Next time', me: ada, now: begin })
  expect(outcomesOf(doc).map(({ state }) => state)).toEqual(['discussed', 'discussed'])
})

describe('[Y42] what people typed in a line is no markup in minutes, and mathematics stays', () => {
  test.each([
    ['a *b* _c_', 'a \\*b\\* \\_c\\_'],
    ['$a_1 * b$ and 5_6', '$a_1 * b$ and 5\\_6'],
    ['<script>[x](javascript:1)', '\\<script\\>[x\\](javascript:1)'],
    ['costs $5', 'costs \\$5'],
  ])('%s', (typed, expected) => {
    expect(mathSafe(typed)).toBe(expected)
    expect(markdownPlain(expected)).toBe(typed)
  })
})

describe('[Y43] HTML of minutes has no element but headings, lists, quotes, code and links to pages', () => {
  test.each([
    ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['[x](javascript:1)', '<p>x</p>'],
    ['[a "b"](https://example.org/?q="1")', '<p><a href="https://example.org/?q=&quot;1&quot;">a &quot;b&quot;</a></p>'],
    ['**a** *b* `c*d*`', '<p><strong>a</strong> <em>b</em> <code>c*d*</code></p>'],
    ['1. a\n2. b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>'],
    ['- [x] a\n- [ ] b', '<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>'],
    ['$a *b* c$', '<p>$a *b* c$</p>'],
    ['> a\n> b', '<blockquote><p>a<br>b</p></blockquote>'],
    ['```\n<b>\n```', '<pre><code>&lt;b&gt;</code></pre>'],
  ])('%s', (markdown, html) => expect(markdownHtml(markdown)).toBe(html))
})
