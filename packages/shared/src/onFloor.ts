/** What is put, voted, decided and said on the floor of a meeting: the root maps of its live document that these files define. */
import type * as Y from 'yjs'
import { decisionRoots } from './decisions.ts'
import { handRoots } from './hands.ts'
import { pollRoots } from './polls.ts'
import { questionRoots } from './questions.ts'
import type { Records } from './room.ts'
import { takeRoots } from './takes.ts'

export const floorRoots: Readonly<Record<string, Records>> = { ...questionRoots, ...handRoots, ...decisionRoots, ...pollRoots, ...takeRoots }

/** Written by the server alone. */
const byServer = new Set(['takes', 'takers', 'revealed', 'voters', 'results'])
/** Changed by others than those whose key it is, after the first time. */
const shared = new Set(['parked', 'decisions', 'actions'])
/** Signed in the record, by whoever wrote it. */
const signed = new Set(['answered', 'word'])

/** Whether a question or a poll is there or ever was: Yjs keeps the key of a deleted record. */
export const everOnFloor = (doc: Y.Doc, key: string): boolean => ['questions', 'polls'].some(root => doc.getMap(root)._map.has(key))

/**
 * The one member who can have written a record of these roots, `server` for the server, null where it could be several;
 * undefined for another root. `by` is who signed the record.
 */
export const floorWriter = (place: { root: string; key: string }, by: string | null, isFirst: boolean): string | null | undefined => {
  const { root, key } = place
  if (!Object.hasOwn(floorRoots, root)) return undefined
  if (byServer.has(root)) return 'server'
  if (signed.has(root)) return by
  return shared.has(root) && !isFirst ? null : (key.split(':').at(-1) ?? null)
}
