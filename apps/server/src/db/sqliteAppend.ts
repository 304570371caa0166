/** The log of live documents in SQLite: it is the busiest table by far, so its statements are prepared and no text is built for them. */
import { crc32 } from 'node:zlib'
import Client from 'better-sqlite3'
import type { Append, Appended } from './sqliteMessages.ts'

/** Opens a file so that a commit is on the disk when it returns: what anybody has been told survives a power cut. `timeout` is ms that a statement waits for whoever else writes. */
export function connect(file: string, timeout: number): Client.Database {
  const client = new Client(file, { timeout })
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  return client
}

/** Appends in one commit. */
export function appender(client: Client.Database): (append: Append) => Appended {
  const addRoom = client.prepare('INSERT INTO rooms (name, group_id, version, projected_seq) VALUES (?, ?, ?, 0) ON CONFLICT (name) DO NOTHING')
  const findRoom = client.prepare<[string], number>('SELECT id FROM rooms WHERE name = ?').pluck()
  const addClient = client.prepare('INSERT INTO doc_clients (room, client, actor, seq) VALUES (?, ?, ?, ?)')
  const addUpdate = client.prepare('INSERT INTO doc_updates (room, data, actor, at, sum) VALUES (?, ?, ?, ?, ?)')
  const idOf = (room: Append['rooms'][number]) => {
    if (room.id !== null) return room.id
    addRoom.run(room.name, room.group, room.version)
    return findRoom.get(room.name) ?? 0
  }
  return client.transaction(({ rooms, actors, count, whose, at, newClients, bytes }: Append) => {
    const ids = rooms.map(idOf)
    const seqs = new Float64Array(count)
    let begin = 0
    for (let n = 0; n < count; n++) {
      const end = begin + (whose[3 * n + 2] ?? 0)
      const data = bytes.subarray(begin, end)
      seqs[n] = Number(addUpdate.run(ids[whose[3 * n] ?? 0], data, actors[whose[3 * n + 1] ?? 0], at[n], crc32(data)).lastInsertRowid)
      begin = end
    }
    for (const [n, newClient] of newClients) addClient.run(ids[whose[3 * n] ?? 0], newClient, actors[whose[3 * n + 1] ?? 0], seqs[n])
    return { ids, seqs }
  }).immediate
}
