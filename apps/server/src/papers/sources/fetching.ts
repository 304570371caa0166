/** What a source has, asked of its service: Daily Papers by day, arXiv's listing of the day and what was submitted before, a feed. */
import { addDays, type Day, dayAt, daysBetween, daysIn, weekday } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import type { SourceConfig } from '@paperboard/shared/sources'
import { titleKey } from '../identity.ts'
import { OutsideFailure } from '../outside/failure.ts'
import type { Outside } from '../outside/http.ts'
import type { ReadPaper } from '../pastedLines.ts'
import { dailyDay, dailyPaper, isDailyItem } from '../read/dailyPapersJson.ts'
import { type FeedReading, readFeed } from '../read/feed.ts'
import { at } from '../read/json.ts'

export interface SourceItem {
  /** Its identity within the source. */
  key: string
  paper: ReadPaper
  /** The day that the source names for it; null where it names none. */
  day: Day | null
  /** How much others think of it, where the source tells: higher first when not all can come. */
  rank: number
}
export interface Fetched {
  items: SourceItem[]
  /** Sentences for the log. */
  notes: string[]
  /** The first day that counts, where a source's newest list is of a day before the one asked for. */
  from?: Day
}

/** What is asked for: days from `from` to `today`, by the group's time zone. */
export interface Asked {
  from: Day
  today: Day
  timeZone: string
}

/** Throws `OutsideFailure`. */
export async function fetchItems(outside: Outside, config: SourceConfig, asked: Asked): Promise<Fetched> {
  const fetched = await (config.kind === 'daily-papers'
    ? dailyPapers(outside, asked)
    : config.kind === 'arxiv'
      ? arxivListings(outside, config, asked)
      : feedItems(outside, config.url, asked))
  const items = [...new Map(fetched.items.toReversed().map(item => [item.key, item])).values()].toReversed()
  if (items.length <= limits.sourceItems) return { ...fetched, items }
  return { ...fetched, items: items.slice(0, limits.sourceItems), notes: [...fetched.notes, `Only the first ${limits.sourceItems} items were looked at.`] }
}

const keyOf = ({ arxivId, doi, url, title }: ReadPaper): string =>
  arxivId !== null ? `arxiv:${arxivId}` : doi !== null ? `doi:${doi}` : url !== null ? `url:${url}` : `title:${titleKey(title ?? '')}`

const itemOf = (paper: ReadPaper, day: Day | null, rank = 0): SourceItem => ({ key: keyOf(paper), paper, day, rank })

/** Daily Papers has no lists of weekends. */
async function dailyPapers(outside: Outside, { from, today }: Asked): Promise<Fetched> {
  const items: SourceItem[] = []
  const days = daysIn({ from, to: today }).filter(day => weekday(day) < 5)
  for (const day of days) {
    const list = await dailyList(outside, day, day === today)
    for (const item of list.filter(isDailyItem)) items.push(itemOf(dailyPaper(item, today), dailyDay(item) ?? day, upvotesOf(item)))
  }
  return { items, notes: days.length === 0 ? ['Daily Papers has no list of a weekend.'] : [] }
}

const upvotesOf = (item: unknown) => {
  const upvotes = at(at(item, 'paper'), 'upvotes')
  return typeof upvotes === 'number' ? upvotes : 0
}

async function dailyList(outside: Outside, day: Day, mayLack: boolean): Promise<unknown[]> {
  try {
    const { text } = await outside.get(`${outside.settings.huggingFace}/api/daily_papers?date=${day}&limit=100`, { accept: 'json' })
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list)) throw new OutsideFailure('garbled', 'Hugging Face answered with something that is no list of papers.')
    return list
  } catch (error) {
    // Before the day has begun where Hugging Face is, it knows no such day.
    if (mayLack && error instanceof OutsideFailure && (error.kind === 'missing' || error.kind === 'refused')) return []
    throw error
  }
}

type Arxiv = Extract<SourceConfig, { kind: 'arxiv' }>

/** https://info.arxiv.org/help/rss.html: the listing of one day, with how each paper comes to be on it. */
async function arxivListings(outside: Outside, config: Arxiv, asked: Asked): Promise<Fetched> {
  const { text } = await outside.get(`${outside.settings.arxivFeeds}/rss/${config.categories.join('+')}`, { accept: 'xml' })
  const feed = readFeed(text, { today: asked.today })
  if (feed.title === null && feed.papers.length === 0) throw new OutsideFailure('garbled', 'arXiv answered with something that is no listing.')
  const day = listingDay(feed) ?? asked.today
  const wanted = new Set(config.crossLists ? ['new', 'cross'] : ['new'])
  const listed = feed.papers.filter(paper => wanted.has(feed.announced.get(paper) ?? 'new')).map(paper => itemOf(paper, day))
  const before = { from: asked.from, to: addDays(day, -1) }
  const missed = daysIn(before).some(d => weekday(d) < 5) ? await arxivBefore(outside, config, asked, before) : []
  return {
    items: [...missed, ...listed],
    ...(day < asked.from && daysBetween(day, asked.today) <= newestWithin ? { from: day } : {}),
    notes: feed.papers.length === 0 ? ['arXiv has announced nothing in these categories; it announces nothing at weekends and on its holidays.'] : [],
  }
}

/** Days that the newest listing may be old: a long weekend, and a group that is ahead of arXiv's clock. */
const newestWithin = 4

/** The day of a listing is written in arXiv's own time; that is what it is called by everywhere. */
const listingDay = ({ papers, dated }: FeedReading): Day | null => {
  const [first] = papers
  const at = first === undefined ? undefined : dated.get(first)
  const time = at === undefined ? Number.NaN : Date.parse(at)
  return Number.isNaN(time) ? null : dayAt(time, arxivZone)
}

const arxivZone = 'America/New_York'
const arxivHour = new Intl.DateTimeFormat('en-GB', { timeZone: arxivZone, hour: '2-digit', hourCycle: 'h23' })

/**
 * The listing that a submission is on: what comes by 14:00 is announced that evening and listed on the next day, what comes
 * on Friday by then on Monday, and of the weekend on Tuesday. See https://info.arxiv.org/help/availability.html
 */
export const listedOn = (submitted: number): Day => {
  const day = dayAt(submitted, arxivZone)
  const counted = Number(arxivHour.format(submitted)) < 14 ? day : addDays(day, 1)
  return addDays(counted, [1, 1, 1, 1, 3, 3, 2][weekday(counted)] ?? 1)
}

/** What was announced on days whose listing is gone, by the time of submission. */
async function arxivBefore(outside: Outside, { categories, crossLists }: Arxiv, { today }: Asked, { from, to }: { from: Day; to: Day }): Promise<SourceItem[]> {
  const plain = (day: Day) => day.replaceAll('-', '')
  const of = categories.map(category => `cat:${category.includes('.') || category.includes('-') ? category : `${category}.*`}`).join(' OR ')
  const query = new URLSearchParams({
    search_query: `(${of}) AND submittedDate:[${plain(addDays(from, -5))}0000 TO ${plain(to)}2359]`,
    sortBy: 'submittedDate',
    sortOrder: 'descending',
    max_results: '1000',
  })
  const { text } = await outside.get(`${outside.settings.arxiv}/api/query?${query}`, { accept: 'xml' })
  const feed = readFeed(text, { today })
  const inCategory = (subject: string | undefined) => categories.some(category => subject === category || subject?.startsWith(`${category}.`))
  return feed.papers.flatMap(paper => {
    const submitted = Date.parse(feed.dated.get(paper) ?? '')
    if (Number.isNaN(submitted)) return []
    const day = listedOn(submitted)
    return day >= from && day <= to && (crossLists || inCategory(paper.subjects[0])) ? [itemOf(paper, day)] : []
  })
}

async function feedItems(outside: Outside, url: string, { timeZone, today }: Asked): Promise<Fetched> {
  const { text } = await outside.get(url, { from: 'people', accept: 'any' })
  const feed = readFeed(text, { today })
  if (feed.papers.length === 0 && feed.title === null) throw new OutsideFailure('refused', 'There is no feed at this address: it must be RSS or Atom.')
  const unread = feed.problems.length
  return {
    items: feed.papers.map(paper => itemOf(paper, dayOf(feed.dated.get(paper), timeZone))),
    notes: unread === 0 ? [] : [`${unread} of its entries could not be read: ${feed.problems[0]?.reason ?? ''}`],
  }
}

/** The day of a moment by the group's clock; a date alone is that day everywhere. */
const dayOf = (dated: string | undefined, timeZone: string): Day | null => {
  if (dated === undefined) return null
  if (/^\d{4}-\d\d-\d\d$/.test(dated)) return dated
  const time = Date.parse(dated)
  return Number.isNaN(time) ? null : dayAt(time, timeZone)
}
