/**
 * What was written here into a text and is not known to be stored. A text is no record of one's own that could be set
 * again as a whole: what is kept are passages, each with the character that it came after.
 */
import * as Y from 'yjs'
import { z } from 'zod'

const Character = z.tuple([z.number(), z.number()])

/** Characters written one after another, from the first of these ids on; after null they stood at the beginning. */
const Passage = z.object({ first: Character, after: Character.nullable(), text: z.string() })
type Passage = z.infer<typeof Passage>

export const UnsavedText = z.object({
  /** All that was written, also what was deleted since: by client, from a clock, up to a clock. */
  spans: z.array(z.tuple([z.number(), z.number(), z.number()])),
  /** What is left of it, in the order of the text. */
  passages: z.array(Passage),
})
export type UnsavedText = z.infer<typeof UnsavedText>
type Spans = UnsavedText['spans']

/** A text lies at the root of the document, named `<root>/<key>`; the names of root maps hold no slash. */
export const textNamed = (name: string): { root: string; key: string } | null => {
  const slash = name.indexOf('/')
  return slash < 0 ? null : { root: name.slice(0, slash), key: name.slice(slash + 1) }
}

/** What `earlier` held and a transaction added, as it stands now. */
export const noteText = (text: Y.Text, transaction: Y.Transaction, earlier: UnsavedText | null): UnsavedText => {
  const { clientID } = transaction.doc
  const from = transaction.beforeState.get(clientID) ?? 0
  const to = transaction.afterState.get(clientID) ?? 0
  const spans: Spans = (earlier?.spans ?? []).map(span => [...span])
  const last = spans.at(-1)
  if (last?.[0] === clientID && last[2] === from) last[2] = to
  else if (to > from) spans.push([clientID, from, to])
  return { spans, passages: passagesOf(text, spans) }
}

const passagesOf = (text: Y.Text, spans: Spans): Passage[] => {
  const passages: Passage[] = []
  let after: [number, number] | null = null
  for (let item = text._start; item !== null; item = item.right) {
    const { client, clock } = item.id
    const theirs = spans.filter(([of]) => of === client)
    for (let at = 0; at < item.length; ) {
      const inside = theirs.find(([, from, to]) => clock + at >= from && clock + at < to)
      const end = Math.min(item.length, ...(inside === undefined ? theirs.map(([, from]) => from - clock).filter(start => start > at) : [inside[2] - clock]))
      const written = inside !== undefined && !item.deleted && item.content instanceof Y.ContentString ? item.content.str.slice(at, end) : null
      if (written !== null) passages.push({ first: [client, clock + at], after, text: written })
      if (written !== null || inside === undefined) after = [client, clock + end - 1]
      at = end
    }
  }
  return passages
}

/** What is left, in words: what stood together is together. */
export const wordsOf = ({ passages }: UnsavedText): string => {
  const words: string[] = []
  let end: string | null = null
  for (const { first, after, text } of passages) {
    if (after !== null && end === String(after)) words.push(`${words.pop() ?? ''}${text}`)
    else words.push(text)
    end = String([first[0], first[1] + text.length - 1])
  }
  return words.join('\n\n')
}

/** Writes passages into a text where they stood, or at the end if that place is gone, except what of them is there. */
export const writeAgain = (text: Y.Text, { passages }: UnsavedText) => {
  let [end, written]: [string | null, number] = [null, 0]
  for (const { first, after, text: whole } of passages) {
    const [client, clock] = first
    const known = Math.max(0, Math.min(whole.length, stateOf(text, client) - clock))
    const lacking = whole.slice(known)
    const follows = known > 0 ? [client, clock + known - 1] : after
    if (lacking === '') continue
    const place = follows === null ? 0 : (placeAfter(text, follows) ?? (end === String(follows) ? written : null))
    const separator = place === null && text.length > 0 ? '\n\n' : ''
    const at = place ?? text.length
    text.insert(at, separator + lacking)
    end = String([client, clock + whole.length - 1])
    written = at + separator.length + lacking.length
  }
}

const stateOf = ({ doc }: Y.Text, client: number) => (doc === null ? 0 : Y.getState(doc.store, client))

const placeAfter = (text: Y.Text, [client = 0, clock = 0]: readonly number[]): number | null => {
  if (text.doc === null || stateOf(text, client) <= clock) return null
  const place = Y.createAbsolutePositionFromRelativePosition(new Y.RelativePosition(null, null, Y.createID(client, clock), -1), text.doc)
  return place?.type === text ? place.index : null
}
