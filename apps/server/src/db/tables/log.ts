import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'

/** Live documents as they are stored. */
export const logTables = (k: Kit, { groups }: AccountTables) => {
  /** Live documents. The log is the truth; a snapshot stands for the log up to its seq. */
  const rooms = k.table(
    'rooms',
    {
      id: k.serial('id'),
      /** `board/<group>/<day>` */
      name: k.text('name').notNull().unique(),
      group: k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
      /** Of the room's kind, when it was last written. */
      version: k.int('version').notNull(),
      /** Updates up to this one are in the projections. */
      projectedSeq: k.big('projected_seq').notNull(),
      /** The newest update that is no longer in the log: a snapshot stands for it. */
      droppedSeq: k.big('dropped_seq').notNull().default(0),
    },
    t => [k.index('rooms_group').on(t.group)],
  )
  const updates = k.table(
    'doc_updates',
    {
      seq: k.serial('seq'),
      room: k
        .big('room')
        .notNull()
        .references(() => rooms.id, { onDelete: 'cascade' }),
      data: k.bytes('data').notNull(),
      /** Who sent it; 'server' for the server's own. */
      actor: k.text('actor').notNull(),
      at: k.time('at').notNull(),
      /** CRC-32 of `data`, by which a byte that has changed on the disk is noticed; null in rows of old. */
      sum: k.big('sum'),
    },
    t => [k.index('doc_updates_room').on(t.room, t.seq)],
  )
  const snapshots = k.table('doc_snapshots', {
    room: k
      .big('room')
      .primaryKey()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    seq: k.big('seq').notNull(),
    data: k.bytes('data').notNull(),
    at: k.time('at').notNull(),
    /** As in the log. */
    sum: k.big('sum'),
    /** The state vector of `data`, so that it need not be read through to be served; null in rows of old. */
    vector: k.bytes('vector'),
    /** CRC-32 of `vector`. */
    vectorSum: k.big('vector_sum'),
  })
  /** A Yjs client id belongs to the first member who wrote with it, for ever. */
  const docClients = k.table(
    'doc_clients',
    {
      room: k
        .big('room')
        .notNull()
        .references(() => rooms.id, { onDelete: 'cascade' }),
      /** 53 bits at most. */
      client: k.big('client').notNull(),
      actor: k.text('actor').notNull(),
      /** The update it came with; 0 where that was not noted. */
      seq: k.big('seq').notNull().default(0),
    },
    t => [k.primaryKey({ columns: [t.room, t.client] })],
  )
  return { rooms, updates, snapshots, docClients }
}
