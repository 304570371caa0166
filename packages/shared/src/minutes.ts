/**
 * The minutes of a meeting. Pure: the same facts make the same words. Facts name people and papers as they were called
 * then, so that minutes stay what they were when somebody is renamed or leaves.
 */
import { listed } from './agendaReasons.ts'
import { mathSafe } from './markdownText.ts'
import { agreement, scores, spreadOf } from './takes.ts'

/** Somebody who was there. */
export interface MinutesPerson {
  name: string
  guest: boolean
  /** First and last moment, and ms in between without those away. */
  from: number
  until: number
  spent: number
}

/** What was said about a paper, or about none. */
export interface MinutesTalk {
  questions: { text: string; asker: string; wanted: number; answered: boolean }[]
  polls: { question: string; options: { text: string; count: number }[]; ballots: number; secret: boolean }[]
  decisions: { text: string; by: string }[]
  actions: { text: string; kind: 'task' | 'reading'; who: string | null; due: string | null; done: boolean; title: string | null }[]
  parked: { text: string; by: string }[]
  /** Markdown, as it was written together. */
  notes: string
}

export type MinutesState = 'discussed' | 'carried' | 'dropped'

export interface MinutesItem extends MinutesTalk {
  paper: string
  title: string
  authors: string[]
  link: string | null
  state: MinutesState
  /** Why it was on the agenda. */
  why: string
  presenter: string | null
  spent: number
  takes: { name: string; score: number; text: string }[]
}

export interface MinutesFacts {
  title: string
  group: string
  /** Whose clock times are told by. */
  timeZone: string
  startedAt: number
  endedAt: number
  facilitator: string | null
  /** By which rule papers were ranked, and votes of what time counted. */
  rule: string
  votes: { from: number; until: number } | null
  people: MinutesPerson[]
  /** In the order in which they were discussed, then what was not. */
  items: MinutesItem[]
  /** What was about no paper. */
  rest: MinutesTalk
}

/** Whatever a person typed in a line, as a line of Markdown: signs of it are text, mathematics is left. */
const line = (text: string) => mathSafe(text.trim().replace(/\s*\n\s*/g, ' '))

const clockIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (at: number) => format.format(at)
}
const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return (at: number) => format.format(at)
}

/** Whole minutes, at least one for what took any time. */
export const minutesOf = (ms: number): number => (ms <= 0 ? 0 : Math.max(1, Math.round(ms / 60_000)))
const minutesWord = (ms: number) => `${minutesOf(ms)} min`

/** The minutes in Markdown. */
export function minutesMarkdown(facts: MinutesFacts): string {
  const discussed = facts.items.filter(({ state }) => state === 'discussed')
  const carried = facts.items.filter(({ state }) => state === 'carried')
  const dropped = facts.items.filter(({ state }) => state === 'dropped')
  const parts = [
    `# ${line(facts.title)}`,
    head(facts),
    summary(facts),
    attendance(facts),
    ...discussed.map(item => paperPart(item)),
    section('Beside the papers', talk(facts.rest, 3)),
    section('Carried over to the next meeting', carried.map(({ title, why }) => `- ${line(title)}${why === '' ? '' : `: ${line(why)}`}`).join('\n')),
    section('Taken off the agenda', dropped.map(({ title }) => `- ${line(title)}`).join('\n')),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function head({ group, timeZone, startedAt, endedAt, facilitator, rule, votes }: MinutesFacts): string {
  const [clock, date] = [clockIn(timeZone), dateIn(timeZone)]
  const lines = [
    `${line(group)}, ${date(startedAt)}, ${clock(startedAt)} to ${clock(endedAt)} (${minutesWord(endedAt - startedAt)}).`,
    facilitator === null ? '' : `${line(facilitator)} led.`,
    votes === null || rule === '' ? '' : `Papers were ranked by ${rule.toLowerCase()}, of votes until ${date(votes.until)}, ${clock(votes.until)}.`,
  ]
  return lines.filter(Boolean).join(' ')
}

const allTalks = ({ items, rest }: MinutesFacts): MinutesTalk[] => [...items, rest]

/** What one wants to know first: what was decided, and who does what. */
function summary(facts: MinutesFacts): string {
  const decisions = allTalks(facts).flatMap(one => one.decisions.map(({ text }) => `- ${line(text)}`))
  const actions = allTalks(facts).flatMap(one => one.actions.map(actionLine))
  return [section('Decisions', decisions.join('\n')), section('To do', actions.join('\n'))].filter(Boolean).join('\n\n')
}

const actionLine = ({ text, kind, who, due, done, title }: MinutesTalk['actions'][number]): string => {
  const what = kind === 'reading' ? `read ${title === null ? 'a paper' : `“${line(title)}”`}${text === '' ? '' : `, ${line(text)}`}` : line(text)
  return `- [${done ? 'x' : ' '}] ${who === null ? 'Nobody yet' : line(who)}: ${what}${due === null ? '' : ` (until ${due})`}`
}

function attendance({ people, timeZone }: MinutesFacts): string {
  const clock = clockIn(timeZone)
  const lines = people.map(
    ({ name, guest, from, until, spent }) => `- ${line(name)}${guest ? ' (guest)' : ''}: ${minutesWord(spent)}, ${clock(from)} to ${clock(until)}`,
  )
  return section(`Attendance`, lines.join('\n'))
}

function paperPart(item: MinutesItem): string {
  const { title, authors, link, why, presenter, spent, takes } = item
  const by = authors.length === 0 ? '' : `${authors.slice(0, 3).map(line).join(', ')}${authors.length > 3 ? ' and others' : ''}`
  const facts = [
    [by, link === null ? '' : `<${link}>`].filter(Boolean).join(', '),
    [presenter === null ? '' : `${line(presenter)} presented`, `${minutesWord(spent)}`].filter(Boolean).join(', '),
    why === '' ? '' : `On the agenda by votes: ${line(why)}`,
  ]
  return [`## ${line(title)}`, facts.filter(Boolean).join('  \n'), takesPart(takes), talk(item, 3)].filter(part => part !== '').join('\n\n')
}

/** How takes lie, and each of them. */
function takesPart(takes: MinutesItem['takes']): string {
  if (takes.length === 0) return ''
  const spread = spreadOf(takes.map(({ score }) => score))
  const counts = scores.map((score, i) => `${score}: ${spread.counts[i] ?? 0}`).join(', ')
  const mean = spread.mean === null ? '' : `, median ${spread.median}, mean ${spread.mean.toFixed(1)}`
  return `### First takes\n\n${agreement(spread)} (${counts}${mean}).\n\n${takes
    .map(({ name, score, text }) => `- ${score}, ${line(name)}${text === '' ? '' : `: ${line(text)}`}`)
    .join('\n')}`
}

function talk({ questions, polls, decisions, actions, parked, notes }: MinutesTalk, level: 3): string {
  const at = (title: string, body: string) => (body === '' ? '' : `${'#'.repeat(level)} ${title}\n\n${body}`)
  return [
    at(
      'Questions',
      questions
        .map(
          ({ text, asker, wanted, answered }) =>
            `- ${line(text)} (${line(asker)}${wanted > 0 ? `, wanted by ${wanted} more` : ''}; ${answered ? 'answered' : 'left open'})`,
        )
        .join('\n'),
    ),
    at(
      'Polls',
      polls
        .map(
          ({ question, options, ballots, secret }) =>
            `- ${line(question)} ${options.map(({ text, count }) => `${line(text)} ${count}`).join(', ')} (${ballots} ${ballots === 1 ? 'vote' : 'votes'}${secret ? ', secret' : ''})`,
        )
        .join('\n'),
    ),
    at('Decided', decisions.map(({ text, by }) => `- ${line(text)} (written down by ${line(by)})`).join('\n')),
    at('To do', actions.map(actionLine).join('\n')),
    at('For another time', parked.map(({ text, by }) => `- ${line(text)} (${line(by)})`).join('\n')),
    at('Notes', notes.trim() === '' ? '' : lowered(notes.trim(), level)),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** Headings of notes come below those of the minutes. */
const lowered = (markdown: string, level: number): string =>
  markdown.replace(/^(#{1,6}) /gm, (_, signs: string) => `${'#'.repeat(Math.min(6, signs.length + level))} `)

const section = (title: string, body: string): string => (body === '' ? '' : `## ${title}\n\n${body}`)

/** In a sentence, for a list of meetings: "2 papers, 3 decisions". */
export const minutesBrief = (facts: Pick<MinutesFacts, 'items' | 'rest' | 'people'>): string => {
  const decisions = [...facts.items, facts.rest].reduce((sum, one) => sum + one.decisions.length, 0)
  const papers = facts.items.filter(({ state }) => state === 'discussed').length
  return listed(
    [
      papers === 1 ? '1 paper' : `${papers} papers`,
      decisions === 0 ? '' : decisions === 1 ? '1 decision' : `${decisions} decisions`,
      facts.people.length === 0 ? '' : facts.people.length === 1 ? '1 person' : `${facts.people.length} people`,
    ].filter(Boolean),
  )
}
