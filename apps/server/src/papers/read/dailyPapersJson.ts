/**
 * Daily Papers as JSON: what huggingface.co/api/daily_papers has answered since May 2024, one paper of /api/papers, and the
 * `data-props` of a saved page. The shape has drifted; only what all ages share is relied on (`paper.id`, `title`, `summary`).
 * The top `publishedAt` has meant three things and is not read: a board's day is `submittedOnDailyAt`, or the day that was asked for.
 */
import { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { at, isFields, listAt, textAt, textsAt } from './json.ts'
import { lineOf } from './plainText.ts'
import { withAccents } from './texAccents.ts'
import { paperFrom } from './told.ts'

/** Whether a value is one paper of a list: in it, as lists have it, or bare, as /api/papers has it. */
export const isDailyItem = (value: unknown): boolean => {
  const paper = paperIn(value)
  return (
    isFields(paper) &&
    /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/.test(textAt(paper, 'id')) &&
    isAuthorList(paper) &&
    (paper !== value || listAt(paper, 'authors').length > 0 || at(paper, 'upvotes') !== undefined) &&
    typeof at(paper, 'title') === 'string'
  )
}

const paperIn = (value: unknown) => (isFields(at(value, 'paper')) ? at(value, 'paper') : value)

/** Authors are objects here, and names alone, or missing, in other lists with ids. */
const isAuthorList = (paper: unknown) => listAt(paper, 'authors').every(isFields)

/** The paper of one item. */
export const dailyPaper = (item: unknown, today: Day, line: number | null = null): ReadPaper => {
  const paper = paperIn(item)
  return paperFrom(
    {
      line,
      title: withAccents(lineOf(textAt(paper, 'title')) || textAt(item, 'title')),
      authors: listAt(paper, 'authors').map(author => withAccents(textAt(author, 'name'))),
      abstract: lineOf(textAt(paper, 'summary') || textAt(item, 'summary')),
      names: [textAt(paper, 'id')],
      published: publishedIn(textAt(paper, 'publishedAt')),
      subjects: textsAt(paper, 'ai_keywords'),
      links: [
        { label: 'Code', url: textAt(paper, 'githubRepo') || null },
        { label: 'Project page', url: textAt(paper, 'projectPage') || null },
      ],
    },
    today,
  )
}

/** The day on whose list a paper stood, where the item tells it. */
export const dailyDay = (item: unknown): Day | null => {
  const { data } = Day.safeParse((textAt(paperIn(item), 'submittedOnDailyAt') || textAt(item, 'submittedOnDailyAt')).slice(0, 10))
  return data ?? null
}

/** The day most items name; null where none does. */
export const commonDay = (days: readonly (Day | null)[]): Day | null => {
  const counts = new Map<Day, number>()
  for (const day of days) if (day !== null) counts.set(day, (counts.get(day) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
}

/** The day a wrapper around the items names: `{ date: '2025-01-10', data: […] }`, or `date` of a saved page. */
export const wrapperDay = (wrapper: unknown): Day | null => Day.safeParse(textAt(wrapper, 'date').slice(0, 10)).data ?? null
