import { closeCodes } from '@paperboard/shared/closeCodes'
import type { GroupSettings } from '@paperboard/shared/members'
import type { RoomName } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { RoomRow, StoredRoom } from '../db/rooms.ts'
import type { Connection } from './connection.ts'
import { LiveDocument, serverId } from './document.ts'
import type { Accepted, Refused } from './guard.ts'
import { kinds } from './kinds.ts'
import type { UpdateLog } from './log.ts'
import { syncMessage } from './messages.ts'
import { Presence } from './presence.ts'
import { idOf, type Place } from './structs.ts'

export interface RoomOptions {
  row: RoomRow
  name: RoomName
  settings: GroupSettings
  stored: StoredRoom | null
  log: Logger
  updates: UpdateLog
  now: () => number
  /** These records have changed, durably. */
  onStored: (places: Place[]) => void
  /** The store did not take a change: this object must not be used again. */
  onFailure: () => void
}

/** One live document and the sockets on it. Changes go check → store → tell: what anybody else has seen is durable. */
export class Room {
  readonly row: RoomRow
  readonly name: RoomName
  readonly document: LiveDocument
  readonly connections = new Set<Connection>()
  settings: GroupSettings
  /** The place in the log of the last update that is durable. */
  seq: number
  /** Updates in the log since the last snapshot. */
  sinceSnapshot: number
  private readonly options: RoomOptions
  private readonly presence: Presence
  /** Updates that are accepted and not yet durable. */
  private underWay = 0
  private failed = false
  private destroyed = false

  constructor(options: RoomOptions) {
    const { stored } = options
    this.options = options
    this.row = options.row
    this.name = options.name
    this.settings = options.settings
    this.presence = new Presence(() => this.connections)
    this.document = new LiveDocument({ kind: kinds[options.name.kind], stored, inUseBy: client => this.presence.memberOf(client) })
    this.seq = stored?.updates.at(-1)?.seq ?? stored?.snapshot?.seq ?? 0
    this.sinceSnapshot = stored?.updates.length ?? 0
  }

  /** Greets a socket: what the server has, and who is here. */
  join(connection: Connection) {
    this.connections.add(connection)
    connection.send(syncMessage('step1', this.document.stateVector()))
    if (!this.presence.empty) connection.send(this.presence.all())
  }

  leave(connection: Connection) {
    this.connections.delete(connection)
    this.presence.leave(connection)
  }

  /** Answers a client's state vector with what it lacks, once all of that is durable. From then on it hears of changes. */
  answer(connection: Connection, stateVector: Uint8Array) {
    let missing: Uint8Array
    try {
      missing = this.document.missing(stateVector)
    } catch {
      connection.close(closeCodes.malformed, 'not a state vector')
      return
    }
    this.afterStored(() => {
      connection.joined = true
      connection.sendWhole(syncMessage('step2', missing))
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

  /** A client's change: checked, stored, then told to everybody else and acknowledged. `complete`: it holds all that the client has. */
  receive(connection: Connection, update: Uint8Array, complete: boolean) {
    connection.complete ||= complete
    const number = connection.count()
    const judged = this.document.accept(update, connection.actor, { now: this.options.now(), settings: this.settings })
    if ('refusal' in judged) {
      // Before a client's whole state has come, a change may build on offline work; both come with it.
      if (judged.refusal === 'gap' && !connection.complete) connection.owed = true
      else this.refuse(connection, judged)
      return
    }
    const stored = () => {
      if (complete) connection.owed = false
      connection.acknowledge(number)
    }
    if (judged.data === null) this.afterStored(stored)
    else this.store({ ...judged, data: judged.data, actor: connection.actor.id }, { from: connection, stored })
  }

  private refuse(connection: Connection, { refusal, place }: Refused) {
    const about = place === null ? '' : ` ${idOf(place)}`
    this.options.log.info({ room: this.row.name, member: connection.member, refusal, about }, 'change refused')
    connection.close(refusal === 'malformed' ? closeCodes.malformed : closeCodes.refused, refusal + about)
  }

  /** A change by the server itself. Resolves with what `change` returns, once it is stored and told. */
  edit<T>(change: (doc: Y.Doc) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const { result, data, ...made } = this.changeWhole(change)
      const stored = () => resolve(result)
      const failed = () => reject(new Error(`A change to ${this.row.name} could not be stored`))
      if (data === null) this.afterStored(stored, failed)
      else this.store({ ...made, data, actor: serverId }, { from: null, stored, failed })
    })
  }

  /** A change that throws half way has left its first half in the document: that document must go. */
  private changeWhole<T>(change: (doc: Y.Doc) => T) {
    try {
      return this.document.change(change)
    } catch (error) {
      this.fail()
      throw error
    }
  }

  private store(
    change: Accepted & { data: Uint8Array; actor: string },
    { from, stored, failed }: { from: Connection | null; stored: () => void; failed?: () => void },
  ) {
    this.underWay += 1
    const { data, actor, newClients } = change
    this.options.updates.append({
      update: { room: this.row, data, actor, at: this.options.now(), newClients },
      stands: () => !this.failed,
      failed: () => this.fail(failed),
      done: seq => {
        this.underWay -= 1
        this.seq = seq
        this.sinceSnapshot += 1
        this.tell(data, from)
        stored()
        this.options.onStored(change.places)
      },
    })
  }

  private tell(update: Uint8Array, from: Connection | null) {
    const message = syncMessage('update', update)
    for (const connection of this.connections) if (connection !== from && connection.joined) connection.send(message)
  }

  /** Does something once everything accepted so far is durable: at once, if it is. */
  afterStored(then: () => void, failed?: () => void) {
    if (this.underWay === 0) then()
    else this.options.updates.append({ update: null, stands: () => !this.failed, done: then, failed: () => this.fail(failed) })
  }

  /** What was accepted here is not in the store: everybody starts again from what is. */
  private fail(also?: () => void) {
    also?.()
    if (this.failed) return
    this.failed = true
    for (const connection of this.connections) connection.close(closeCodes.unavailable, 'the change could not be stored')
    this.options.onFailure()
  }

  /** This object has been let go; a new one may be in use under its name. */
  get gone(): boolean {
    return this.failed || this.destroyed
  }

  get idle(): boolean {
    return this.connections.size === 0 && this.underWay === 0
  }

  destroy() {
    this.destroyed = true
    this.presence.close()
    this.document.destroy()
  }
}
