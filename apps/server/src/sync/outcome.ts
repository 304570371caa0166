import * as Y from 'yjs'

/** A value of a record's history, live or not, as Yjs keeps them: in one order for everybody, of which the last one stands. */
interface Write {
  client: number
  clock: number
  origin: Y.ID | null
  rightOrigin: Y.ID | null
  item: Y.Item
}

/**
 * The write of a record that stands once these are applied to a document that holds everything before them: the last in
 * the order into which Yjs integrates concurrent writes (`Item.integrate`, the algorithm of YATA). Null for a record
 * without any.
 */
export const standing = (doc: Y.Doc, { root, key }: { root: string; key: string }, written: readonly Y.Item[]): Y.Item | null => {
  const order = historyOf(doc, root, key)
  const left = new Set(written.map(write))
  // What is written may build on what else is written, in any order.
  for (let before = -1; left.size > 0 && left.size !== before; ) {
    before = left.size
    for (const one of left) if (integrate(order, one)) left.delete(one)
  }
  return order.at(-1)?.item ?? null
}

const write = (item: Y.Item): Write => ({ client: item.id.client, clock: item.id.clock, origin: item.origin, rightOrigin: item.rightOrigin, item })

/** Yjs merges deleted neighbours into one item; here each is one again. */
const historyOf = (doc: Y.Doc, root: string, key: string): Write[] => {
  const order: Write[] = []
  for (let item = doc.getMap(root)._map.get(key) ?? null; item !== null; item = item.left) {
    for (let n = item.length - 1; n >= 0; n--) {
      const { client, clock } = item.id
      order.push({ ...write(item), clock: clock + n, origin: n === 0 ? item.origin : new Y.ID(client, clock + n - 1) })
    }
  }
  return order.reverse()
}

/** False while something that it builds on is not in the order yet. */
const integrate = (order: Write[], one: Write): boolean => {
  const indexOf = (id: Y.ID | null) => (id === null ? -1 : order.findIndex(({ client, clock }) => client === id.client && clock === id.clock))
  const begin = indexOf(one.origin)
  const end = one.rightOrigin === null ? order.length : indexOf(one.rightOrigin)
  if ((one.origin !== null && begin < 0) || end < 0) return false
  let left = begin
  // Those passed over, and of them those that may still have to come after `one`.
  const passed = new Set<Write>()
  const rivals = new Set<Write>()
  for (let n = begin + 1; n < end; n++) {
    const other = order[n]
    if (other === undefined) break
    passed.add(other)
    rivals.add(other)
    if (same(one.origin, other.origin)) {
      if (other.client < one.client) {
        left = n
        rivals.clear()
      } else if (same(one.rightOrigin, other.rightOrigin)) break
    } else {
      const before = order[indexOf(other.origin)]
      if (before === undefined || !passed.has(before)) break
      if (!rivals.has(before)) {
        left = n
        rivals.clear()
      }
    }
  }
  order.splice(left + 1, 0, one)
  return true
}

const same = (a: Y.ID | null, b: Y.ID | null) => a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
