/**
 * The copy of a live document in this browser (IndexedDB, by y-indexeddb), with the list of what is not saved yet. Its
 * name holds the member's id: on a shared machine, the next member must not relay the changes of the one before.
 */
import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'
import { z } from 'zod'
import { UnsavedRecord } from './unsaved.ts'

const prefix = (member: string) => `paperboard:${member}:`
export const copyName = (member: string, room: string) => prefix(member) + room

/** As y-indexeddb makes it, so that whoever comes first creates the same. */
const createStores = (db: IDBDatabase) => {
  db.createObjectStore('updates', { autoIncrement: true })
  db.createObjectStore('custom')
}

const settled = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const Kept = z.object({ unsaved: z.array(UnsavedRecord), known: z.boolean() })
type Kept = z.infer<typeof Kept>
const slots = () => IDBKeyRange.bound('unsaved:', 'unsaved;')

/** What lies beside the document. Read before y-indexeddb opens it, which waits for ever on a database that cannot be opened. */
const readKept = async (name: string): Promise<Kept> => {
  const opening = indexedDB.open(name)
  opening.onupgradeneeded = () => createStores(opening.result)
  const db = await settled(opening)
  try {
    const custom = db.transaction('custom', 'readonly').objectStore('custom')
    const [lists, synced] = await Promise.all([settled(custom.getAll(slots())), settled(custom.get('known'))])
    return Kept.parse({ unsaved: lists.flat(), known: synced === true })
  } finally {
    db.close()
  }
}

/** Longest wait for a local copy; a browser that takes longer is not going to answer. */
const patience = 5_000
const inTime = <T>(work: Promise<T>) =>
  new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The local copy does not answer')), patience)
    work.finally(() => clearTimeout(timer)).then(resolve, reject)
  })

/** A local copy that is open. */
export interface LocalCopy {
  /** What earlier visits left unsaved. */
  readonly unsaved: readonly UnsavedRecord[]
  /** Whether the server's state has ever arrived in it. */
  readonly known: boolean
  /** The transaction origin under which its content is loaded. */
  readonly origin: object
  /** Writes down what this window has not saved. */
  keep: (list: readonly UnsavedRecord[]) => void
  setKnown: () => void
  close: () => Promise<void>
}

/**
 * Loads the copy into `doc` and keeps it up to date. Null where there is no IndexedDB or it fails: the document then
 * lives as long as the page. `lost` is called when the copy is deleted elsewhere (a refusal or sign-out in another tab).
 */
export const openLocalCopy = async (name: string, doc: Y.Doc, lost: () => void): Promise<LocalCopy | null> => {
  if (typeof indexedDB === 'undefined') return null
  try {
    const kept = await inTime(readKept(name))
    const persistence = new IndexeddbPersistence(name, doc)
    await inTime(persistence.whenSynced)
    return present(persistence, kept, lost)
  } catch {
    return null
  }
}

const present = (persistence: IndexeddbPersistence, kept: Kept, lost: () => void): LocalCopy => {
  // Each window writes its own list, or two of them would overwrite one another's.
  const slot = `unsaved:${crypto.randomUUID()}`
  let open = true
  const close = () => {
    open = false
    return persistence.destroy()
  }
  // Deleted by another tab, or by the browser: y-indexeddb would throw at the next change.
  const gone = () => {
    void close()
    lost()
  }
  persistence.db?.addEventListener('versionchange', gone)
  persistence.db?.addEventListener('close', gone)
  const write = (change: (custom: IDBObjectStore) => void) => {
    if (open && persistence.db !== null) change(persistence.db.transaction('custom', 'readwrite').objectStore('custom'))
  }
  // This window answers for what earlier ones left. One that is still open writes its list again at its next change.
  if (kept.unsaved.length > 0) {
    write(custom => {
      custom.delete(slots())
      custom.put(kept.unsaved, slot)
    })
  }
  return {
    ...kept,
    origin: persistence,
    keep: list => write(custom => (list.length > 0 ? custom.put(list, slot) : custom.delete(slot))),
    setKnown: () => write(custom => custom.put(true, 'known')),
    close,
  }
}

/** False when the browser will not let go of it. */
export const deleteLocalCopy = async (name: string): Promise<boolean> => {
  if (typeof indexedDB === 'undefined') return true
  return inTime(settled(indexedDB.deleteDatabase(name))).then(
    () => true,
    () => false,
  )
}

/** Deletes all copies of a member. */
export const deleteLocalCopies = async (member: string): Promise<void> => {
  if (typeof indexedDB === 'undefined') return
  const all = await indexedDB.databases()
  await Promise.all(all.map(({ name }) => (name?.startsWith(prefix(member)) ? deleteLocalCopy(name) : undefined)))
}
