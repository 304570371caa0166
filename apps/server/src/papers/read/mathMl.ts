/** MathML as TeX, as far as titles and abstracts use it: letters, operators, scripts, fractions, roots, accents. */
import { ElementType, parseDocument } from 'htmlparser2'
import { elementsIn, localName, type Node, textOf } from './xml.ts'

/** A formula longer than this is left to be read as its letters. */
const longest = 20_000
const deepest = 60

/** The text with each MathML formula as TeX between dollar signs. */
export const texOfMathMl = (text: string): string => {
  const parts: string[] = []
  const opening = /<([a-z]{1,4}:)?math(?:\s[^<>]{0,500})?>/gi
  let from = 0
  for (let start = opening.exec(text); start !== null; start = opening.exec(text)) {
    const close = `</${start[1] ?? ''}math>`
    const end = text.indexOf(close, opening.lastIndex)
    // No further formula is closed either: looking on for each would take quadratic time.
    if (end < 0) break
    parts.push(text.slice(from, start.index))
    from = end + close.length
    opening.lastIndex = from
    parts.push(formula(text.slice(start.index, from)))
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}

const formula = (markup: string): string => {
  const [root] = parseDocument(markup.slice(0, longest), { xmlMode: true }).children
  if (root === undefined) return ''
  const tex = texOf(root, 0).replace(/\s+/g, ' ').trim()
  return tex === '' ? '' : `$${tex}$`
}

const wide: Record<string, string> = { '¯': '\\bar', '‾': '\\bar', '^': '\\hat', ˆ: '\\hat', '~': '\\tilde', '˜': '\\tilde', '→': '\\vec', '˙': '\\dot' }
const named: Record<string, string> = {
  '≤': '\\le',
  '≥': '\\ge',
  '×': '\\times',
  '±': '\\pm',
  '→': '\\to',
  '∞': '\\infty',
  '∼': '\\sim',
  '≈': '\\approx',
  '∈': '\\in',
  '∑': '\\sum',
  '∏': '\\prod',
  '∫': '\\int',
  '⋅': '\\cdot',
  '−': '-',
  '\u2061': '',
  '\u2062': '',
}

const texOf = (node: Node, depth: number): string => {
  if (node.type === ElementType.Text) return letters(node.data)
  if (!('children' in node) || depth > deepest) return ''
  if (!('name' in node)) return node.children.map(child => texOf(child, depth + 1)).join('')
  const name = localName(node)
  const parts = elementsIn(node).map(child => texOf(child, depth + 1))
  const [a = '', b = '', c = ''] = parts
  switch (name) {
    case 'annotation':
    case 'annotation-xml':
      return ''
    case 'msup':
      return `${base(a)}^{${b}}`
    case 'msub':
      return `${base(a)}_{${b}}`
    case 'msubsup':
      return `${base(a)}_{${b}}^{${c}}`
    case 'mfrac':
      return `\\frac{${a}}{${b}}`
    case 'msqrt':
      return `\\sqrt{${parts.join('')}}`
    case 'mroot':
      return `\\sqrt[${b}]{${a}}`
    case 'mover':
      return `${wide[b.trim()] ?? `\\overset{${b}}`}{${a}}`
    case 'munder':
      return `${base(a)}_{${b}}`
    case 'munderover':
      return `${base(a)}_{${b}}^{${c}}`
    case 'mtext':
      return wordsOf(textOf(node), '\\text')
    case 'mi':
      return wordsOf(textOf(node), '\\mathrm')
    case 'mfenced':
      return `(${parts.join(',')})`
    case 'mspace':
      return ' '
    default:
      return node.children.map(child => texOf(child, depth + 1)).join('')
  }
}

/** A base of several letters is held together; empty ones, as before an isotope's number, stay empty groups. */
const base = (tex: string) => (/^(\\[a-zA-Z]+ ?|.|)$/.test(tex) ? tex || '{}' : `{${tex}}`)
const wordsOf = (text: string, command: string) => {
  const word = text.trim()
  return [...word].length > 1 && /^[\p{L} .,-]+$/u.test(word) ? `${command}{${word}}` : letters(word)
}
const letters = (text: string) => [...text.trim()].map(letter => (named[letter]?.startsWith('\\') ? `${named[letter]} ` : (named[letter] ?? letter))).join('')
