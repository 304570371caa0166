import * as Y from 'yjs'

/** Where a record lives: a root map of the document and a key in it. Or a text: what its kind calls such texts, and its key. */
export interface Place {
  root: string
  key: string
}

/** Names of root maps hold no slash. Of a text, this is the name under which the document shares it. */
export const idOf = (place: Place) => `${place.root}/${place.key}`

/** Without making the names of both. */
export const isSame = (a: Place, b: Place) => a === b || (a.root === b.root && a.key === b.key)

/** The place of the text that is shared under a name; null where no text can have it. */
export const textPlace = (name: string): Place | null => {
  const slash = name.indexOf('/')
  return slash < 0 ? null : { root: name.slice(0, slash), key: name.slice(slash + 1) }
}

const rootNames = new WeakMap<object, string>()

/** The name under which a root type is shared in its document. */
const rootName = (doc: Y.Doc, type: object): string | undefined => {
  if (!rootNames.has(type)) for (const [name, shared] of doc.share) rootNames.set(shared, name)
  return rootNames.get(type)
}

/** The place of an integrated item, or null for one that does not lie directly in a root map or text. */
export const placeOf = (doc: Y.Doc, item: Y.Item): Place | null => {
  const { parent, parentSub } = item
  if (parent === null || typeof parent === 'string' || parent instanceof Y.ID || parent._item !== null) return null
  const root = rootName(doc, parent)
  if (root === undefined) return null
  return parentSub === null ? textPlace(root) : { root, key: parentSub }
}

/** The integrated struct that covers a clock; undefined if the document does not hold it. */
export const structAt = (doc: Y.Doc, client: number, clock: number): Y.Item | Y.GC | undefined => {
  if (clock >= Y.getState(doc.store, client)) return undefined
  const structs = doc.store.clients.get(client)
  return structs?.[Y.findIndexSS(structs, clock)]
}

/** Clocks of one client, `len` of them from `clock` on. */
export interface Range {
  client: number
  clock: number
  len: number
}

/** Each clock once, in order. */
export const merged = (ranges: readonly Range[]): Range[] => {
  const result: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.client - b.client || a.clock - b.clock)) {
    const last = result.at(-1)
    if (last === undefined || last.client !== range.client || last.clock + last.len < range.clock) result.push({ ...range })
    else last.len = Math.max(last.len, range.clock + range.len - last.clock)
  }
  return result
}

/** The element that covers `clock`, in a list sorted by clocks. How to read one is two functions: a pair for each that is looked at would be garbage. */
export const covering = <T>(list: readonly T[], clock: number, clockOf: (element: T) => number, lengthOf: (element: T) => number): T | undefined => {
  let low = 0
  let high = list.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const element = list[middle]
    if (element === undefined) return undefined
    const start = clockOf(element)
    if (clock < start) high = middle - 1
    else if (clock >= start + lengthOf(element)) low = middle + 1
    else return element
  }
  return undefined
}

/** The range that covers `clock`. */
export const rangeAt = <T extends Range>(ranges: readonly T[], clock: number): T | undefined => covering(ranges, clock, rangeClock, rangeLength)

const rangeClock = (range: Range) => range.clock
const rangeLength = (range: Range) => range.len
