import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import type { GroupSettings } from '@paperboard/shared/members'
import type { RoomName } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { NewUpdate, RoomRow } from '../db/database.ts'
import type { LoggedUpdate, StoredRoom } from '../db/rooms.ts'
import { Asking } from './asking.ts'
import { Budget } from './budget.ts'
import { CatchUps } from './catchUps.ts'
import type { Connection, Told } from './connection.ts'
import { isEmptyUpdate, isEmptyVector, LiveDocument, type Restored, serverId } from './document.ts'
import type { Accepted, Refused } from './guard.ts'
import { kinds } from './kinds.ts'
import type { UpdateLog, Writer } from './log.ts'
import { type Frame, gathered, gatheredBut, lengthOf, type Piece, syncMessage, syncPieces } from './messages.ts'
import type { Meters } from './meters.ts'
import { Presence } from './presence.ts'
import { RoomDamaged } from './stored.ts'
import { idOf, type Place } from './structs.ts'
import { Tail } from './tail.ts'
import { Whole } from './whole.ts'

/** The records that a change touched, and who made it: a member, the server, or null where that is not known here. */
export interface StoredChange {
  places: readonly Place[]
  by: string | null
}

export interface RoomOptions {
  row: RoomRow
  name: RoomName
  settings: GroupSettings
  stored: StoredRoom | null
  /** Something of it is lost: it is read, and not changed. */
  damaged: boolean
  /** The server went back to an older backup lately: members bring back what the room has lost. */
  restored: Restored | null
  log: Logger
  updates: UpdateLog
  meters: Meters
  now: () => number
  /** Who is here has changed: the body of an awareness message for other servers. */
  onPresence: (states: Uint8Array) => void
  /** These changes are durable. */
  onStored: (changes: readonly StoredChange[]) => void
  /** The store did not take a change: this object must not be used again. */
  onFailure: () => void
}

/**
 * Turns that a room takes in one commit, and bytes of clients' changes; what is more comes in the next, so that no other room
 * waits for it, and no reader falls behind by what is told at once.
 */
const atOnce = { turns: 512, bytes: 512 * 1024 }
/**
 * Of clients' changes that wait: from either of `held` on nothing more is read of those who send, so that their networks hold
 * them back until half of it is done. What was read of them before still comes; from `most` on they are sent away.
 */
const bounds = { held: { updates: 2_000, bytes: 4 * 1024 * 1024 }, most: { updates: 50_000, bytes: 16 * 1024 * 1024 } }

/** What waits for its turn in the room. */
type Turn =
  | { kind: 'update'; from: Connection; number: number; update: Uint8Array; complete: boolean; isGapFault: boolean }
  | { kind: 'edit'; change: (doc: Y.Doc) => unknown; done: (result: unknown) => void; failed: (error: unknown) => void }
  | { kind: 'after'; then: () => void; failed: () => void }

/** A change that is on its way to the store, or a client's that needs none. */
interface UnderWay {
  frame: Frame | null
  from: Connection | null
  places: Place[]
  by: string
  stored: () => void
  failed: () => void
}

/**
 * One live document and the sockets on it. Changes wait for their turn; then they are checked on top of all that is
 * stored, stored, and told: what anybody else has seen is durable. While one batch is on its way to the store the next
 * one gathers, so between batches the document is what everybody was told.
 */
export class Room implements Writer {
  readonly row: RoomRow
  readonly name: RoomName
  readonly document: LiveDocument
  readonly connections = new Set<Connection>()
  settings: GroupSettings
  readonly damaged: boolean
  /** The place in the log of the last update that is durable. */
  seq: number
  /** What is in the log since the last snapshot. */
  readonly tail: Tail
  private readonly options: RoomOptions
  readonly presence: Presence
  private readonly whole = new Whole()
  private readonly catchUps = new CatchUps()
  /** Bytes told so far. */
  private toldBytes = 0
  private turns: Turn[] = []
  /** Clients' changes among them. */
  private waiting = { updates: 0, bytes: 0 }
  /** Of these nothing is read for the time being. */
  private readonly heldBack = new Set<Connection>()
  /** When the first of `turns` arrived, and the first of those under way, by a clock that no one sets. */
  private since = { waiting: 0, underWay: 0 }
  /** Null between batches. */
  private underWay: UnderWay[] | null = null
  private readonly asking: Asking
  /** What all together may send. Made with the first message. */
  private budget: Budget | null = null
  private failed = false
  private destroyed = false

  constructor(options: RoomOptions) {
    const { stored } = options
    this.options = options
    this.row = options.row
    this.name = options.name
    this.settings = options.settings
    this.presence = new Presence(() => this.connections, options.onPresence, options.now)
    this.document = new LiveDocument({ kind: kinds[options.name.kind], stored, inUseBy: client => this.presence.memberOf(client) })
    this.asking = new Asking(
      () => this.connections,
      () => this.document.stateVector(),
    )
    this.seq = stored?.head ?? 0
    this.damaged = options.damaged
    // What is lost must not be made so by a snapshot of the rest.
    this.tail = new Tail(options.damaged ? null : stored)
  }

  /** Greets a socket: what the server has, and who is here. */
  join(connection: Connection) {
    this.connections.add(connection)
    connection.readBy(this)
    const step1 = syncMessage('step1', this.document.stateVector())
    connection.asked += 1
    connection.send(...(this.presence.empty ? [step1] : [step1, this.presence.all()]))
  }

  leave(connection: Connection) {
    this.connections.delete(connection)
    this.heldBack.delete(connection)
    this.presence.leave(connection)
  }

  /** Answers a client's state vector with what it lacks, once all of that is durable. From then on it hears of changes. */
  answer(connection: Connection, stateVector: Uint8Array) {
    this.afterStored(() => {
      try {
        const missing = () => this.document.missing(stateVector)
        const pieces = isEmptyVector(stateVector) ? this.whole.answer(missing, connection) : syncPieces('step2', missing())
        connection.joined = true
        connection.gather(lengthOf(pieces))
        connection.tell(pieces)
      } catch {
        connection.close(closeCodes.malformed, 'not a state vector')
      }
    })
  }

  /** Takes in what a client says about itself. */
  greet(connection: Connection, states: Uint8Array) {
    const refusal = this.presence.receive(states, connection, client => this.document.ownerOf(client))
    if (refusal !== null) this.refuse(connection, { refusal, place: null })
  }

  tellPresence(connection: Connection) {
    connection.send(this.presence.all())
  }

  fellBehind(connection: Connection) {
    const { request: id, member, unread } = connection
    this.options.log.info({ id, room: this.row.name, member, unread }, 'a slow reader is left to catch up')
    if (this.underWay === null) this.noteTold(connection)
  }

  private noteTold(connection: Connection) {
    if (connection.behind !== null) connection.behind.told ??= { vector: this.document.stateVector(), bytes: this.toldBytes }
  }

  drained(connection: Connection) {
    this.afterStored(() => {
      const told = connection.behind?.told ?? null
      connection.behind = null
      if (told !== null) connection.tell(this.missedSince(told))
      connection.send(this.presence.all())
      connection.sayAcknowledged()
    })
  }

  /** Bytes that a reader was not told. */
  missed({ behind }: Connection): number {
    return behind?.told ? this.toldBytes - behind.told.bytes : 0
  }

  /** What a reader has missed. Where that is more than the document it gets all of it, which it shares with others. */
  private missedSince(told: Told): Piece[] {
    const missed = this.toldBytes - told.bytes
    if (missed === 0) return []
    if (missed >= this.tail.wholeBytes) return this.whole.update(() => this.document.missing())
    const behind = [...this.connections].flatMap(connection => connection.behind?.told ?? [])
    return this.catchUps.since(told, missed, behind, vector => this.document.missing(vector))
  }

  /** Takes a client's change. `complete`: it holds all that the client has. */
  receive(connection: Connection, update: Uint8Array, complete: boolean) {
    connection.complete ||= complete
    const number = connection.count()
    if (isEmptyUpdate(update) && this.needsNoTurn) this.takeNothing(connection, number, complete)
    else this.take({ kind: 'update', from: connection, number, update, complete, isGapFault: connection.complete })
  }

  /** What most bring who join, which is nothing, can be acknowledged at once. */
  private get needsNoTurn(): boolean {
    return this.isSettled && this.options.restored === null && !this.options.updates.shared
  }

  private takeNothing(connection: Connection, number: number, complete: boolean) {
    if (complete) connection.owed = false
    connection.acknowledge(number)
    connection.sayAcknowledged()
  }

  /** A change by the server itself. Resolves with what `change` returns, once it is stored and told. */
  edit<T>(change: (doc: Y.Doc) => T): Promise<T> {
    if (this.damaged) return Promise.reject(new RoomDamaged(this.row.name))
    return new Promise((resolve, failed) => this.take({ kind: 'edit', change, done: result => resolve(result as T), failed }))
  }

  /** Does something once everything that came before is durable and told, and nothing else is accepted yet: at once, if it is so. */
  afterStored(then: () => void, failed: () => void = () => {}) {
    if (this.isSettled) then()
    else this.take({ kind: 'after', then, failed })
  }

  /** All that came is durable and told. */
  private get isSettled(): boolean {
    return this.underWay === null && this.turns.length === 0 && !this.failed
  }

  private take(turn: Turn) {
    if (this.turns.length === 0) this.since.waiting = performance.now()
    if (turn.kind === 'update' && !this.mayWait(turn)) return
    this.turns.push(turn)
    if (this.failed) this.failTurns()
    else this.options.updates.wake(this)
  }

  /**
   * Takes one message from what all in the room may send. When that is used up, those who send most are sent away, to come
   * back with what was not stored; the others go on. False, and the socket is closed, for one of the former.
   */
  spend(connection: Connection): boolean {
    this.budget ??= new Budget(connection.updatesPerSecond * limits.busySockets, this.options.now)
    if (this.budget.take() || !connection.isBusy) return true
    connection.close(closeCodes.unavailable, 'too many changes in this room: try again')
    return false
  }

  /** Holds back who sends while much waits. False, and the socket is closed, for whoever does not stop. */
  private mayWait({ from, update }: Turn & { kind: 'update' }): boolean {
    this.waiting.updates += 1
    this.waiting.bytes += update.length
    if (this.filled(bounds.most) > 1) {
      this.isTaken(update)
      from.close(closeCodes.unavailable, 'too many changes in this room: try again')
      return false
    }
    if (this.filled(bounds.held) > 1) {
      from.deafen()
      this.heldBack.add(from)
    }
    return true
  }

  private isTaken(update: Uint8Array) {
    this.waiting.updates -= 1
    this.waiting.bytes -= update.length
  }

  /** 1 when what waits reaches a bound. */
  private filled({ updates, bytes }: typeof this.waiting): number {
    return Math.max(this.waiting.updates / updates, this.waiting.bytes / bytes)
  }

  private letGoOn() {
    for (const connection of this.heldBack) connection.hear()
    this.heldBack.clear()
  }

  /** Another server has stored these directly after `before`. False when something between is not here. */
  hear(before: number, updates: LoggedUpdate[]): boolean {
    if (this.underWay !== null || before !== this.seq || this.failed) return false
    this.adopt(updates)
    return true
  }

  get waits(): boolean {
    return this.turns.length > 0
  }

  get waitsFull(): boolean {
    return this.turns.length >= atOnce.turns || this.waiting.bytes >= atOnce.bytes
  }

  get turnsWaiting(): number {
    return this.turns.length
  }

  get wantsStore(): boolean {
    return this.turns.some(turn => turn.kind !== 'after')
  }

  adopt(missed: LoggedUpdate[]) {
    if (missed.length === 0) return
    if (this.options.restored !== null) this.asking.note(null)
    const places = this.document.adopt(missed)
    this.seq = missed.at(-1)?.seq ?? this.seq
    this.tail.add(missed.length, lengthOf(missed.map(({ data }) => data)))
    this.tell(missed.map(({ data }) => ({ frame: syncMessage('update', data), from: null })))
    const [first] = missed
    this.options.onStored([{ places, by: first !== undefined && missed.every(({ actor }) => actor === first.actor) ? first.actor : null }])
    this.asking.stored()
  }

  judge(): NewUpdate[] {
    const turns = this.nextTurns()
    if (this.filled(bounds.held) < 0.5) this.letGoOn()
    this.since.underWay = this.since.waiting
    this.underWay = []
    const updates: NewUpdate[] = []
    for (const [n, turn] of turns.entries()) {
      const update = turn.kind === 'update' ? this.judgeUpdate(turn) : turn.kind === 'edit' ? this.makeEdit(turn) : this.makeAfter(turn)
      if (update !== null) updates.push(update)
      if (this.failed) {
        this.turns.unshift(...turns.slice(n + 1))
        this.failTurns()
        return []
      }
    }
    return updates
  }

  private nextTurns(): Turn[] {
    let [turns, bytes] = [0, 0]
    for (const turn of this.turns) {
      if (turn.kind === 'update') {
        bytes += turn.update.length
        // One alone may be larger.
        if (bytes > atOnce.bytes && turns > 0) break
        this.isTaken(turn.update)
      }
      turns += 1
      if (turns === atOnce.turns) break
    }
    return this.turns.splice(0, turns)
  }

  private judgeUpdate(turn: Turn & { kind: 'update' }): NewUpdate | null {
    const { from, number, update, complete, isGapFault } = turn
    // After the first that is refused, the rest of what it sent is not looked at. What a client sent before it left by itself counts.
    if (from.dismissed) return null
    if (this.damaged) return this.putOff(from, number, update)
    const brought = complete ? this.bringBack(turn) : null
    if (brought !== null) return brought.stored
    const judged = this.document.accept(update, from.actor, { now: this.options.now(), settings: this.settings })
    if ('refusal' in judged) {
      // Before a client's whole state has come, a change may build on offline work; both come with it.
      if (judged.refusal === 'gap' && (!isGapFault || (from.owed && this.options.restored !== null))) from.owed = true
      else this.refuse(from, judged)
      return null
    }
    const stored = () => {
      if (complete) from.owed = false
      from.acknowledge(number)
    }
    return this.toStore(judged, from.actor.id, { from, stored, failed: nobodyWaits })
  }

  /** Takes of a client's whole state what is its own, after the server went back to a backup; null when it is judged like any other. */
  private bringBack({ from, number, update }: Turn & { kind: 'update' }): { stored: NewUpdate | null } | null {
    // Costly, so it is done for what was asked for alone.
    if (this.options.restored === null || from.asked === 0) return null
    from.asked -= 1
    const brought = this.document.bringBack(update, from.actor, { now: this.options.now(), settings: this.settings }, this.options.restored)
    if (brought === null) return null
    from.left = brought.left
    if (brought.owes) from.owed = true
    if (brought.data !== null) this.asking.note(from)
    const stored = () => {
      if (!brought.owes) from.owed = false
      from.acknowledge(number)
    }
    const kept = this.toStore(brought, from.actor.id, { from, stored, failed: nobodyWaits })
    // What was taken stays.
    if (brought.refused !== null) this.refuse(from, brought.refused)
    return { stored: kept }
  }

  /** What is new stays with whoever wrote it. */
  private putOff(from: Connection, number: number, update: Uint8Array): NewUpdate | null {
    if (this.document.holds(update)) return this.toStore({ data: null, places: [], newClients: [] }, from.actor.id, acknowledging(from, number))
    from.close(closeCodes.damaged, 'this can be read, and not changed until it is restored')
    return null
  }

  private refuse(connection: Connection, { refusal, place }: Refused) {
    const about = place === null ? '' : ` ${idOf(place)}`
    this.options.log.info({ id: connection.request, room: this.row.name, member: connection.member, refusal, about }, 'change refused')
    this.options.meters.refused(refusal)
    connection.close(refusal === 'malformed' ? closeCodes.malformed : closeCodes.refused, refusal + about)
  }

  private makeEdit({ change, done, failed }: Turn & { kind: 'edit' }): NewUpdate | null {
    try {
      const { result, ...made } = this.document.change(change)
      const broken = () => failed(new Error(`A change to ${this.row.name} could not be stored`))
      return this.toStore(made, serverId, { from: null, stored: () => done(result), failed: broken })
    } catch (error) {
      failed(error)
      // Its first half has stayed in the document.
      this.fail()
      return null
    }
  }

  private makeAfter({ then, failed }: Turn & { kind: 'after' }): null {
    this.underWay?.push({ frame: null, from: null, places: [], by: serverId, stored: then, failed })
    return null
  }

  private toStore(
    { data, places, newClients }: Accepted,
    actor: string,
    { from, stored, failed }: Pick<UnderWay, 'from' | 'stored' | 'failed'>,
  ): NewUpdate | null {
    this.underWay?.push({ from, stored, failed, frame: data === null ? null : syncMessage('update', data), places, by: actor })
    return data === null ? null : { room: this.row, data, actor, at: this.options.now(), newClients }
  }

  stored(seqs: readonly number[]) {
    if (this.failed) return
    const changes = this.underWay ?? []
    this.underWay = null
    this.seq = seqs.at(-1) ?? this.seq
    this.tail.add(
      seqs.length,
      changes.reduce((sum, { frame }) => sum + (frame?.length ?? 0), 0),
    )
    // Of members' changes this only notes what is durable, so that it can be said in the same write.
    for (const { from, stored } of changes) if (from !== null) stored()
    this.tell(changes)
    // Before those who waited go on: what they take to the rows as of `seq` is what was noted until then.
    if (changes.some(({ places }) => places.length > 0)) this.options.onStored(changes)
    for (const { from, stored } of changes) if (from === null) stored()
    for (const { from } of changes) from?.sayAcknowledged()
    if (seqs.length > 0) this.options.meters.told(seqs.length, performance.now() - this.since.underWay)
    this.asking.stored()
  }

  /** One write to each socket for all that one commit stored. Nobody is told of their own changes. */
  private tell(changes: readonly Pick<UnderWay, 'frame' | 'from'>[]) {
    const told = changes.filter((change): change is { frame: Frame; from: Connection | null } => change.frame !== null)
    if (told.length === 0) return
    const parts = gathered(told.map(change => change.frame))
    const all = parts.map(({ piece }) => piece)
    const own = Map.groupBy(told.keys(), n => told[n]?.from)
    this.whole.follow(all)
    this.catchUps.follow(all, () => this.connections.values().some(({ behind }) => behind !== null))
    this.toldBytes += lengthOf(all)
    for (const connection of this.connections) {
      if (!connection.joined) continue
      const written = own.get(connection)
      if (written === undefined) connection.tell(all)
      else if (own.size > 1) connection.tell(gatheredBut(parts, written, connection.acknowledgement()))
      this.noteTold(connection)
    }
  }

  /** What was accepted here is not in the store: everybody starts again from what is. */
  fail() {
    if (this.failed) return
    this.failed = true
    for (const connection of this.connections) connection.close(closeCodes.unavailable, 'the change could not be stored')
    for (const { failed } of this.underWay ?? []) failed()
    this.underWay = null
    this.failTurns()
    this.options.onFailure()
  }

  private failTurns() {
    const turns = this.turns
    this.turns = []
    this.waiting = { updates: 0, bytes: 0 }
    for (const turn of turns) if (turn.kind !== 'update') turn.failed(new Error(`${this.row.name} was let go`))
  }

  /** This object has been let go; a new one may be in use under its name. */
  get gone(): boolean {
    return this.failed || this.destroyed
  }

  get idle(): boolean {
    return this.connections.size === 0 && this.underWay === null && this.turns.length === 0
  }

  destroy() {
    this.destroyed = true
    this.asking.close()
    this.presence.close()
    this.document.destroy()
  }
}

/** A client's change that could not be stored: its socket is closed. */
const nobodyWaits = () => {}

const acknowledging = (from: Connection, number: number) => ({ from, stored: () => from.acknowledge(number), failed: nobodyWaits })
