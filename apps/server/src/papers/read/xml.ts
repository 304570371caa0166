/** XML and HTML as a tree, with places in the text. Never throws, takes linear time, and knows nothing of DTDs, so no entity can explode. */
import { DomHandler, ElementType, Parser, type ParserOptions } from 'htmlparser2'

export type Document = DomHandler['root'] & {
  /** Where reading stopped, since elements were nested more deeply than any page has them; null for the whole text. */
  stoppedAt: number | null
}
export type Node = Document['children'][number]
export type Element = Extract<Node, { attribs: object }>

/** Browsers stop at 512. Tags that are never closed nest, too, and each more makes the parser slower. */
const deepest = 3_000
/** Characters that are parsed before the depth is looked at again. */
const stretch = 8_192

/** A tree that knows how deep it is. */
class Tree extends DomHandler {
  get depth(): number {
    return this.tagStack.length
  }
}

const parse = (text: string, options: ParserOptions): Document => {
  const tree = new Tree(undefined, { withStartIndices: true, withEndIndices: true })
  const parser = new Parser(tree, options)
  let at = 0
  while (at < text.length && tree.depth <= deepest) {
    parser.write(text.slice(at, at + stretch))
    at += stretch
  }
  parser.end()
  return Object.assign(tree.root, { stoppedAt: at < text.length ? at : null })
}

export const parseXml = (text: string): Document => parse(text, { xmlMode: true })
export const parseHtml = (text: string): Document => parse(text, {})

/** What is said of a text that was not read to its end; null of one that was. */
export const unreadRest = ({ stoppedAt }: Document): { at: number; reason: string } | null =>
  stoppedAt === null ? null : { at: stoppedAt, reason: 'From here on it is nested too deeply to be read: tags that are never closed, most likely.' }

const isElement = (node: Node): node is Element => node.type === ElementType.Tag || node.type === ElementType.Script || node.type === ElementType.Style

/** The name without its namespace's prefix, in lower case: feeds choose prefixes as they like. */
export const localName = ({ name }: Element): string => name.slice(name.indexOf(':') + 1).toLowerCase()

/** The elements right below. */
export const elementsIn = (parent: Document | Element): Element[] => parent.children.filter(isElement)

/** The first element right below with this local name. */
export const child = (parent: Document | Element, name: string): Element | undefined => elementsIn(parent).find(element => localName(element) === name)
export const childrenNamed = (parent: Document | Element, name: string): Element[] => elementsIn(parent).filter(element => localName(element) === name)

/** All elements below that `wanted` takes, in the order of the text; below one that is taken none is looked for. */
export const findElements = (root: Document | Element, wanted: (element: Element) => boolean): Element[] => {
  const found: Element[] = []
  const open: Node[] = root.children.toReversed()
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue
    if (wanted(node)) found.push(node)
    else for (const below of node.children.toReversed()) open.push(below)
  }
  return found
}

/** The text within, tags left out. */
export const textOf = (root: Node): string => {
  const parts: string[] = []
  const open: Node[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === ElementType.Text) parts.push(node.data)
    else if ('children' in node) for (const below of node.children.toReversed()) open.push(below)
  }
  return parts.join('')
}

/** Trimmed text of the first child with this local name; '' without one. */
export const childText = (parent: Element, name: string): string => {
  const found = child(parent, name)
  return found === undefined ? '' : textOf(found).trim()
}

/** Where an element begins in the text. */
export const startOf = (element: Node): number => element.startIndex ?? 0

/** Whether an element's own end tag is in the text; false where the text was cut off within it. */
export const isClosed = (element: Element, text: string): boolean => {
  const end = (element.endIndex ?? 0) + 1
  const tail = text.slice(Math.max(startOf(element), end - element.name.length - 40), end)
  return /\/\s*>$/.test(tail) || tail.replace(/\s*>$/, '').endsWith(`</${element.name}`)
}
