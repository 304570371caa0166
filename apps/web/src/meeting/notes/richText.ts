/** What is pasted with its looks, from a web page or a word processor, in Markdown. */

/** What is needed of a node of a document. */
export interface RichNode {
  nodeType: number
  nodeName: string
  nodeValue: string | null
  childNodes: ArrayLike<RichNode>
  getAttribute?: (name: string) => string | null
}

const element = 1
const plainText = 3

const childrenOf = (node: RichNode): RichNode[] => Array.from(node.childNodes)
const tagOf = ({ nodeType, nodeName }: RichNode): string => (nodeType === element ? nodeName.toLowerCase() : '')
const attribute = (node: RichNode, name: string): string => node.getAttribute?.(name) ?? ''
const textOf = (node: RichNode): string =>
  node.nodeType === plainText ? (node.nodeValue ?? '') : tagOf(node) === 'br' ? '\n' : childrenOf(node).map(textOf).join('')

const unread = new Set(['head', 'meta', 'link', 'script', 'style', 'template', 'title', 'noscript', 'svg', 'button'])
const blocks = new Set(
  'address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table ul'.split(
    ' ',
  ),
)
/** What plain text could not say. Of spans and divs alone it says all: so editors of code copy. */
const telling = new Set('a b blockquote code del em h1 h2 h3 h4 h5 h6 i li math s strong table'.split(' '))

/** KaTeX shows everything twice: once for eyes. */
const isPassedOver = (node: RichNode) => unread.has(tagOf(node)) || /\bkatex-html\b/.test(attribute(node, 'class'))

const some = (node: RichNode, is: (one: RichNode) => boolean): boolean => is(node) || childrenOf(node).some(child => some(child, is))
const isBlock = (node: RichNode) => blocks.has(tagOf(node))
const hasBlocks = (node: RichNode) => childrenOf(node).some(child => some(child, isBlock))
const isTelling = (node: RichNode) => telling.has(tagOf(node)) || /font-weight:\s*(bold|[6-9]00)/.test(attribute(node, 'style'))
const isCode = (node: RichNode) => tagOf(node) !== 'pre' && /white-space:\s*pre\s*(;|$)/.test(attribute(node, 'style'))

/** Null where plain text says as much. */
export function markdownOf(body: RichNode): string | null {
  if (!some(body, isTelling) || childrenOf(body).some(isCode)) return null
  const markdown = blocksOf(body).join('\n\n').trim()
  return markdown === '' ? null : markdown
}

/** The blocks within a node; words between blocks are paragraphs. */
function blocksOf(node: RichNode): string[] {
  const found: string[] = []
  let run: RichNode[] = []
  const endRun = () => {
    const words = lines(run.map(inline).join(''))
    if (words !== '') found.push(words)
    run = []
  }
  for (const child of childrenOf(node)) {
    if (isPassedOver(child)) continue
    if (!isBlock(child) && !hasBlocks(child)) run.push(child)
    else {
      endRun()
      found.push(...block(child))
    }
  }
  endRun()
  return found
}

function block(node: RichNode): string[] {
  const tag = tagOf(node)
  const level = /^h([1-6])$/.exec(tag)?.[1]
  if (level !== undefined) {
    const words = lines(inlineOf(node)).replaceAll('\n', ' ').replaceAll('**', '')
    return words === '' ? [] : [`${'#'.repeat(Number(level))} ${words}`]
  }
  if (tag === 'pre') return [`\`\`\`\n${textOf(node).replace(/\n$/, '')}\n\`\`\``]
  if (tag === 'hr') return ['---']
  if (tag === 'blockquote') return quoted(blocksOf(node))
  if (tag === 'ul' || tag === 'ol') return listed(node)
  if (tag === 'table') return table(node)
  return blocksOf(node)
}

const quoted = (inside: string[]): string[] => (inside.length === 0 ? [] : [inside.join('\n\n').replace(/^/gm, '> ').replace(/ +$/gm, '')])

function listed(list: RichNode): string[] {
  const ordered = tagOf(list) === 'ol'
  const first = Number.parseInt(attribute(list, 'start'), 10) || 1
  const items = childrenOf(list).filter(child => tagOf(child) !== '' && !isPassedOver(child))
  const lines = items.map((item, n) => {
    const mark = ordered ? `${first + n}. ` : '- '
    // Word processors put the list of the next level beside the items, not into one.
    const inside = tagOf(item) === 'li' ? blocksOf(item) : block(item)
    const text = inside.join('\n').replaceAll('\n', `\n${' '.repeat(mark.length)}`)
    return tagOf(item) === 'li' ? mark + text : `${' '.repeat(mark.length)}${text}`
  })
  return lines.length === 0 ? [] : [lines.join('\n')]
}

const rowsOf = (node: RichNode): RichNode[] => childrenOf(node).flatMap(child => (tagOf(child) === 'tr' ? [child] : rowsOf(child)))

function table(node: RichNode): string[] {
  const rows = rowsOf(node).map(row =>
    childrenOf(row)
      .filter(cell => /^t[dh]$/.test(tagOf(cell)))
      .map(cell => blocksOf(cell).join(' ').replaceAll('\n', ' ').replaceAll('|', '\\|')),
  )
  const width = Math.max(0, ...rows.map(cells => cells.length))
  // Laid out by a table, it is none.
  if (width < 2) return rows.flat().filter(text => text !== '')
  const line = (cells: readonly string[]) => `| ${Array.from({ length: width }, (_, n) => cells[n] ?? '').join(' | ')} |`
  const [head = [], ...rest] = rows
  return [[line(head), line(Array.from({ length: width }, () => '---')), ...rest.map(line)].join('\n')]
}

const inlineOf = (node: RichNode): string => childrenOf(node).map(inline).join('')

function inline(node: RichNode): string {
  if (node.nodeType === plainText) return (node.nodeValue ?? '').replace(/\s+/g, ' ')
  const tag = tagOf(node)
  if (tag === '' || isPassedOver(node)) return ''
  if (tag === 'br') return '\n'
  if (tag === 'math') return mathIn(node)
  if (tag === 'img') return attribute(node, 'alt')
  if (tag === 'input') return attribute(node, 'type') === 'checkbox' ? ((node.getAttribute?.('checked') ?? null) === null ? '[ ] ' : '[x] ') : ''
  if (/^(code|kbd|samp|tt)$/.test(tag)) return around(textOf(node).replace(/\s+/g, ' '), '`')
  const words = inlineOf(node)
  if (tag === 'a') return link(words, attribute(node, 'href'))
  return styled(node, words)
}

function styled(node: RichNode, words: string): string {
  const [tag, style] = [tagOf(node), attribute(node, 'style')]
  const weight = /font-weight:\s*(\w+)/.exec(style)?.[1]
  const isBold = weight === undefined ? tag === 'b' || tag === 'strong' : /^(bold|bolder|[6-9]00)$/.test(weight)
  const slant = /font-style:\s*(\w+)/.exec(style)?.[1]
  const isItalic = slant === undefined ? tag === 'i' || tag === 'em' : slant !== 'normal'
  const struck = /^(del|s|strike)$/.test(tag) ? around(words, '~~') : words
  const slanted = isItalic ? around(struck, '_') : struck
  return isBold ? around(slanted, '**') : slanted
}

/** Marks stand at words, not at spaces. */
function around(words: string, mark: string): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? []
  if (inside === '' || inside.startsWith(mark)) return words
  return before + mark + inside + mark + after
}

function link(words: string, href: string): string {
  const text = words.trim().replaceAll('\n', ' ')
  if (text === '' || !/^(https?:|mailto:)/i.test(href)) return words
  const address = href.replaceAll(' ', '%20').replaceAll('(', '%28').replaceAll(')', '%29')
  return text === href ? href : words.replace(words.trim(), () => `[${text.replace(/[[\]]/g, '\\$&')}](${address})`)
}

/** As it was typed, where the page tells. */
function mathIn(node: RichNode): string {
  const source = (of: RichNode): string =>
    attribute(of, 'encoding') === 'application/x-tex' ? textOf(of) : childrenOf(of).reduce((found, child) => found || source(child), '')
  const tex = (attribute(node, 'alttext') || source(node)).trim()
  if (tex === '') return textOf(node)
  return attribute(node, 'display') === 'block' ? `$$${tex}$$` : `$${tex}$`
}

/** A paragraph: no spaces around its lines. */
const lines = (words: string): string =>
  words
    .replace(/ *\n */g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim()
