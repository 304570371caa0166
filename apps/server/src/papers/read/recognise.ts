/**
 * Cuts a text into parts of one format each: a list of ids with a BibTeX entry below and a feed behind it is three. Looks at
 * the beginnings of lines alone, goes forward only, and so takes linear time.
 */
import { mailedEnd, mailedStart } from './arxivMail.ts'
import { type BibEntry, bibEntries } from './bibtex.ts'
import { risStart, risTag } from './ris.ts'
import { headerOf } from './table.ts'
import { taggedStart } from './tagged.ts'

export type Part =
  | { format: 'lines' | 'xml' | 'ris' | 'tagged' | 'mailed'; start: number; end: number }
  | { format: 'bibtex'; start: number; end: number; entry: BibEntry }
  /** Their readers tell where they end. */
  | { format: 'json' | 'table'; start: number; end: null }

/** Names of entries people write in parentheses, or that have no key. */
const bibHead =
  /^[ \t]*@[ \t]*(?:(?:string|comment|preamble)\s{0,80}[{(]|[A-Za-z]{2,40}\s{0,80}\{[^{}=\n]{0,300}(?:,|\n|=|$|\})|(?:article|book|booklet|inbook|incollection|inproceedings|conference|manual|mastersthesis|misc|phdthesis|proceedings|techreport|unpublished)\s{0,80}\([^(){}="#\n]{0,300},)/i
const jsonHead = /^[\s\ufeff]*(?:\[\s*(?:\[\s*)?(?:null\s*,\s*)*\{\s*(?:["'}]|$)|\[\s*["']\s*\{|\[\s*\]\s*(?:\n|$)|\{\s*(?:["']|\}\s*(?:\n|$)))/
const xmlHead =
  /^[ \t\ufeff]*(?:<!--(?:(?!-->)[\s\S]){0,300}-->\s*)?<(?:\?xml\b|!doctype\b|(?:[a-z]{1,8}:)?(?:feed|rss|rdf|oai-pmh|listrecords|getrecord|records?|entry|item|channel|html|head|body|main|article|section|div|table|ul|ol|dl|opml|xml|pubmedarticleset|pubmedarticle|pubmedbookarticle|pmc-articleset|articles|modscollection|tei|plist)[\s>])/i
const root = /<(?:[a-z]{1,8}:)?([a-z][\w.-]{0,30})(?=[\s>/])/gi

/** Walks through the parts of a text, whose lines end in \n alone. A class, since the readers of some parts say where to go on. */
export class Parts {
  text: string
  /** Where the next part begins. */
  at = 0
  entries: Map<number, BibEntry>
  unclosed = new Set<string>()

  constructor(text: string) {
    this.text = text
    this.entries = new Map(text.includes('@') ? bibEntries(text).map(entry => [entry.at, entry]) : [])
  }

  /** The next part; null at the end of the text. Whoever reads JSON or a table sets `at` behind it. */
  next(): Part | null {
    if (this.at >= this.text.length) return null
    const start = this.at
    // A table begins below a blank line, or where another part has ended.
    let first = true
    for (let line = this.behindSeparator(start); line < this.text.length; line = this.lineEnd(line)) {
      const sign = this.firstSign(line)
      const special = sign === '' ? null : this.specialAt(line, sign, first)
      first = sign === ''
      if (special === null) continue
      if (line > this.behindSeparator(start)) {
        this.at = line
        return { format: 'lines', start, end: line }
      }
      this.at = special.end ?? line
      return special
    }
    this.at = this.text.length
    return { format: 'lines', start, end: this.text.length }
  }

  /** Excel's own line above a table, `sep=;`, says nothing that its header does not. */
  behindSeparator(start: number): number {
    return /^\ufeff?sep=.$/i.test(this.text.slice(start, this.lineEnd(start)).trimEnd()) ? this.lineEnd(start) : start
  }

  lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from)
    return end < 0 ? this.text.length : end + 1
  }

  /** The first sign of a line that is no space; '' where it is blank. */
  firstSign(line: number): string {
    let at = line
    while (this.text[at] === ' ' || this.text[at] === '\t' || this.text[at] === '\ufeff') at++
    const sign = this.text[at]
    return sign === undefined || sign === '\n' ? '' : sign
  }

  /** The part that begins on a line, unless it is one of plain lines. */
  specialAt(line: number, sign: string, first: boolean): Part | null {
    if (!first && !'@{[<TPFR%\\'.includes(sign)) return this.headerAt(line, true)
    const head = this.text.slice(line, line + 400)
    if (sign === '@') return this.bibtexAt(line, head)
    if (sign === '{' || sign === '[') return jsonHead.test(head) ? { format: 'json', start: line, end: null } : null
    if (sign === '<') return xmlHead.test(head) ? { format: 'xml', start: line, end: this.xmlEnd(line) } : null
    if (sign === 'T' && risStart.test(head.split('\n', 1)[0] ?? '')) return { format: 'ris', start: line, end: this.risEnd(line) }
    if (sign === '\\' && mailedStart.test(head)) return { format: 'mailed', start: line, end: this.mailedEnd(line) }
    if ('PFR%'.includes(sign) && taggedStart.test(head)) return { format: 'tagged', start: line, end: this.taggedEnd(line) }
    return this.headerAt(line, !first)
  }

  /** Below other lines a header has nothing but names of columns. */
  headerAt(line: number, alone: boolean): Part | null {
    const header = headerOf(this.text.slice(line, Math.min(this.lineEnd(line), line + 2_001)).trimEnd())
    return header === null || (alone && header.meaning.some(column => column === undefined)) ? null : { format: 'table', start: line, end: null }
  }

  /** Behind the address of the entry's page, or before the next. */
  mailedEnd(start: number): number {
    for (let line = this.lineEnd(start); line < this.text.length; line = this.lineEnd(line)) {
      const text = this.text.slice(line, line + 60)
      if (mailedEnd.test(text)) return this.lineEnd(line)
      if (mailedStart.test(text)) return line
    }
    return this.text.length
  }

  /** Records of this kind go on to what cannot belong to them. */
  taggedEnd(start: number): number {
    let line = this.lineEnd(start)
    while (line < this.text.length) {
      const text = this.text.slice(line, Math.min(this.lineEnd(line), line + 100))
      if (bibHead.test(text) || xmlHead.test(text) || risStart.test(text) || /^(https?:|arxiv:|10\.\d{4}|\d{4}\.\d{4,5})/i.test(text)) return line
      line = this.lineEnd(line)
    }
    return this.text.length
  }

  bibtexAt(line: number, head: string): Part | null {
    if (!bibHead.test(head)) return null
    const start = this.text.indexOf('@', line)
    const entry = this.entries.get(start)
    if (entry === undefined) return null
    return { format: 'bibtex', start, end: Math.max(entry.end, start + 1), entry }
  }

  /** Behind the end tag of the outermost element, or the end of the text. */
  xmlEnd(start: number): number {
    root.lastIndex = start
    const name = root.exec(this.text)?.[0].slice(1).toLowerCase()
    if (name === undefined || this.unclosed.has(name)) return this.text.length
    const close = new RegExp(`</${name.replaceAll('.', '\\.')}\\s{0,20}>`, 'gi')
    close.lastIndex = start
    if (close.exec(this.text) !== null) return close.lastIndex
    this.unclosed.add(name)
    return this.text.length
  }

  /** Behind ER, or before what cannot belong to a record. */
  risEnd(start: number): number {
    let line = this.lineEnd(start)
    let blank = false
    while (line < this.text.length) {
      const end = this.lineEnd(line)
      const text = this.text.slice(line, Math.min(end, line + 100)).trimEnd()
      const tag = risTag(text)
      if (tag === 'ER') return end
      // Where ER is missing, an id below a blank line is no more of the field above.
      if (blank && tag === null && /^\s*(https?:|arxiv:|10\.\d{4,9}\/|\d{4}\.\d{4,5})\S*$/i.test(text)) return line
      blank = text === ''
      if (tag === 'TY' || (tag === null && (bibHead.test(text) || xmlHead.test(text)))) return line
      line = end
    }
    return this.text.length
  }
}
