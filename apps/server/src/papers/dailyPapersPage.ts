/**
 * The text of a Daily Papers page as a browser copies it: a header, then for each paper its title and its abstract, one
 * line each, mostly with blank lines between. Nothing marks which line is which, so the lines are read as the cheapest
 * alternation of titles and abstracts; a line that fits nowhere is reported, and its neighbours keep their partners.
 */
import type { ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { readDay } from './pastedDay.ts'
import { type PastedLine, problemAt, type ReadPaper, untold } from './pastedLines.ts'
import { isReference } from './referenceList.ts'

/** Abstracts on Daily Papers are 165 to 1,923 characters and titles 6 to 175; between the two, other signs decide. */
const surelyAbstract = 200
/** The header comes first: a line "Daily Papers" further down is something else. */
const headerLines = 60

interface Page {
  /** Whether the page's own header was found. */
  headed: boolean
  day: { day: Day; yearGuessed: boolean } | null
  papers: ReadPaper[]
  problems: ImportProblem[]
}

export const readDailyPapersPage = (lines: readonly PastedLine[], today: Day): Page => {
  const start = headerEnd(lines)
  const body = withoutChrome(lines.slice(start))
  const page: Page = { headed: start > 0, day: dayIn(lines, today), papers: [], problems: [] }
  for (const part of alternate(body, today)) {
    if ('alone' in part) page.problems.push(problemAt(part.alone, whyAlone(part.alone)))
    else page.papers.push({ ...untold(), line: part.title.number, title: part.title.text.trim(), abstract: part.abstract.text })
  }
  return page
}

/** Index of the first line below the heading; 0 without one. */
const headerEnd = (lines: readonly PastedLine[]): number => {
  for (const [at, { text }] of lines.slice(0, headerLines).entries()) {
    if (text.length >= surelyAbstract) return 0
    if (/^\s*(daily|trending) papers\s*$/i.test(text)) return at + 1
  }
  return 0
}

/** The page's date stands above the first abstract; later ones are when a paper was published. */
const dayIn = (lines: readonly PastedLine[], today: Day) => {
  for (const { text } of lines.slice(0, headerLines)) {
    if (text.length >= surelyAbstract) return null
    const day = readDay(text, today)
    if (day !== null) return day
  }
  return null
}

/** Words the page itself writes around the papers. Whole lines only: a title may well hold one of them. */
const chromeWords = new Set(
  `new|subscribe|get trending papers in your email inbox!|daily papers|trending papers|daily|weekly|monthly|previous|next|upvote|upvotes|vote|-|·|arxiv|github|
  view arxiv page|view pdf|pdf|arxiv page|project page|add to collection|community|ask arxiv|hugging face|hugging face's logo|models|datasets|spaces|buckets|posts|docs|
  enterprise|solutions|pricing|log in|sign up|papers|system theme|company|tos|privacy|about|careers|website|collections|search|submit|see more|load more|read more`
    .split('|')
    .map(word => word.trim()),
)
/** Votes and counts of comments, authors, stars; who submitted, and when. Each is anchored and bounded, so that none backtracks. */
const chromePatterns = [
  /^\+?\s?\d{1,3}([,.]\d{1,3})?\s?[km]?$/i,
  /^\d{4,6}$/,
  /^(.{0,60}[·+] ?)?\d{1,5} (other )?authors?$/i,
  /^(upvote|github|comments?|stars?|·) ?\d{1,3}([,.]\d{1,3})?k?$/i,
  /^\d{1,5} (upvotes?|comments?|stars?|votes?)$/i,
  /^by ?AK and the research community$/i,
  /^© .{0,60}$/,
]

const attribution = /^(submitted|published|posted) (by|on|at) .{1,60}$/i

const isChrome = (text: string) => {
  const line = text.trim()
  return (
    line.length <= 80 && (chromeWords.has(line.toLowerCase()) || chromePatterns.some(pattern => pattern.test(line)) || readDay(line, '2000-01-01') !== null)
  )
}

/** The lines that are not plainly the page's own. */
const withoutChrome = (lines: readonly PastedLine[]): PastedLine[] => {
  const kept: PastedLine[] = []
  const length = (at: number) => lines[at]?.text.length ?? 0
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (line === undefined) break
    const text = line.text.length <= 80 ? line.text.trim() : ''
    const titleAbove = (kept.at(-1)?.text.length ?? surelyAbstract) < surelyAbstract
    if (/^submitted by:?$/i.test(text)) {
      // A name stands on the next line, unless that one has an abstract below it.
      if (length(at + 1) <= 60 && length(at + 2) < surelyAbstract) at++
    } else if (attribution.test(text)) {
      // "Submitted by Humans, Reviewed by Machines" is a title when an abstract has no other.
      if (!titleAbove && length(at + 1) >= surelyAbstract) kept.push(line)
    } else if (!isChrome(line.text)) kept.push(line)
  }
  return kept
}

type Part = { title: PastedLine; abstract: PastedLine } | { alone: PastedLine }

const aloneCost = 4
const impossible = Number.POSITIVE_INFINITY

/**
 * Splits the lines into pairs and lone lines at the least cost, from the end backwards: `cost[i]` is the least at which
 * the lines from i on can be explained. Of equals the pair that comes first wins.
 */
const alternate = (lines: readonly PastedLine[], today: Day): Part[] => {
  const cost = new Float64Array(lines.length + 2)
  const pairs = new Uint8Array(lines.length)
  for (let at = lines.length - 1; at >= 0; at--) {
    const alone = aloneCost + (cost[at + 1] ?? 0)
    const paired = pairCost(lines[at], lines[at + 1], today) + (cost[at + 2] ?? 0)
    pairs[at] = paired <= alone ? 1 : 0
    cost[at] = Math.min(paired, alone)
  }
  const parts: Part[] = []
  for (let at = 0; at < lines.length; at++) {
    const [title, abstract] = [lines[at], lines[at + 1]]
    if (title === undefined) break
    if (pairs[at] === 1 && abstract !== undefined) {
      parts.push({ title, abstract })
      at++
    } else parts.push({ alone: title })
  }
  return parts
}

/** 0 for what is plainly a title above its abstract, a little for each doubt, infinite where it cannot be. */
const pairCost = (title: PastedLine | undefined, abstract: PastedLine | undefined, today: Day): number => {
  if (title === undefined || abstract === undefined) return impossible
  const [short, long] = [title.text.trim().length, abstract.text.length]
  if (short > limits.titleLength || long > limits.abstractLength || short >= abstract.text.trim().length) return impossible
  if (long < surelyAbstract && !endsAsSentence(abstract.text)) return impossible
  if (isReference(title.text, today) || (long < surelyAbstract && isReference(abstract.text, today))) return impossible
  return Number(long < surelyAbstract) + Number(short > surelyAbstract)
}

/** Titles may end in a question mark; hardly any ends in a full stop. */
const endsAsSentence = (text: string) => /[.。!！][)\]"'”’]?$/.test(text.slice(-8).trimEnd())

const whyAlone = ({ text }: PastedLine) => {
  if (text.length > limits.abstractLength) return `Longer than an abstract can be (${limits.abstractLength.toLocaleString('en')} characters).`
  if (text.trim().length > surelyAbstract) return 'An abstract without a title above it. Put the title on the line above, or add the paper by hand.'
  return 'No abstract follows this line, so it was not taken for a title. Add the paper by hand, or paste its arXiv id.'
}
