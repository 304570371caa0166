import type { Connection } from './connection.ts'
import { type Frame, syncMessage } from './messages.ts'

/** How often a client is asked again for what could not be taken, at most, and how long such questions gather (ms). */
const limit = { most: 100, gather: 200 }

/**
 * After the server went back to an older backup, some of what a client brings back can only be taken once others have
 * brought back theirs. Whoever had something left out is asked for their state again when that may have happened.
 */
export class Asking {
  private readonly connections: () => Iterable<Connection>
  private readonly stateVector: () => Uint8Array
  /** Who brought something back that others may have been waiting for; null for those on other servers. */
  private readonly brought = new Set<Connection | null>()
  private timer: NodeJS.Timeout | null = null

  constructor(connections: () => Iterable<Connection>, stateVector: () => Uint8Array) {
    this.connections = connections
    this.stateVector = stateVector
  }

  note(from: Connection | null) {
    this.brought.add(from)
  }

  /** What was noted is stored. */
  stored() {
    if (this.brought.size > 0) this.timer ??= setTimeout(() => this.ask(), limit.gather)
  }

  private ask() {
    this.timer = null
    const brought = [...this.brought]
    this.brought.clear()
    const step1: Frame = syncMessage('step1', this.stateVector())
    for (const connection of this.connections()) {
      const isNews = brought.some(from => from !== connection)
      if (!connection.left || !isNews || connection.asked > 0 || connection.questions >= limit.most) continue
      connection.asked += 1
      connection.questions += 1
      connection.send(step1)
    }
  }

  close() {
    if (this.timer !== null) clearTimeout(this.timer)
  }
}
