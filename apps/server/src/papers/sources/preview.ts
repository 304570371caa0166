/** What a source would bring, for whoever is about to add or change it. Nothing is written. */
import { addDays, dayAt } from '@paperboard/shared/days'
import type { PreviewItem, SourceConfig, SourcePreview } from '@paperboard/shared/sources'
import { boardsWith } from '../../db/boards.ts'
import type { Database } from '../../db/database.ts'
import { findNamed } from '../../db/papers.ts'
import { createMatcher } from '../matching.ts'
import type { Outside } from '../outside/http.ts'
import { namesOf } from './entering.ts'
import { type Fetched, fetchItems, type SourceItem } from './fetching.ts'

/** More would be too much to look through, and to send. */
const itemsShown = 400
/** Days that Daily Papers is looked back for a list: over a weekend and a holiday. */
const daysBack = 4

interface Asked {
  config: SourceConfig
  group: string
  timeZone: string
  now: number
}

/** The newest that there is: of today, or of the last day that has anything. Throws `OutsideFailure`. */
export async function previewSource(db: Database, outside: Outside, { config, group, timeZone, now }: Asked): Promise<SourcePreview> {
  const today = dayAt(now, timeZone)
  const { items, notes } = await newest(outside, config, { timeZone, today })
  const shown = items.slice(0, itemsShown)
  const rows = await findNamed(db, group, namesOf(shown))
  const days = new Map<string, string>()
  for (const { paper, day } of await boardsWith(
    db,
    group,
    rows.map(({ id }) => id),
  ))
    days.set(paper, day > (days.get(paper) ?? '') ? day : (days.get(paper) ?? day))
  const matcher = createMatcher({ group, rows, theirs: new Set(days.keys()) })
  const described = shown.map((item): PreviewItem => {
    const { row } = matcher.match(item.paper)
    const { title, authors, abstract } = item.paper
    return { title: title ?? '', authors, abstract, url: linkOf(item), day: item.day ?? today, seenOn: days.get(row.id) ?? null }
  })
  return { items: described, notes: items.length > itemsShown ? [...notes, `The first ${itemsShown} of ${items.length} are shown.`] : notes }
}

const linkOf = ({ paper }: SourceItem) => (paper.arxivId === null ? paper.url : `https://arxiv.org/abs/${paper.arxivId}`)

async function newest(outside: Outside, config: SourceConfig, { timeZone, today }: { timeZone: string; today: string }): Promise<Fetched> {
  let fetched = await fetchItems(outside, config, { from: today, today, timeZone })
  for (let back = 1; config.kind === 'daily-papers' && fetched.items.length === 0 && back <= daysBack; back++) {
    const day = addDays(today, -back)
    fetched = await fetchItems(outside, config, { from: day, today: day, timeZone })
  }
  return fetched
}
