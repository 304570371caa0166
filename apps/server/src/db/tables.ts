import { type Kit, pgKit, sqliteKit } from './kit.ts'
import { accountTables } from './tables/accounts.ts'
import { boardTables } from './tables/boards.ts'
import { catalogueTables } from './tables/catalogue.ts'
import { logTables } from './tables/log.ts'
import { meetingTables } from './tables/meetings.ts'
import { planTables } from './tables/plan.ts'
import { reminderTables } from './tables/reminders.ts'
import { serverTables } from './tables/server.ts'
import { sourceTables } from './tables/sources.ts'

/** Every table of the product. Ids are `newId()`, times ms since 1970, days `2026-11-24`. */
const define = (k: Kit) => {
  const accounts = accountTables(k)
  return {
    ...accounts,
    ...catalogueTables(k, accounts),
    ...logTables(k, accounts),
    ...boardTables(k, accounts),
    ...planTables(k, accounts),
    ...meetingTables(k, accounts),
    ...reminderTables(k, accounts),
    ...sourceTables(k, accounts),
    ...serverTables(k),
  }
}

export type Tables = ReturnType<typeof define>
export const sqliteTables = define(sqliteKit)
export const pgTables: Tables = define(pgKit)
