/** Tells the groups that have a paper of what has changed about it, gathered, so that a hundred papers are one message. */
import type { Logger } from 'pino'
import { groupsWith } from '../../db/boards.ts'
import { type Database, withoutParameters } from '../../db/database.ts'
import type { Rooms } from '../../sync/rooms.ts'
import type { ChangedEntry } from './entries.ts'

/** Changes gather for this long, ms: each makes every open window ask for the papers it shows. */
const gather = 500

interface Options {
  db: Database
  rooms: Pick<Rooms, 'tell'>
  log: Logger
  /** ms. */
  every?: number
}

export interface Telling {
  tell(changed: readonly ChangedEntry[]): void
  close(): void
}

export function createTelling({ db, rooms, log, every = gather }: Options): Telling {
  let gathered: ChangedEntry[] = []
  let timer: NodeJS.Timeout | null = null
  const send = async () => {
    timer = null
    const changed = gathered
    gathered = []
    const byGroup = new Map<string, Set<string>>()
    for (const { scope, ids } of changed)
      for (const group of scope === '' ? await groupsWith(db, ids) : [scope]) byGroup.set(group, new Set([...(byGroup.get(group) ?? []), ...ids]))
    for (const [group, ids] of byGroup) rooms.tell({ kind: 'papers', group, papers: [...ids] })
  }
  return {
    tell: changed => {
      if (changed.length === 0) return
      gathered.push(...changed)
      timer ??= setTimeout(() => void send().catch(error => log.error({ err: withoutParameters(error) }, 'changes of papers could not be told')), every).unref()
    },
    close: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
