/**
 * The structure of BibTeX: entries, fields, strings. An entry that is broken ends where the next begins on a line of its own,
 * so it never swallows another. Linear time. Grammar as btparse has it: https://metacpan.org/dist/Text-BibTeX/view/btparse/doc/bt_language.pod
 */

export interface BibEntry {
  /** In lower case: `article`. */
  type: string
  key: string
  /** Field names in lower case, values as LaTeX, strings put in. */
  fields: Map<string, string>
  /** Where its `@` stands, and just behind its end. */
  at: number
  end: number
  /** What is wrong with it, and where. `mended`: all of it has been read nevertheless. */
  fault: { at: number; reason: string; mended?: boolean } | null
}

/** Names of months that every style defines. */
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Where an entry begins on a line. */
export const entryStart = /^[ \t]*@[ \t]*[A-Za-z]{2,40}\s{0,80}[{(]/gm
const entryHead = /@[ \t]*([A-Za-z]{2,40})\s{0,80}([{(])/g

/** All entries of a text, in order; comments, preambles and strings among them, with their places alone. Strings count from where they stand on. */
export const bibEntries = (text: string): BibEntry[] => {
  const strings = new Map(months.map(month => [month, month]))
  const starts = [...text.matchAll(entryStart)].map(({ index }) => index)
  const entries: BibEntry[] = []
  for (const [at, start] of starts.entries()) {
    const limit = starts[at + 1] ?? text.length
    entryHead.lastIndex = start
    // Behind an entry, others may follow on its last line.
    for (let head = entryHead.exec(text); head !== null && head.index < limit; head = entryHead.exec(text)) {
      const entry = readEntry({
        text,
        strings,
        limit,
        at: head.index,
        from: entryHead.lastIndex,
        type: (head[1] ?? '').toLowerCase(),
        close: head[2] === '(' ? ')' : '}',
      })
      entries.push(entry)
      entryHead.lastIndex = Math.max(entry.end, entryHead.lastIndex)
    }
  }
  return entries
}

/** Just behind a balanced group that opens at `from`, or the limit. */
const skipped = (text: string, from: number, limit: number): number => {
  if (text[from] === '(') {
    const end = text.indexOf(')', from)
    return end < 0 || end > limit ? limit : end + 1
  }
  return braced(text, from, limit) ?? limit
}

/** Just behind the brace that closes the one at `from`; null where the limit comes first. */
const braced = (text: string, from: number, limit: number): number | null => {
  let depth = 0
  for (let at = from; at < limit; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return at + 1
  }
  return null
}

interface Head {
  text: string
  strings: Map<string, string>
  limit: number
  at: number
  from: number
  type: string
  close: ')' | '}'
}

const readEntry = (head: Head): BibEntry => {
  const { text, limit, type, from } = head
  const entry: BibEntry = { type, key: '', fields: new Map(), at: head.at, end: from, fault: null }
  if (type === 'comment' || type === 'preamble') return { ...entry, end: skipped(text, from - 1, limit) }
  let here = from
  if (type !== 'string') {
    const start = text.slice(from, Math.min(limit, from + 500))
    // The comma behind a key is forgotten now and then.
    const [named] = /^[^,={}]*(?=[,}]|$)/.exec(start) ?? /^\s*[^\s,={}]+(?=[ \t]*\n\s*[A-Za-z][\w-]*\s*=)/.exec(start) ?? ['']
    entry.key = named.trim()
    here = from + named.length
  }
  here = readFields(head, entry, here)
  entry.end = here
  if (type === 'string') for (const [name, value] of entry.fields) head.strings.set(name, value)
  return entry
}

/** Between fields, a percent sign makes the rest of its line a comment, as Biber has it. */
const nameHere = /(?:[\s,]|%[^\n]*\n)*([^\s,={}"#()%]{1,100})\s*=\s*/y
const closeHere = /(?:[\s,]|%[^\n]*\n)*([)}])/y
/** What no entry is followed by: one more of its own fields. */
const goesOn = /\s*,\s*[A-Za-z][\w-]{0,40}\s*=\s*[{"]/y

/** Reads fields into the entry, and gives the place behind it. */
const readFields = (head: Head, entry: BibEntry, from: number): number => {
  const { text, limit } = head
  let here = from
  for (;;) {
    closeHere.lastIndex = here
    const close = closeHere.exec(text)
    if (close !== null && closeHere.lastIndex <= limit && close[1] === head.close) {
      goesOn.lastIndex = closeHere.lastIndex
      if (goesOn.exec(text) === null || goesOn.lastIndex > limit) return closeHere.lastIndex
      here = closeHere.lastIndex
      entry.fault ??= { at: here - 1, reason: 'There is a brace too many here, which closes the entry before its last fields.', mended: true }
      continue
    }
    nameHere.lastIndex = here
    const name = nameHere.exec(text)
    if (name === null || nameHere.lastIndex > limit) {
      const rest = text.slice(here, limit).trim()
      entry.fault = {
        at: here,
        reason:
          rest === ''
            ? 'The entry is not closed: its last brace is missing.'
            : 'The entry cannot be read from here on: a field such as title = {…} was expected.',
      }
      return rest === '' ? limit : skipFault(head, here)
    }
    const value = readValue(head, nameHere.lastIndex)
    if (value === null) {
      entry.fault = { at: name.index, reason: `The field ${name[1]} is not closed: a brace or a quotation mark is missing.` }
      return limit
    }
    const field = (name[1] ?? '').toLowerCase()
    if (!entry.fields.has(field)) entry.fields.set(field, value.text)
    here = value.end
  }
}

/** Behind a fault, what is left of the entry is passed over as far as its braces tell. */
const skipFault = ({ text, limit, close }: Head, from: number): number => {
  if (close === ')') return limit
  let depth = 1
  for (let at = from; at < limit; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return at + 1
  }
  return limit
}

const joinHere = /\s*#\s*/y
const wordHere = /[^\s,={}"#()]{1,200}/y

/** `{…}`, `"…"`, a number or the name of a string, or several joined by `#`. */
const readValue = ({ text, strings, limit }: Head, from: number): { text: string; end: number } | null => {
  const parts: string[] = []
  let here = from
  for (;;) {
    const sign = text[here]
    if (sign === '{') {
      const end = braced(text, here, limit)
      if (end === null) return null
      parts.push(text.slice(here + 1, end - 1))
      here = end
    } else if (sign === '"') {
      const end = quoted(text, here, limit)
      if (end === null) return null
      parts.push(text.slice(here + 1, end - 1))
      here = end
    } else {
      wordHere.lastIndex = here
      const word = wordHere.exec(text)?.[0]
      if (word === undefined || here >= limit) return parts.length > 0 ? { text: parts.join(''), end: here } : { text: '', end: here }
      parts.push(strings.get(word.toLowerCase()) ?? word)
      here += word.length
    }
    joinHere.lastIndex = here
    if (joinHere.exec(text) === null || joinHere.lastIndex > limit) return { text: parts.join(''), end: here }
    here = joinHere.lastIndex
  }
}

/** Just behind the quotation mark that ends what opens at `from`; those within braces end nothing. */
const quoted = (text: string, from: number, limit: number): number | null => {
  let depth = 0
  for (let at = from + 1; at < limit; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '{') depth++
    else if (sign === '}') depth--
    else if (sign === '"' && depth <= 0) return at + 1
  }
  return null
}
