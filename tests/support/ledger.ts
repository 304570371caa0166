import type * as Y from 'yjs'
import type { Peer } from './peer.ts'

/** A record as it was at one moment, as JSON; `undefined` while there is none. */
type State = string | undefined

interface Step {
  state: State
  /** Who wrote it with which document message; null for what was there at the beginning. */
  by: { peer: Peer; message: number } | null
}

/**
 * Keeps book of what members write to one document, to tell afterwards whether something was lost that must not be: a
 * change that its writer was told is durable, or one that somebody else has seen. Each record must have one writer.
 */
export class Ledger {
  private readonly records = new Map<string, Step[]>()
  private readonly watched: { peer: Peer; note: (update: Uint8Array, origin: unknown, doc: Y.Doc, transaction: Y.Transaction) => void }[] = []

  /** Begins with what `doc` holds, all of it durable. */
  constructor(doc: Y.Doc) {
    for (const [id, state] of statesOf(doc)) this.records.set(id, [{ state, by: null }])
  }

  /** Notes what a peer writes from now on. The peer must have sent everything so far. */
  watch(peer: Peer) {
    const note = (_: Uint8Array, __: unknown, doc: Y.Doc, transaction: Y.Transaction) => {
      if (!transaction.local) return
      for (const [type, keys] of transaction.changed) {
        for (const key of keys) {
          const [root] = [...doc.share].find(([, shared]) => shared === type) ?? []
          this.write(`${root}/${key}`, { state: stateOf(doc, root ?? '', key ?? ''), by: { peer, message: peer.sent } })
        }
      }
    }
    peer.doc.on('update', note)
    this.watched.push({ peer, note })
  }

  private write(id: string, step: Step) {
    const steps = this.records.get(id)
    if (steps === undefined) this.records.set(id, [{ state: undefined, by: null }, step])
    else steps.push(step)
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
      const durable = this.durableStep(id, steps)
      const state = found.get(id)
      return steps.slice(durable).some(step => step.state === state) ? [] : [`${id} is ${state} and not ${steps[durable]?.state}`]
    })
    const unknown = [...found.keys()].filter(id => !this.records.has(id)).map(id => `${id} was never written`)
    return [...losses, ...unknown]
  }

  private durableStep(id: string, steps: Step[]): number {
    const writer = steps.at(-1)?.by?.peer
    const [root = '', key = ''] = splitId(id)
    const seen = this.watched.filter(({ peer }) => peer !== writer).map(({ peer }) => stateOf(peer.doc, root, key))
    return Math.max(steps.findLastIndex(isAcknowledged), ...seen.map(state => steps.findIndex(step => step.state === state)))
  }
}

const isAcknowledged = ({ by }: Step) => by === null || by.message <= by.peer.acknowledged

const splitId = (id: string) => [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)]

const stateOf = (doc: Y.Doc, root: string, key: string): State => {
  const record = doc.getMap(root).get(key)
  return record === undefined ? undefined : JSON.stringify(record)
}

const statesOf = (doc: Y.Doc): Map<string, State> =>
  new Map([...doc.share.keys()].flatMap(root => [...doc.getMap(root).entries()].map(([key, record]) => [`${root}/${key}`, JSON.stringify(record)] as const)))
