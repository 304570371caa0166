/** Tells the groups that have a paper of what has changed about it, gathered, so that a hundred papers are one message. */
import type { Logger } from 'pino'
import { groupsWith } from '../../db/boards.ts'
import { type Database, withoutParameters } from '../../db/database.ts'
import { createGathering } from '../../gathering.ts'
import type { Rooms } from '../../sync/rooms.ts'
import type { ChangedEntry } from './entries.ts'

interface Options {
  db: Database
  rooms: Pick<Rooms, 'tell'>
  log: Logger
  /** Changes gather for this long, ms: each message makes every open window ask for the papers it shows. */
  every: number
}

export interface Telling {
  tell(changed: readonly ChangedEntry[]): void
  close(): void
}

export function createTelling({ db, rooms, log, every }: Options): Telling {
  // Who has a paper is asked once all has gathered: of one that was just added the row may come later than what is told of it.
  const send = async (scope: string, entries: ReadonlySet<readonly string[]>) => {
    const byGroup = new Map<string, Set<string>>()
    for (const ids of entries)
      for (const group of scope === '' ? await groupsWith(db, ids) : [scope]) byGroup.set(group, new Set([...(byGroup.get(group) ?? []), ...ids]))
    for (const [group, ids] of byGroup) rooms.tell({ kind: 'papers', group, papers: [...ids] })
  }
  // By the scope of the entries: one group, or the catalogue that all share.
  const gathering = createGathering<readonly string[]>({
    every,
    atOnce: false,
    tell: (scope, entries) => void send(scope, entries).catch(error => log.error({ err: withoutParameters(error) }, 'changes of papers could not be told')),
  })
  return {
    tell: changed => {
      for (const { scope, ids } of changed) gathering.note(scope, ids)
    },
    close: gathering.close,
  }
}
