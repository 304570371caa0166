/**
 * Titles and abstracts as text. Publishers and indexes write HTML, JATS and MathML into them, some of it escaped twice;
 * we keep text with TeX between dollar signs. Only tags that are known go: `<kernel> <options>` is what an author wrote.
 */
import { decodeHTMLStrict } from 'entities'
import { texOfMathMl } from './mathMl.ts'

/** Tags that stand around words. */
const inline =
  'a|abbr|b|bdi|big|bold|cite|code|em|ext-link|font|i|inline-formula|italic|mark|monospace|roman|sans-serif|sc|scp|small|span|strike|strong|styled-content|tt|u|underline|xref'
/** Tags that part lines. */
const block =
  'abstract|alternatives|article-title|blockquote|body|br|break|disp-formula|div|h[1-6]|html|label|li|list|list-item|ol|p|sec|section|table|tbody|td|tr|title|ul'
const prefix = '(?:[a-z]{2,4}\\d?:)?'
const rest = '(?:\\s[^<>]{0,500})?/?>'
const inlineTag = new RegExp(`</?${prefix}(?:${inline})${rest}`, 'gi')
const blockTag = new RegExp(`</?${prefix}(?:${block})${rest}`, 'gi')
const raised = new RegExp(`<${prefix}(su[bp])(?:\\s[^<>]{0,200})?>([^<>]{0,200})</${prefix}su[bp]>`, 'gi')
/** Crossref drops the space before a name in italics: `successful<i>Shigella`. Emphasis within a word hardly begins in upper case. */
const glued = new RegExp(`(\\p{L}{2})(?=<${prefix}(?:i|em|italic)>\\p{Lu}\\p{Ll}{2})`, 'gu')
const anySuTag = new RegExp(`</?${prefix}su[bp]${rest}`, 'gi')
const hidden = /<!--.{0,300}?-->|<!\[CDATA\[|\]\]>/gs
const texMath = new RegExp(`<${prefix}tex-math(?:\\s[^<>]{0,200})?>([^<>]{0,5000})</${prefix}tex-math>`, 'gi')

/** Text longer than any abstract is not looked at further: the time it takes is bounded. */
const longest = 200_000

/** A title, or anything else of one line. */
export const plainLine = (markup: string): string => lineOf(plain(markup))

/** An abstract: its paragraphs with a blank line between, without its heading "Abstract". */
export const plainParagraphs = (markup: string): string =>
  plain(markup)
    .split(/\n\s*\n/)
    .map(lineOf)
    .filter(paragraph => paragraph !== '')
    .filter((paragraph, at) => at > 0 || !/^(abstract|summary)[.:]?$/i.test(paragraph))
    .join('\n\n')

/** Words with single spaces between: hard line breaks, tabs and no-break spaces are spaces. */
export const lineOf = (text: string): string => text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim()

const plain = (markup: string): string => {
  let text = markup.slice(0, longest)
  // Twice escaped text needs a second turn, and some a third.
  for (let turn = 0; turn < 3 && /[<&]/.test(text); turn++) {
    const before = text
    text = withoutTags(text)
    text = decodeHTMLStrict(text)
    if (text === before) break
  }
  return text
}

const withoutTags = (text: string): string => {
  if (!text.includes('<')) return text
  return texOfMathMl(text)
    .replace(hidden, '')
    .replace(texMath, (_, tex: string) => texOf(tex))
    .replace(raised, (_, tag: string, inner: string) => raise(tag.toLowerCase() === 'sub' ? '_' : '^', inner))
    .replace(anySuTag, '')
    .replace(glued, '$1 ')
    .replace(inlineTag, '')
    .replace(blockTag, '\n\n')
}

/** JATS keeps whole LaTeX documents in its formulas. */
const texOf = (tex: string) => {
  const body = /\\begin\{document\}(.*?)\\end\{document\}/s.exec(tex)?.[1] ?? tex
  const inner = body.trim().replace(/^\$+|\$+$/g, '')
  return inner === '' ? '' : `$${inner}$`
}

const superscript = new Map(
  Object.entries({ '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻', '−': '⁻', n: 'ⁿ' }),
)
const subscript = new Map(
  Object.entries({ '0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋', '−': '₋' }),
)

/** CO<sub>2</sub> is CO₂; what has no such letters is TeX. */
export const raise = (mark: '_' | '^', inner: string): string => {
  const text = lineOf(decodeHTMLStrict(inner))
  if (text === '') return ''
  const letters = [...text].map(letter => (mark === '_' ? subscript : superscript).get(letter))
  return letters.every(letter => letter !== undefined) ? letters.join('') : `$${mark}{${text}}$`
}
