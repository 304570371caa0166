import type { Presence } from '@paperboard/shared/awareness'
import { closeCodes } from '@paperboard/shared/closeCodes'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { serverNow } from './clock.ts'
import { type CloseReason, isAbout, RefusalCount, readReason, reasonOf } from './closing.ts'
import { copyName, deleteLocalCopy, type LocalCopy, openLocalCopy } from './localCopy.ts'
import { RoomPresence } from './presence.ts'
import { RoomViews } from './roomViews.ts'
import { dismissAside, performAgain, setAside, settleAside, toResume } from './setAside.ts'
import { createProvider, type SocketClass } from './socket.ts'
import { touched, UnsavedChanges, type UnsavedRecord } from './unsaved.ts'
import { noteText, textNamed, UnsavedText } from './unsavedText.ts'

export interface RoomState {
  /** `loading`: neither the local copy nor the server has answered. `closed`: for good, see `why`. */
  status: 'loading' | 'connecting' | 'live' | 'offline' | 'closed'
  /** Records changed here that are not known to be on the server's disk. */
  unsaved: number
  /** The server's state has arrived on this connection. */
  synced: boolean
  /** There is content to show, even if empty: from the local copy or the server. */
  known: boolean
  /** Why it is closed, waits (`tooFast`), or takes no changes for now (`damaged`). */
  why: CloseReason | null
}

export interface RoomOptions {
  name: string
  member: string
  /** Where rooms are, `wss://host/sync`. */
  url: string
  /** The socket class to use, if not the global one. */
  socket?: SocketClass
  /** The number of unsaved changes, once the local copy is read and whenever it changes. */
  onUnsaved?: (count: number) => void
  /** The session has ended: sign in again. */
  onSignedOut?: () => void
  /** How long it stays away after `tooFast`: ms. */
  slowDown?: number
}

const usualSlowDown = 10_000
/** A copy deleted by another tab is made anew after this long (ms): at a sign-out, the socket is closed by then. */
const copyAgainAfter = 1_000

const beginning: { failed: boolean; synced: boolean; known: boolean; closed: boolean; why: CloseReason | null } = {
  failed: false,
  synced: false,
  known: false,
  closed: false,
  why: null,
}

/** A live document with its local copy and its connection, for one member, from `open` to `close`. */
export class LiveRoom {
  readonly name: string
  readonly member: string
  readonly views: RoomViews
  readonly presence = new RoomPresence()
  #options: RoomOptions
  #doc = new Y.Doc()
  #copy: LocalCopy | null = null
  #copyGone = false
  #copyBarred = false
  #provider: WebsocketProvider | null = null
  #unsaved = new UnsavedChanges()
  #refusals = new RefusalCount()
  #progress = { ...beginning }
  #state: RoomState = { status: 'loading', unsaved: 0, synced: false, known: false, why: null }
  #ended = false
  #timers = new Set<ReturnType<typeof setTimeout>>()
  #listeners = new Set<() => void>()

  constructor(options: RoomOptions) {
    this.name = options.name
    this.member = options.member
    this.#options = options
    this.views = new RoomViews(this.#doc)
    this.#watch()
  }

  /** The document, for the actions of `shared`. A refusal replaces it: ask again each time. */
  get doc(): Y.Doc {
    return this.#doc
  }

  /** Whether what is changed here outlives the page. */
  get durable(): boolean {
    return this.#copy !== null
  }

  readonly state = (): RoomState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Says what the member looks at; null says nothing. */
  setPresence(presence: Omit<Presence, 'member'> | null) {
    this.presence.say(presence === null ? null : { ...presence, member: this.member })
  }

  /** Reads the local copy, then connects: y-websocket would send a copy loaded later as if it were a change. */
  async open(): Promise<void> {
    await this.#openCopy()
    if (!this.#ended) this.#connect()
  }

  /** Connects at once where y-websocket would wait, and again after signing in. */
  reconnect() {
    if (this.#progress.why === 'signedOut') Object.assign(this.#progress, { closed: false, why: null })
    if (this.#progress.closed || this.#progress.why === 'tooFast') return
    this.#provider?.connect()
    this.#publish()
  }

  /** Stops trying: the browser says that there is no network. */
  disconnect() {
    this.#provider?.disconnect()
  }

  /** Performs changes again that were set aside. */
  perform(records: readonly UnsavedRecord[]) {
    performAgain(this.#doc, records)
  }

  async close(): Promise<void> {
    this.#ended = true
    await this.#letGo()
    this.#closeFor(this.#progress.why)
  }

  #watch() {
    const doc = this.#doc
    doc.on('afterTransaction', transaction => {
      if (transaction.changed.size === 0) return
      const roots = touched(transaction)
      if (transaction.local) this.#changedHere(transaction, roots)
      this.views.changed(roots)
    })
  }

  #changedHere(transaction: Y.Transaction, roots: Map<string, string[]>) {
    const { doc } = transaction
    const at = serverNow()
    this.#refusals.changed()
    const records = [...roots].flatMap(([root, keys]): UnsavedRecord[] => {
      const text = textNamed(root)
      if (text === null) return keys.map(key => ({ root, key, value: doc.getMap(root).get(key) ?? null, at }))
      const earlier = UnsavedText.safeParse(this.#unsaved.valueOf(text)).data ?? null
      return [{ ...text, value: noteText(doc.getText(root), transaction, earlier), at }]
    })
    this.#unsaved.note(records)
    this.#unsavedChanged()
  }

  #unsavedChanged() {
    this.#copy?.keep(this.#unsaved.list())
    this.#options.onUnsaved?.(this.#unsaved.count)
    this.#publish()
  }

  async #openCopy() {
    const doc = this.#doc
    const copy = this.#copyBarred ? null : await openLocalCopy(copyName(this.member, this.name), doc, () => this.#copyLost(doc))
    if (this.#ended || doc !== this.#doc) return void (await copy?.close())
    this.#copy = copy
    this.#copyGone = false
    // What was changed while the copy was read is later than what the copy lists.
    this.#unsaved.note([...(copy?.unsaved ?? []), ...this.#unsaved.list()])
    if (this.#progress.known) copy?.setKnown()
    else this.#progress.known = copy?.known === true || doc.store.clients.size > 0
    this.#unsavedChanged()
  }

  /** Another tab deleted the copy, after a refusal or at sign-out. */
  #copyLost(doc: Y.Doc) {
    if (this.#doc !== doc) return
    this.#copy = null
    this.#copyGone = true
    this.#after(copyAgainAfter, () => this.#progress.synced && this.#copyGone && void this.#openCopy())
  }

  #connect() {
    const { url, socket = WebSocket } = this.#options
    const provider = createProvider(
      { url, name: this.name, doc: this.#doc, socket },
      { sending: step2 => this.#unsaved.sending(step2), stored: count => this.#stored(count) },
    )
    const current = () => provider === this.#provider
    this.#provider = provider
    this.presence.attach(provider.awareness)
    provider.on('sync', synced => current() && synced && this.#synced())
    provider.on('connection-close', event => current() && this.#connectionLost(event))
    provider.on('closed', ({ code, reason }) => current() && void this.#turnedAway(reasonOf(code), reason))
    provider.connect()
  }

  #stored(count: number) {
    if (!this.#unsaved.stored(count)) return
    this.#progress.why = null
    this.#unsavedChanged()
  }

  #synced() {
    // That a room can be read again does not mean that it takes changes.
    const why = this.#progress.why === 'damaged' && this.#unsaved.count > 0 ? 'damaged' : null
    Object.assign(this.#progress, { failed: false, synced: true, known: true, why })
    if (this.#copy?.known === false) this.#copy.setKnown()
    if (this.#copyGone) void this.#openCopy()
    this.#publish()
    settleAside(this.member, this.name, this.#doc)
    for (const entry of toResume(this.member, this.name)) {
      // Each on its own, so that the server can refuse one and take the others.
      for (const record of entry.records) this.perform([record])
      dismissAside(this.member, entry.id)
    }
  }

  #connectionLost(event: CloseEvent | null) {
    this.#unsaved.connectionLost()
    // After a change of access the server expects us back at once: that is no failure to show.
    Object.assign(this.#progress, { synced: false, failed: event?.code !== closeCodes.accessChanged })
    if (event?.code === closeCodes.damaged) this.#progress.why = 'damaged'
    this.#publish()
  }

  /** The server has closed the socket, and y-websocket stays away. */
  async #turnedAway(why: CloseReason, reason: string) {
    if (why === 'tooFast') return this.#slowDown()
    if (why === 'signedOut') {
      this.#closeFor(why)
      this.#options.onSignedOut?.()
      return
    }
    const { hopeless, apart } = this.#refusals.add(Date.now())
    this.#putAside(why, reason, apart)
    await this.#startOver()
    if (this.#ended) return
    if (hopeless || why === 'notMember' || why === 'noRoom') this.#closeFor(why)
    else await this.open()
  }

  #slowDown() {
    this.#progress.why = 'tooFast'
    this.#publish()
    this.#after(this.#options.slowDown ?? usualSlowDown, () => {
      this.#progress.why = null
      this.reconnect()
    })
  }

  /** Sets the unsaved changes aside: what was at fault to be shown, what was only sent with it to be performed again. */
  #putAside(why: CloseReason, reason: string, apart: boolean) {
    const { refusal, about } = readReason(reason)
    const entry = { room: this.name, at: serverNow(), why, refusal, about }
    const records = this.#unsaved.list()
    const innocent = apart && records.some(record => isAbout(record, about)) ? records.filter(record => !isAbout(record, about)) : []
    setAside(this.member, { ...entry, records: innocent, resume: true })
    setAside(this.member, { ...entry, records: records.filter(record => !innocent.includes(record)), resume: false })
  }

  /** Begins an empty document, at once, and deletes the local copy: what was done in a document cannot be taken out of it. */
  async #startOver() {
    const gone = this.#letGo()
    this.#unsaved.clear()
    this.#doc = new Y.Doc()
    this.#watch()
    this.#progress = { ...beginning }
    this.#unsavedChanged()
    this.views.replaced(this.#doc)
    await gone
    // A copy that cannot be deleted must not be read again.
    this.#copyBarred = !(await deleteLocalCopy(copyName(this.member, this.name)))
  }

  async #letGo() {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    const [provider, copy] = [this.#provider, this.#copy]
    this.#provider = null
    this.#copy = null
    this.presence.attach(null)
    provider?.destroy()
    this.#doc.destroy()
    await copy?.close()
  }

  #closeFor(why: CloseReason | null) {
    Object.assign(this.#progress, { closed: true, synced: false, why })
    this.#publish()
  }

  #after(ms: number, then: () => void) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      then()
    }, ms)
    this.#timers.add(timer)
  }

  #publish() {
    const { failed, synced, known, closed, why } = this.#progress
    const status = closed ? 'closed' : synced ? 'live' : failed ? 'offline' : known ? 'connecting' : 'loading'
    const unsaved = this.#unsaved.count
    const before = this.#state
    if (before.status === status && before.unsaved === unsaved && before.synced === synced && before.known === known && before.why === why) return
    this.#state = { status, unsaved, synced, known, why }
    for (const listener of this.#listeners) listener()
  }
}
