/**
 * Answers of the server that are kept in this browser, so that a board opens at once and without a connection: who we
 * are, the group, the papers of boards. In a database per member (the next one on this machine sees nothing of it),
 * which goes when they sign out.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { readItem, writeItem } from './live/storage.ts'

const memberKey = 'paperboard:member'
/** What is worth keeping. Searches, invitations and the like are only asked with a connection. */
const keptKinds: readonly unknown[] = ['me', 'group', 'papers', 'days', 'counts', 'opened', 'earlier', 'trending', 'listing', 'boards-of', 'reading-notes']
/** Boards not opened for this long (ms) are forgotten. */
const maxAge = 60 * 86_400_000
/** Longest wait (ms) for the database at the start: after that the page opens without it. */
const patience = 1_500

interface Kept {
  key: QueryKey
  data: unknown
  at: number
}

const nameOf = (member: string) => `paperboard:${member}:answers`

const settled = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const open = (member: string): Promise<IDBDatabase> => {
  const opening = indexedDB.open(nameOf(member), 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('answers')
  return settled(opening)
}
const store = (db: IDBDatabase, mode: IDBTransactionMode) => db.transaction('answers', mode).objectStore('answers')

let database: { member: string; db: Promise<IDBDatabase> } | null = null

const databaseOf = (member: string) => {
  if (database?.member === member) return database.db
  const opened = { member, db: open(member) }
  database?.db.then(
    db => db.close(),
    () => undefined,
  )
  database = opened
  // Another tab may sign out: it can delete the database only once this one has let go.
  opened.db.then(
    db => {
      db.onversionchange = () => {
        db.close()
        if (database === opened) database = null
      }
    },
    () => undefined,
  )
  return opened.db
}

const inTime = <T>(work: Promise<T>) =>
  Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('The kept answers do not come')), patience))])

/** Puts what the last member's visits kept into the client. Without storage there is nothing, and that is no error. */
export const restoreAnswers = async (client: QueryClient): Promise<void> => {
  const member = readItem(memberKey)
  if (member === null) return
  try {
    const db = await inTime(databaseOf(member))
    const answers = store(db, 'readwrite')
    const [names, all]: [IDBValidKey[], Kept[]] = await inTime(Promise.all([settled(answers.getAllKeys()), settled(answers.getAll())]))
    all.forEach(({ key, data, at }, place) => {
      if (at > Date.now() - maxAge) client.setQueryData(key, data, { updatedAt: at })
      else answers.delete(names[place] ?? '')
    })
  } catch (error) {
    console.info('Nothing was kept in this browser:', error)
  }
}

/** Writes every good answer down from now on, for the member who is signed in. Ends what another member kept. */
export const keepAnswers = (client: QueryClient): void => {
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.state.status !== 'success' || query.state.fetchStatus !== 'idle' || !keptKinds.includes(query.queryKey[0])) return
    const member = readItem(memberKey)
    if (member === null || query.state.dataUpdatedAt === written.get(query.queryHash)) return
    written.set(query.queryHash, query.state.dataUpdatedAt)
    const kept: Kept = { key: query.queryKey, data: query.state.data, at: query.state.dataUpdatedAt }
    databaseOf(member)
      .then(db => settled(store(db, 'readwrite').put(kept, query.queryHash)))
      .catch((error: unknown) => console.info('An answer could not be kept:', error))
  })
}
/** When the answer to a question that lies in the database came. */
const written = new Map<string, number>()

/** Says who is signed in; their answers are kept from here on. */
export const setKeeper = (member: string | null) => {
  if (readItem(memberKey) === member) return
  written.clear()
  writeItem(memberKey, member)
}

/** Removes what was kept for a member, at sign-out. */
export const forgetAnswers = async (member: string): Promise<void> => {
  if (readItem(memberKey) === member) writeItem(memberKey, null)
  written.clear()
  if (database?.member === member) {
    const { db } = database
    database = null
    await db.then(
      open => open.close(),
      () => undefined,
    )
  }
  await settled(indexedDB.deleteDatabase(nameOf(member))).catch(() => undefined)
}
