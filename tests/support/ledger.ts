import type * as Y from 'yjs'
import type { Peer } from './peer.ts'

/** A record as it was at one moment, as JSON; `undefined` while there is none. */
type State = string | undefined

interface Step {
  state: State
  /** Who wrote it with which document message; null for what was there at the beginning, or came from the server itself. */
  by: { peer: Peer; message: number } | null
}

interface Watched {
  peer: Peer
  note: (update: Uint8Array, origin: unknown, doc: Y.Doc, transaction: Y.Transaction) => void
}

/**
 * Keeps book of what members write to one document, to tell afterwards whether something was lost that must not be: a
 * change that its writer was told is durable, or one that somebody else has seen, deletions included. Each record must have
 * one writer; the server itself writes to `papers`.
 */
export class Ledger {
  private readonly records = new Map<string, Step[]>()
  /** How far anybody but its writer has seen a record: the number of a step. */
  private readonly seen = new Map<string, Map<Peer, number>>()
  private readonly watched: Watched[] = []

  /** Begins with what `doc` holds, all of it durable. */
  constructor(doc: Y.Doc) {
    for (const [id, state] of statesOf(doc)) this.records.set(id, [{ state, by: null }])
  }

  /** Notes what a peer writes and sees from now on. The peer must have sent everything so far. */
  watch(peer: Peer) {
    const note = (_: Uint8Array, __: unknown, doc: Y.Doc, transaction: Y.Transaction) => {
      for (const [type, keys] of transaction.changed) {
        const [root = ''] = [...doc.share].find(([, shared]) => shared === type) ?? []
        for (const key of keys) {
          if (key === null) continue
          const state = stateOf(doc, root, key)
          if (transaction.local) this.stepsOf(`${root}/${key}`).push({ state, by: { peer, message: peer.sent } })
          else this.see(`${root}/${key}`, state, peer)
        }
      }
    }
    peer.doc.on('update', note)
    this.watched.push({ peer, note })
  }

  /** The server said that these papers are on the board. */
  promised(papers: readonly string[]) {
    for (const paper of papers) this.stepsOf(`papers/${paper}`)
  }

  private stepsOf(id: string): Step[] {
    const steps = this.records.get(id) ?? [{ state: undefined, by: null }]
    this.records.set(id, steps)
    return steps
  }

  /** Nobody sees a record's states in another order than they were made, though some may be passed over. */
  private see(id: string, state: State, peer: Peer) {
    const steps = this.stepsOf(id)
    const before = this.seen.get(id)?.get(peer) ?? 0
    let at = steps.findIndex((step, n) => n >= before && step.state === state)
    if (at < 0 && isServers(id)) at = steps.push({ state, by: null }) - 1
    this.seen.set(id, (this.seen.get(id) ?? new Map<Peer, number>()).set(peer, Math.max(at, before)))
  }

  /** Acknowledged changes and changes in all. */
  get counts(): { acknowledged: number; made: number } {
    const made = [...this.records.values()].flat().filter(step => step.by !== null)
    return { acknowledged: made.filter(isAcknowledged).length, made: made.length }
  }

  /** Stops noting, and names the records of `doc` that are neither as they were last acknowledged or seen, nor as they were made later. */
  lossesIn(doc: Y.Doc): string[] {
    for (const { peer, note } of this.watched) peer.doc.off('update', note)
    const found = statesOf(doc)
    const losses = [...this.records].flatMap(([id, steps]) => {
      const durable = Math.max(steps.findLastIndex(isAcknowledged), ...(this.seen.get(id)?.values() ?? []))
      const state = found.get(id)
      // What the server was said to have written, and nobody has seen, is there in some state.
      if (isServers(id) && steps.length === 1 && steps[0]?.state === undefined) return state === undefined ? [`${id} is not there`] : []
      return steps.slice(durable).some(step => step.state === state) ? [] : [`${id} is ${state} and not ${steps[durable]?.state}`]
    })
    const unknown = [...found.keys()].filter(id => !this.records.has(id) && !isServers(id)).map(id => `${id} was never written`)
    return [...losses, ...unknown]
  }
}

const isAcknowledged = ({ by }: Step) => by === null || by.message <= by.peer.acknowledged

/** Whether the server writes a record in a member's stead. */
const isServers = (id: string) => id.startsWith('papers/')

const stateOf = (doc: Y.Doc, root: string, key: string): State => {
  const record = doc.getMap(root).get(key)
  return record === undefined ? undefined : JSON.stringify(record)
}

const statesOf = (doc: Y.Doc): Map<string, State> =>
  new Map([...doc.share.keys()].flatMap(root => [...doc.getMap(root).entries()].map(([key, record]) => [`${root}/${key}`, JSON.stringify(record)] as const)))
