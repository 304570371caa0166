import type { Actor, Circumstances, RoomKind } from '@paperboard/shared/room'
import * as Y from 'yjs'

/** What an update does when it is simply applied to a copy of the document. */
export interface Effect {
  /** Null when everything that it changed was allowed. */
  fault: string | null
  /** Whether anything can be seen to have changed. */
  visible: boolean
}

const copyOf = (doc: Y.Doc, roots: string[]) => {
  const copy = new Y.Doc()
  for (const root of roots) copy.getMap(root)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** What is wrong with a text as it is after a change. */
const textFault = (name: string, [before, after]: [Y.Doc, Y.Doc], { kind, actor, at }: { kind: RoomKind; actor: Actor; at: Circumstances }): string | null => {
  const slash = name.indexOf('/')
  const texts = kind.texts?.[name.slice(0, slash)]
  if (slash < 0 || texts === undefined) return 'unknown-root'
  if (!texts.isKey(name.slice(slash + 1))) return 'unknown-key'
  const text = after.getText(name)
  if (text._map.size > 0) return 'nested'
  for (let item = text._start; item !== null; item = item.right) if (!item.deleted && !(item.content instanceof Y.ContentString)) return 'not-text'
  if (text.length > texts.longest && text.length > before.getText(name).length) return 'too-big'
  return texts.may(name.slice(slash + 1), actor, at)
}

/**
 * The guard's oracle: slow and plain. It applies the update to a copy of the whole document and looks at what changed,
 * where the guard reads the update's structs and applies nothing.
 */
export const applyToShadow = (
  doc: Y.Doc,
  update: Uint8Array,
  { kind, actor, at }: { kind: RoomKind; actor: Actor; at: Omit<Circumstances, 'record' | 'earlier' | 'records'> },
): Effect => {
  const roots = Object.keys(kind.roots)
  const before = copyOf(doc, roots)
  const after = copyOf(doc, roots)
  const changed: [root: string, key: string | null][] = []
  after.on('afterTransaction', (transaction: Y.Transaction) => {
    const names = new Map([...after.share].map(([name, type]) => [type as object, name]))
    for (const [type, keys] of transaction.changed) for (const key of keys) changed.push([names.get(type) ?? '', key])
  })
  const effect = (fault: string | null): Effect => ({ fault, visible: changed.length > 0 })
  try {
    Y.applyUpdate(after, update)
  } catch {
    return effect('malformed')
  }
  if (after.store.pendingStructs !== null || after.store.pendingDs !== null) return effect('gap')
  const isKnown = (root: string) => roots.includes(root) || Object.hasOwn(kind.texts ?? {}, root.split('/')[0] ?? '')
  if ([...after.share.keys()].some(root => !isKnown(root))) return effect('unknown-root')
  const circumstances: Circumstances = {
    ...at,
    record: (root, key) => after.getMap(root).get(key),
    earlier: (root, key) => before.getMap(root).get(key),
    records: root => after.getMap(root).entries(),
  }
  for (const [root, key] of changed) {
    if (root.includes('/')) {
      const fault = textFault(root, [before, after], { kind, actor, at: circumstances })
      if (fault !== null) return effect(fault)
      continue
    }
    const records = kind.roots[root]
    if (records === undefined || key === null) return effect('nested')
    // A write that loses is no change of its key: what stands there is still the winner's.
    if (JSON.stringify(after.getMap(root).get(key)) === JSON.stringify(before.getMap(root).get(key))) continue
    const fault = records.check({ key, after: after.getMap(root).get(key), before: () => before.getMap(root).get(key) }, actor, circumstances)
    if (fault !== null) return effect(fault)
  }
  return effect(null)
}
