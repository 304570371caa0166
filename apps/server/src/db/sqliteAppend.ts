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
  return client.transaction(({ rooms, updates, bytes }: Append) => {
    const ids = rooms.map(idOf)
    let begin = 0
    const seqs = updates.map(({ room, length, actor, at, newClients }) => {
      const id = ids[room] ?? 0
      const data = bytes.subarray(begin, begin + length)
      const { lastInsertRowid } = addUpdate.run(id, data, actor, at, crc32(data))
      for (const newClient of newClients) addClient.run(id, newClient, actor, lastInsertRowid)
      begin += length
      return Number(lastInsertRowid)
    })
    return { ids, seqs }
  }).immediate
}
