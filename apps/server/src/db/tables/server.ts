import type { Kit } from '../kit.ts'

/** What servers keep for themselves. */
export const serverTables = (k: Kit) => {
  /** Texts that have changed since they were indexed, noted by triggers: see searchChanges.ts. */
  const searchChanges = k.table('search_changes', {
    seq: k.serial('seq'),
    kind: k.text('kind').$type<'paper' | 'comment' | 'note'>().notNull(),
    /** What has changed: a paper's id; `group/day/key` of a comment. */
    key: k.text('key').notNull(),
  })
  /** Who does a piece of scheduled work, where several servers could: see leases.ts. */
  const leases = k.table('leases', {
    name: k.text('name').primaryKey(),
    holder: k.text('holder').notNull(),
    /** ms since 1970, by the clock that was passed. */
    until: k.time('until').notNull(),
  })
  /** What is known of the installation as a whole: see meta.ts. */
  const meta = k.table('meta', { name: k.text('name').primaryKey(), value: k.text('value').notNull() })
  /** Written to find out whether anything can be written: see probe.ts. */
  const probes = k.table('probes', { name: k.text('name').primaryKey(), data: k.text('data').notNull() })
  return { searchChanges, leases, meta, probes }
}
