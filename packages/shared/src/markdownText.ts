/**
 * Markdown written and read without a library, for minutes: what is typed as a line becomes a line of it, and it becomes
 * simple HTML for mails, and words for search. Read are headings, paragraphs, lists with their boxes, quotes, code, bold,
 * italics and links; all else stays as it was typed. Nothing but these elements ever gets into the HTML.
 */
import { mathIn, splitMath } from './mathText.ts'

/** Plain words as Markdown, with the signs of it escaped; mathematics is left as it is. Of brackets the second alone is: both would make it mathematics. */
export const mathSafe = (text: string): string =>
  splitMath(text)
    .map(piece => (piece.kind === 'math' ? piece.source : piece.text.replace(/[\\`*_\]<>#|~$]/g, '\\$&')))
    .join('')

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const aside = (sign: string) => String.fromCharCode(0xe000 + sign.charCodeAt(0))
const unescapedSigns = (text: string) => text.replace(/\\([\\`*_[\]<>#|~$])/g, (_, sign: string) => aside(sign))

/** Signs of Markdown that are escaped, or in mathematics, stand for themselves: kept aside while a line is read. */
const hide = (line: string): string => {
  let [hidden, from] = ['', 0]
  for (const { start, end } of mathIn(line)) {
    hidden += unescapedSigns(line.slice(from, start)) + line.slice(start, end).replace(/[\\`*_[\]#|~]/g, aside)
    from = end
  }
  return hidden + unescapedSigns(line.slice(from))
}
const show = (text: string) => text.replace(/[\ue000-\ue0ff]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xe000))

const isLink = (href: string) => /^(https?:\/\/|mailto:|\/g\/)/.test(href)

/** A run of words: links, code, bold and italics, in HTML. */
function inline(line: string): string {
  const parts = hide(line).split(/(`[^`]+`|<https?:\/\/[^\s<>]+>|\[[^\]]+\]\([^\s()]+\))/)
  const html = parts.map((part, i) => {
    if (i % 2 === 0) return styled(escaped(part))
    if (part.startsWith('`')) return `<code>${escaped(part.slice(1, -1))}</code>`
    if (part.startsWith('<')) return link(part.slice(1, -1), part.slice(1, -1))
    const [, words = '', href = ''] = /^\[([^\]]+)\]\(([^\s()]+)\)$/.exec(part) ?? []
    return link(href, words)
  })
  return show(html.join(''))
}
const link = (href: string, words: string) => (isLink(href) ? `<a href="${escaped(href)}">${styled(escaped(words))}</a>` : styled(escaped(words)))
const styled = (html: string) => html.replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>').replace(/(^|[\s(])[*_]([^*_]+)[*_](?=$|[\s.,;:!?)])/g, '$1<em>$2</em>')

/** The blocks of a text. */
type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'quote'; lines: string[] }
  | { kind: 'paragraph'; lines: string[] }
  | { kind: 'code'; lines: string[] }

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  let fence: string[] | null = null
  for (const text of markdown.split(/\r?\n/)) {
    if (/^(```|~~~)/.test(text)) {
      if (fence === null) fence = []
      else {
        blocks.push({ kind: 'code', lines: fence })
        fence = null
      }
    } else if (fence !== null) fence.push(text)
    else addLine(blocks, text)
  }
  if (fence !== null) blocks.push({ kind: 'code', lines: fence })
  return blocks.filter(block => !('lines' in block) || block.lines.length > 0)
}

function addLine(blocks: Block[], text: string): void {
  const last = blocks.at(-1)
  const heading = /^(#{1,6})\s+(.*)$/.exec(text)
  const item = /^\s*([-*+]|\d+[.)])\s+(.*)$/.exec(text)
  const quote = /^>\s?(.*)$/.exec(text)
  if (text.trim() === '') blocks.push({ kind: 'paragraph', lines: [] })
  else if (heading !== null) blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' })
  else if (item !== null) {
    const ordered = /\d/.test(item[1] ?? '')
    if (last?.kind === 'list' && last.ordered === ordered) last.items.push(item[2] ?? '')
    else blocks.push({ kind: 'list', ordered, items: [item[2] ?? ''] })
  } else if (quote !== null) {
    if (last?.kind === 'quote') last.lines.push(quote[1] ?? '')
    else blocks.push({ kind: 'quote', lines: [quote[1] ?? ''] })
  } else if (last?.kind === 'list' && /^\s/.test(text)) last.items.push(`${last.items.pop() ?? ''} ${text.trim()}`)
  else if (last?.kind === 'paragraph') last.lines.push(text)
  else blocks.push({ kind: 'paragraph', lines: [text] })
}

const box = (item: string): string => item.replace(/^\[( |x|X)\] /, (_, sign: string) => (sign === ' ' ? '☐ ' : '☑ '))

/** Simple HTML, as mails and files have it. */
export const markdownHtml = (markdown: string): string =>
  blocksOf(markdown)
    .map(block => {
      if (block.kind === 'heading') return `<h${block.level}>${inline(block.text)}</h${block.level}>`
      if (block.kind === 'code') return `<pre><code>${escaped(block.lines.join('\n'))}</code></pre>`
      if (block.kind === 'quote') return `<blockquote><p>${block.lines.map(inline).join('<br>')}</p></blockquote>`
      if (block.kind === 'paragraph') return `<p>${block.lines.map(text => inline(text.trimEnd()) + (text.endsWith('  ') ? '<br>' : '')).join('\n')}</p>`
      const items = block.items.map(item => `<li>${inline(box(item))}</li>`).join('\n')
      return block.ordered ? `<ol>\n${items}\n</ol>` : `<ul>\n${items}\n</ul>`
    })
    .join('\n')

/** The words alone, a block a line: for search. */
export const markdownPlain = (markdown: string): string =>
  blocksOf(markdown)
    .flatMap(block => ('items' in block ? block.items.map(item => item.replace(/^\[[ xX]\] /, '')) : 'lines' in block ? block.lines : [block.text]))
    .map(text =>
      show(
        hide(text)
          .replace(/\[([^\]]+)\]\([^\s()]+\)/g, '$1')
          .replace(/[*_`<>]/g, '')
          .trim(),
      ),
    )
    .filter(Boolean)
    .join('\n')
