import type { NewSource, RunReport, RunState, SourceConfig, SourceRule, SourceRun, SourceSchedule } from '@paperboard/shared/sources'
import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'
import { groupColumns } from './columns.ts'

/** Sources that papers come from on a schedule. */
export const sourceTables = (k: Kit, { groups }: AccountTables) => {
  const inGroup = groupColumns(k, groups)
  /** Where a group's papers come from on a schedule. */
  const sources = k.table(
    'sources',
    {
      id: k.text('id').primaryKey(),
      group: inGroup.group(),
      name: k.text('name').notNull(),
      config: k.json<SourceConfig>('config').notNull(),
      rules: k.json<SourceRule[]>('rules').notNull(),
      schedule: k.json<SourceSchedule>('schedule').notNull(),
      most: k.int('most').notNull(),
      board: k.text('board').$type<NewSource['board']>().notNull(),
      createdBy: k.text('created_by').notNull(),
      createdAt: k.time('created_at').notNull(),
      /** The next slot of its schedule; null while it is paused. */
      nextAt: k.time('next_at'),
      /** All days before this one have been fetched; null before the first run that succeeds. */
      doneUntil: k.text('done_until'),
    },
    t => [k.index('sources_group').on(t.group), k.index('sources_next').on(t.nextAt)],
  )
  /** Each slot of a schedule once, and each fetch by hand: see papers/sources/. */
  const sourceRuns = k.table(
    'source_runs',
    {
      id: k.text('id').primaryKey(),
      source: k
        .text('source')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      kind: k.text('kind').$type<SourceRun['kind']>().notNull(),
      slot: k.time('slot').notNull(),
      /** How far back it goes: a `Reach`. */
      reach: k.text('reach').notNull(),
      state: k.text('state').$type<RunState>().notNull(),
      tries: k.int('tries').notNull(),
      /** When it is to be taken up (again); null once it has ended. */
      nextTry: k.time('next_try'),
      startedAt: k.time('started_at').notNull(),
      endedAt: k.time('ended_at'),
      report: k.json<RunReport | null>('report'),
      reason: k.text('reason'),
    },
    t => [k.uniqueIndex('source_runs_slot').on(t.source, t.slot), k.index('source_runs_next').on(t.nextTry)],
  )
  /** What a source has brought: nothing comes twice, and what was taken off a board stays off. */
  const sourceItems = k.table(
    'source_items',
    {
      source: k
        .text('source')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      /** The item's identity within its source: arXiv id, DOI, or what the feed calls it. */
      key: k.text('key').notNull(),
      run: k.text('run').notNull(),
      day: k.text('day').notNull(),
      paper: k.text('paper').notNull(),
      /** Names of the rules that highlight it. */
      marks: k.json<string[]>('marks').notNull(),
      /** Its place among the items of its run. */
      position: k.int('position').notNull(),
      /** When it was put on its board; null while it waits for that. */
      placedAt: k.time('placed_at'),
    },
    t => [k.primaryKey({ columns: [t.source, t.key] }), k.index('source_items_day').on(t.source, t.day)],
  )
  return { sources, sourceRuns, sourceItems }
}
