/** Words of an XML record with the little markup that means something in a title or an abstract. */
import { type Element, localName, type Node, startOf } from './xml.ts'

/** Tags that raise letters or part paragraphs; of all others what stands within is words. */
const kept = new Set(['sub', 'sup', 'p', 'sec', 'title', 'list-item', 'break', 'disp-formula', 'italic', 'i'])
/** EndNote says by the face of a style what others have a tag for. */
const raised = new Map([
  ['superscript', 'sup'],
  ['subscript', 'sub'],
])
/** Formulas are read as they are written. */
const formulas = new Set(['math', 'tex-math'])
/** Footnotes and their marks are no words of the text. */
const notes = new Set(['xref', 'fn', 'fn-group'])

/** What stands within an element of `text`, for `plainLine` and `plainParagraphs`; '' without one. */
export const markupOf = (element: Element | undefined, text: string): string => (element === undefined ? '' : within(element.children, text))

const within = (nodes: readonly Node[], text: string): string => nodes.map(node => markup(node, text)).join('')

const markup = (node: Node, text: string): string => {
  if (!('attribs' in node)) return 'children' in node ? within(node.children, text) : node.type === 'text' ? sourceOf(node, text) : ''
  const name = localName(node)
  if (formulas.has(name)) return sourceOf(node, text)
  if (notes.has(name)) return ''
  const inner = within(node.children, text)
  const tag = raised.get(node.attribs.face ?? '') ?? (kept.has(name) ? name : null)
  return tag === null ? inner : `<${tag}>${inner}</${tag}>`
}

const sourceOf = (node: Node, text: string) => text.slice(startOf(node), (node.endIndex ?? 0) + 1)
