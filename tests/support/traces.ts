/** Recordings of how texts were written, key by key, as updates of a note. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { meetingNote, noteOf } from '@paperboard/shared/notes'
import * as Y from 'yjs'

/** Taken out from a place on, and put there. */
type Patch = readonly [at: number, removed: number, inserted: string]

/** What one writer did at once. `parents` are the ones before it that they knew; without, it is the one before. */
interface Txn {
  patches: readonly Patch[]
  agent?: number
  parents?: readonly number[]
}

export interface Trace {
  startContent?: string
  endContent: string
  txns: readonly Txn[]
}

export const readTrace = (file: string): Trace => JSON.parse(gunzipSync(readFileSync(file)).toString())

/** The first of its changes, and what stands after them: by Yjs alone where several wrote, else by cutting and joining. */
export const beginningOf = (trace: Trace, count: number): Trace => {
  const beginning = { ...trace, txns: trace.txns.slice(0, count) }
  if (beginning.txns.some(({ agent = 0 }) => agent > 0)) {
    const doc = new Y.Doc()
    for (const { update } of updatesOf(beginning, meetingNote)) Y.applyUpdate(doc, update)
    return { ...beginning, endContent: noteOf(doc, meetingNote).toString() }
  }
  const cut = (text: string, [at, removed, inserted]: Patch) => text.slice(0, at) + inserted + text.slice(at + removed)
  return { ...beginning, endContent: beginning.txns.flatMap(({ patches }) => patches).reduce(cut, trace.startContent ?? '') }
}

/** An update, who wrote it, and how many of all updates have to be there before it. */
export interface Written {
  agent: number
  update: Uint8Array
  after: number
}

/**
 * Each txn as the update that its writer would send, made on what they knew then and on nothing else. Of two who write at one
 * place at once Yjs puts the lower client id first, so writers have ids in the order of the recording.
 */
export const updatesOf = ({ txns, startContent = '' }: Trace, note: string): Written[] => {
  const docs = Array.from({ length: Math.max(0, ...txns.map(({ agent = 0 }) => agent)) + 1 }, () => new Y.Doc())
  const ids = docs.map(({ clientID }) => clientID).sort((a, b) => a - b)
  for (const [agent, doc] of docs.entries()) doc.clientID = ids[agent] ?? doc.clientID
  const written: Written[] = []
  /** How far each writer knows what all have written: txns are in an order in which each comes after its parents. */
  const known = docs.map(() => new Set<number>())
  const learn = (agent: number, txn: number) => {
    const unknown = [txn]
    const missing: number[] = []
    for (let next = unknown.pop(); next !== undefined; next = unknown.pop()) {
      if (known[agent]?.has(next)) continue
      known[agent]?.add(next)
      missing.push(next)
      unknown.push(...parentsOf(txns, next))
    }
    for (const one of missing.sort((a, b) => a - b)) Y.applyUpdate(docs[agent] ?? new Y.Doc(), written[one]?.update ?? new Uint8Array())
  }
  for (const [n, { agent = 0, patches }] of txns.entries()) {
    for (const parent of parentsOf(txns, n)) learn(agent, parent)
    const doc = docs[agent] ?? new Y.Doc()
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    doc.on('update', collect)
    doc.transact(() => {
      const text = noteOf(doc, note)
      if (n === 0 && startContent !== '') text.insert(0, startContent)
      for (const [at, removed, inserted] of patches) {
        if (removed > 0) text.delete(at, removed)
        if (inserted !== '') text.insert(at, inserted)
      }
    })
    doc.off('update', collect)
    known[agent]?.add(n)
    written.push({ agent, update: updates[0] ?? nothing, after: Math.max(-1, ...parentsOf(txns, n)) + 1 })
  }
  return written
}

/** The update of somebody who changed nothing. */
const nothing = Uint8Array.of(0, 0)

const parentsOf = (txns: readonly Txn[], n: number): readonly number[] => txns[n]?.parents ?? (n === 0 ? [] : [n - 1])
