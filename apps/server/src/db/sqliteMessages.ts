/** What sqlite.ts and its thread say to each other, in lists. Each request gets one reply, in order. */

import type { Method } from './sqliteStatements.ts'

/** What the thread is started with: it has the tables, and `migrations` is a URL; or the index, and sees the tables as well. */
export type Start = { kind: 'tables'; file: string; migrations: string } | { kind: 'index'; file: string; tables: string }

export type Request =
  | { kind: 'statement'; sql: string; params: unknown[]; method: Method }
  | { kind: 'begin'; durable: boolean }
  | { kind: 'commit' | 'rollback' | 'checkpoint' | 'close' }
  | ({ kind: 'append' } & Append)

/**
 * Updates of any rooms for one commit, in columns, and their bytes in one piece, one after another: an object for each update took
 * as long to send to the thread as to write to the sockets of a room with a hundred clients.
 */
export interface Append {
  rooms: { id: number | null; name: string; group: string; version: number }[]
  actors: string[]
  /** How many updates there are. */
  count: number
  /** For each update an index into `rooms`, one into `actors`, and how many bytes it has. */
  whose: Uint32Array<ArrayBuffer>
  /** When each was made, ms. */
  at: Float64Array<ArrayBuffer>
  /** Client ids that an update, the first number, is the first to write with. */
  newClients: [update: number, client: number][]
  bytes: Uint8Array<ArrayBuffer>
}

/** The ids of the rooms, and each update's place in the log. */
export interface Appended {
  ids: number[]
  seqs: Float64Array
}

export type Reply = { value: unknown } | { error: { message: string; code?: string | undefined; unusable?: boolean } }
