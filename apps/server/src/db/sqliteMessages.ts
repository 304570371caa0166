/** What sqlite.ts and its thread say to each other, in lists. Each request gets one reply, in order. */

import type { Method } from './sqliteStatements.ts'

/** What the thread is started with: it has the tables, and `migrations` is a URL; or the index, and sees the tables as well. */
export type Start = { kind: 'tables'; file: string; migrations: string } | { kind: 'index'; file: string; tables: string }

export type Request =
  | { kind: 'statement'; sql: string; params: unknown[]; method: Method }
  | { kind: 'begin'; durable: boolean }
  | { kind: 'commit' | 'rollback' | 'checkpoint' | 'close' }
  | ({ kind: 'append' } & Append)

/** Updates of any rooms for one commit. Their bytes travel in one piece, one after another. */
export interface Append {
  rooms: { id: number | null; name: string; group: string; version: number }[]
  /** `room` is an index into `rooms`. */
  updates: { room: number; length: number; actor: string; at: number; newClients: number[] }[]
  bytes: Uint8Array<ArrayBuffer>
}

/** The ids of the rooms, and each update's place in the log. */
export interface Appended {
  ids: number[]
  seqs: number[]
}

export type Reply = { value: unknown } | { error: { message: string; code?: string | undefined; unusable?: boolean } }
