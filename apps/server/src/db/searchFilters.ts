/** Conditions on what search finds: `d` is the row of a text in search_docs. They look at the tables as they are now. */
import { type SQL, sql } from 'drizzle-orm'
import type { Condition, DocumentKind } from './searchTexts.ts'

const oneOf = (column: SQL, values: readonly string[]): SQL => (values.length === 0 ? sql`1 = 0` : sql`${column} IN ${[...values]}`)

/** Of papers that a select names. */
const paperIn = (papers: SQL): Required<Condition> => ({ papers, holds: sql`EXISTS (${papers} AND paper = d.paper)` })

/** Of papers with such a tag, or one that begins so. */
export const tagged = (group: string, tag: string, open: boolean): Condition =>
  paperIn(sql`SELECT paper FROM paper_tags WHERE group_id = ${group} AND ${open ? sql`tag >= ${tag} AND tag < ${`${tag}\u{10ffff}`}` : sql`tag = ${tag}`}`)

/** Papers that one of these people has put on a board; what they wrote. */
export const from = (group: string, people: readonly string[], kind: DocumentKind): Condition =>
  kind === 'paper'
    ? paperIn(sql`SELECT paper FROM board_papers WHERE group_id = ${group} AND ${oneOf(sql`added_by`, people)}`)
    : { holds: sql`(d.written_by IS NOT NULL AND ${oneOf(sql`d.written_by`, people)})` }

/** Of papers that one of these people has voted on. */
export const votedBy = (group: string, people: readonly string[]): Condition =>
  paperIn(sql`SELECT paper FROM votes WHERE group_id = ${group} AND ${oneOf(sql`member`, people)}`)

/** Of papers that a person has opened, or has said to have read. */
export const readBy = (group: string, person: string): Condition => {
  const opened = paperIn(sql`SELECT paper FROM opened_papers WHERE group_id = ${group} AND person = ${person}`)
  const said = paperIn(sql`SELECT paper FROM readings WHERE group_id = ${group} AND member = ${person} AND paper IS NOT NULL AND state IN ('read', 'ready')`)
  return { papers: sql`${opened.papers} UNION ALL ${said.papers}`, holds: sql`(${opened.holds} OR ${said.holds})` }
}

/** Papers on the boards of these days; what was written within them. Both ends are within; null where there is none. */
export interface Within {
  days: { from: string | null; to: string | null }
  times: { from: number | null; to: number | null }
}
export function within(group: string, { days, times }: Within, kind: DocumentKind): Condition {
  const both = (column: SQL, from: string | number | null, to: string | number | null) =>
    sql.join([...(from === null ? [] : [sql`${column} >= ${from}`]), ...(to === null ? [] : [sql`${column} <= ${to}`])], sql` AND `)
  return kind === 'paper'
    ? paperIn(sql`SELECT paper FROM board_papers WHERE group_id = ${group} AND ${both(sql`day`, days.from, days.to)}`)
    : { holds: sql`(${both(sql`d.at`, times.from, times.to)})` }
}

/** Papers that nobody has voted on, and that are on no board from that day on. */
export const untouched = (group: string, since: string): Condition => ({
  holds: sql`d.paper NOT IN (SELECT paper FROM votes WHERE group_id = ${group}) AND d.paper NOT IN (SELECT paper FROM board_papers WHERE group_id = ${group} AND day >= ${since})`,
})

/** Not of this work, under whichever id. */
export const otherWork = (work: string): Condition => ({ holds: sql`d.work <> ${work}` })

export const not = ({ holds }: Condition): Condition => ({ holds: sql`NOT ${holds}` })
