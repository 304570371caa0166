import type { Transaction } from 'yjs'
import * as Y from 'yjs'
import { z } from 'zod'

/** A record as it was last left here: `value` is null when it was removed, and what was written where it is a text. */
export const UnsavedRecord = z.object({ root: z.string(), key: z.string(), value: z.unknown(), at: z.number() })
export type UnsavedRecord = z.infer<typeof UnsavedRecord>

/** The root maps a transaction touched, with the keys, and texts. Rooms hold flat records in root maps, so nothing lies deeper. */
export const touched = (transaction: Transaction): Map<string, string[]> => {
  const roots = new Map<string, string[]>()
  for (const [type, keys] of transaction.changed) {
    if (type._item !== null) continue
    roots.set(
      Y.findRootTypeKey(type),
      [...keys].filter(key => key !== null),
    )
  }
  return roots
}

/**
 * What was changed here and is not known to be stored. The server confirms by number: "of the messages with changes on
 * this connection, the first n are stored". A record counts as sent with the message that carries it for certain. That
 * is the connection's step 2 or a later update: an update sent before step 2 may build on changes the server lacks, and
 * is then dropped there in favour of the step 2 to come.
 */
export class UnsavedChanges {
  #records = new Map<string, { record: UnsavedRecord; sentAs: number | null }>()
  #sent = 0
  #answered = false

  get count() {
    return this.#records.size
  }

  list(): UnsavedRecord[] {
    return Array.from(this.#records.values(), entry => entry.record)
  }

  valueOf({ root, key }: { root: string; key: string }): unknown {
    return this.#records.get(`${root}/${key}`)?.record.value
  }

  /** Notes the records a local change left behind, or those of an earlier visit. The latest of each key counts. */
  note(records: readonly UnsavedRecord[]) {
    for (const record of records) this.#records.set(`${record.root}/${record.key}`, { record, sentAs: null })
  }

  /** A new connection counts from zero, and carries everything again in its step 2. */
  connectionLost() {
    this.#sent = 0
    this.#answered = false
    for (const entry of this.#records.values()) entry.sentAs = null
  }

  /** A message with changes leaves. */
  sending(step2: boolean) {
    this.#sent++
    this.#answered ||= step2
    if (!this.#answered) return
    for (const entry of this.#records.values()) entry.sentAs ??= this.#sent
  }

  /** The server has stored the first `count` messages. True if that saved anything. */
  stored(count: number): boolean {
    const before = this.#records.size
    for (const [key, { sentAs }] of this.#records) if (sentAs !== null && sentAs <= count) this.#records.delete(key)
    return this.#records.size !== before
  }

  clear() {
    this.#records.clear()
    this.connectionLost()
  }
}
