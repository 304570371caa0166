/** XML and HTML as a tree, with places in the text. Never throws, takes linear time, and knows nothing of DTDs, so no entity can explode. */
import { ElementType, parseDocument } from 'htmlparser2'

type Document = ReturnType<typeof parseDocument>
export type Node = Document['children'][number]
export type Element = Extract<Node, { attribs: object }>

export const parseXml = (text: string): Document => parseDocument(text, { xmlMode: true, withStartIndices: true, withEndIndices: true })
export const parseHtml = (text: string): Document => parseDocument(text, { withStartIndices: true, withEndIndices: true })

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
export const startOf = (element: Element): number => element.startIndex ?? 0

/** Whether an element's own end tag is in the text; false where the text was cut off within it. */
export const isClosed = (element: Element, text: string): boolean => {
  const end = (element.endIndex ?? 0) + 1
  const tail = text.slice(Math.max(startOf(element), end - element.name.length - 40), end)
  return /\/\s*>$/.test(tail) || tail.replace(/\s*>$/, '').endsWith(`</${element.name}`)
}
