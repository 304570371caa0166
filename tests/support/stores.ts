/** The engines that the store runs on, for rules that hold on each of them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { createDatabase, hasPostgres } from './postgres.ts'

/** An empty store, migrated. `open` again gives what another server on it has; SQLite in memory has none but the first. */
interface Store {
  open(): Promise<Database>
  drop(): Promise<void>
}

interface Engine {
  title: string
  here: boolean
  create(): Promise<Store>
}

async function inFile(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  return { open: () => openSqlite(join(folder, 'paperboard.sqlite')), drop: async () => rmSync(folder, { recursive: true }) }
}

async function inPostgres(): Promise<Store> {
  const { url, drop } = await createDatabase()
  return { open: () => openPostgres(url), drop }
}

/** How a part of the tests is called that cannot be run on this machine. */
export const postgresTitle = hasPostgres ? 'PostgreSQL' : 'PostgreSQL (skipped: there is none here. Install it, or name a server in TEST_DATABASE_URL)'

const sqliteInMemory: Engine = { title: 'SQLite in memory', here: true, create: async () => ({ open: () => openSqlite(':memory:'), drop: async () => {} }) }
const sqliteInFile: Engine = { title: 'SQLite in a file', here: true, create: inFile }
const postgres: Engine = { title: postgresTitle, here: hasPostgres, create: inPostgres }

/** What a test has of its store. */
export interface Opened {
  readonly db: Database
  /** The store as another server has it; closed after the test. */
  another(): Promise<Database>
}

/** Runs the same tests on each engine, every test on an empty store. */
export const onEachStore = (tests: (store: Opened) => void): void => {
  for (const engine of [sqliteInMemory, sqliteInFile, postgres]) onStore(engine, tests)
}

/** Tests of what only several servers on one store can do. */
export const onPostgres = (tests: (store: Opened) => void): void => onStore(postgres, tests)

const onStore = ({ title, here, create }: Engine, tests: (store: Opened) => void) => {
  describe.skipIf(!here)(title, () => {
    let store: Store
    let opened: Database[]
    const open = async () => {
      const db = await store.open()
      opened.push(db)
      return db
    }
    beforeEach(async () => {
      opened = []
      store = await create()
      await open()
    })
    afterEach(async () => {
      for (const db of opened) await db.close()
      await store.drop()
    })
    tests({
      get db() {
        const [db] = opened
        if (db === undefined) throw new Error('The store is open within a test alone')
        return db
      },
      another: open,
    })
  })
}
