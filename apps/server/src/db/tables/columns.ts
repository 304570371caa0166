import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'

/** Columns of rows that belong to a group. */
export const groupColumns = (k: Kit, groups: AccountTables['groups']) => ({
  group: () =>
    k
      .text('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  day: () => k.text('day').notNull(),
  paper: () => k.text('paper').notNull(),
})
