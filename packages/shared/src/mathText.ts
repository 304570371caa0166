/**
 * Finds mathematics in titles, abstracts and comments: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. Pure and linear in the length
 * of the text. Money is not mathematics: the rules for a single dollar are Pandoc's (no blank after the first, none
 * before the second, no digit behind it), and what reads as prose between two amounts is prose.
 */

/** A stretch of mathematics; `start` and `end` bound it in the text, delimiters included. */
export interface MathSpan {
  start: number
  end: number
  tex: string
  display: boolean
}

/** Text as it is to be shown, or TeX with the source it came from. */
export type Piece = { kind: 'text'; text: string } | { kind: 'math'; tex: string; display: boolean; source: string }

/** Characters one formula may have: a lone delimiter must not make the rest of an abstract its formula. */
const longestInline = 600
const longestDisplay = 4_000

const opening = /\\[\\$([]|\$\$?/g

/** Two words in a row that are not commands, as between "$1 Million" and "US$". */
const prose = /(^|[\s\d,.])[A-Za-z]{2,}\s+[A-Za-z]{2,}(?=[\s,.;:)]|$)/
const withoutWords = (tex: string) => tex.replace(/\\(?:text|mathrm|operatorname|mbox|textrm|mathbf|mathit)\s*\{[^{}]*\}/g, ' ')

const closedBy = (text: string, from: number, close: string, longest: number) => {
  const at = text.indexOf(close, from)
  return at === -1 || at - from > longest || text.slice(from, at).trim() === '' ? -1 : at
}

/** Where the formula that began before `from` ends by a single dollar, or -1. */
const inlineEnd = (text: string, from: number): number => {
  if (/\s/.test(text[from] ?? ' ')) return -1
  const last = Math.min(text.length, from + longestInline)
  for (let at = from; at < last; at++) {
    const letter = text[at]
    if (letter === '\\') at++
    else if (letter === '\n' && /^\s*\n/.test(text.slice(at + 1, at + 40))) return -1
    else if (letter === '$') {
      const fits = at > from && !/\s/.test(text[at - 1] ?? ' ') && !/\d/.test(text[at + 1] ?? '')
      return fits && !prose.test(withoutWords(text.slice(from, at))) ? at : -1
    }
  }
  return -1
}

/** The formulas of a text, in order. */
export const mathIn = (text: string): MathSpan[] => {
  const spans: MathSpan[] = []
  // Once a closing delimiter is missing behind some point, it is missing behind every later one.
  const missing = new Set<string>()
  opening.lastIndex = 0
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const [open] = match
    const from = match.index + open.length
    const close = { '\\(': '\\)', '\\[': '\\]', $$: '$$' }[open]
    let at = -1
    if (open === '$') at = inlineEnd(text, from)
    else if (close !== undefined && !missing.has(close)) {
      at = closedBy(text, from, close, open === '\\(' ? longestInline : longestDisplay)
      if (at === -1 && text.indexOf(close, from) === -1) missing.add(close)
    }
    if (at === -1) continue
    const end = at + (close ?? '$').length
    spans.push({ start: match.index, end, tex: text.slice(from, at).trim(), display: open === '$$' || open === '\\[' })
    opening.lastIndex = end
  }
  return spans
}

const shown = (text: string) => text.replaceAll('\\$', '$')

/** A text in pieces. `\$` is shown as a dollar; everything else outside of formulas stays as it is. */
export const splitMath = (text: string): Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  for (const { start, end, tex, display } of mathIn(text)) {
    if (start > from) pieces.push({ kind: 'text', text: shown(text.slice(from, start)) })
    pieces.push({ kind: 'math', tex, display, source: text.slice(start, end) })
    from = end
  }
  if (from < text.length) pieces.push({ kind: 'text', text: shown(text.slice(from)) })
  return pieces
}

const code = /(^|\n)[ \t]*(```+|~~~+)[\s\S]*?(?:\n[ \t]*\2|$)|(`+)[\s\S]*?\3(?!`)/g

/**
 * The same judgement for Markdown: what is mathematics gets the delimiters that remark-math knows, every other dollar is
 * escaped, and code stays as it is.
 */
export const mathForMarkdown = (markdown: string): string => {
  let result = ''
  let from = 0
  for (const match of markdown.matchAll(code)) {
    result += delimited(markdown.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return result + delimited(markdown.slice(from))
}

const delimited = (text: string): string => {
  let result = ''
  let from = 0
  for (const span of mathIn(text)) {
    result += escaped(text.slice(from, span.start)) + asMarkdown(text, span)
    from = span.end
  }
  return result + escaped(text.slice(from))
}

const escaped = (text: string) => text.replace(/\\?\$/g, '\\$')

/** A formula that stands alone on its lines becomes a block; within a sentence, a block would tear the sentence apart. */
const asMarkdown = (text: string, { start, end, tex, display }: MathSpan) => {
  if (!display) return `$$${tex}$$`
  const alone = /(^|\n)[ \t]*$/.test(text.slice(0, start)) && /^[ \t]*(\n|$)/.test(text.slice(end))
  return alone ? `\n$$\n${tex}\n$$\n` : `$$\\displaystyle ${tex}$$`
}
