/**
 * JSON as people keep it: whole, cut off, one value a line, or printed by Python with single quotes and None. What can be
 * read is read, each object knows its place in the text, and reading goes on behind what cannot. Linear time, no recursion.
 */

export interface JsonReading {
  /** The values of the top level, in order. */
  values: unknown[]
  /** Where reading stopped and why, as places in the text. `ends`: the text ended before the value. */
  faults: { at: number; reason: string; ends: boolean }[]
  /** Where each object and array begins. */
  placeOf: WeakMap<object, number>
  /** Objects and arrays that the text does not close. */
  cutOff: WeakSet<object>
  /** Whether some of it was written by Python. */
  python: boolean
  /** Just behind the last value. */
  end: number
}

type List = unknown[]
type Fields = Record<string, unknown>
interface Open {
  value: List | Fields
  /** The name of the field that is being read, in an object. */
  key: string | null
}

/** Between values, with the comments that people write into JSON. */
const space = /(?:[\s\ufeff]|\/\/[^\n]*|\/\*(?:(?!\*\/)[\s\S]){0,2000}\*\/)*/y
/** A name of a field without quotes, as in a program. */
const nameHere = /[A-Za-z_$][\w$-]{0,80}(?=\s{0,4}:)/y
/** What Python writes before an object of its own: `datetime.datetime(2024, 12, 11)`. Read as the list of what is in it. */
const callHere = /[A-Za-z_][\w.]{0,80}(?=\()/y
/** A name within such a call (`tzinfo=`), and a value that is a name (`datetime.timezone.utc`). */
const keywordHere = /[A-Za-z_]\w{0,80}\s{0,4}=(?!=)\s{0,4}/y
const dottedHere = /[A-Za-z_]\w{0,80}(?:\.\w{1,80}){1,8}/y
/** Letters before a string of Python. */
const prefixHere = /(?:[uUrRbB]|[rR][bB]|[bB][rR])(?=["'])/y
const numberHere = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const wordHere = /[A-Za-z_]+/y
const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
  ['NaN', null],
  ['Infinity', null],
  ['undefined', null],
  ['nan', null],
  ['inf', null],
])
/** Deeper than any record, and below what those who walk through values can bear. */
const deepest = 200

/** Reads values from `from` on until something comes that is no value, or, with `most`, so many have been read. */
export const readJson = (text: string, from = 0, most = Number.POSITIVE_INFINITY): JsonReading => {
  const reading: JsonReading = { values: [], faults: [], placeOf: new WeakMap(), cutOff: new WeakSet(), python: false, end: from }
  const reader = new Reader(text, from, reading)
  while (reading.values.length < most && reader.value()) reading.end = reader.at
  return reading
}

/** Where it is in a text. A class, since every step changes the place. */
class Reader {
  text: string
  at: number
  reading: JsonReading

  constructor(text: string, from: number, reading: JsonReading) {
    this.text = text
    this.at = from
    this.reading = reading
  }

  /** Reads one value of the top level; false where none begins. A fault in it is noted, and what was read of it stays. */
  value(): boolean {
    this.space()
    if (this.text[this.at] === ',') this.at++
    this.space()
    const first = this.text[this.at]
    if (first !== '{' && first !== '[' && first !== '"') return false
    const start = this.at
    const open: Open[] = []
    const root = this.scalarOrOpen(open)
    if (root === fault) {
      this.at = start
      return false
    }
    this.reading.values.push(root)
    while (open.length > 0 && this.step(open));
    for (const { value } of open) this.reading.cutOff.add(value)
    return true
  }

  /** One member or one closing bracket of the innermost open value. False where the text ends or cannot be read on. */
  step(open: Open[]): boolean {
    const inner = open.at(-1)
    if (inner === undefined) return false
    this.space()
    const sign = this.text[this.at]
    if (sign === undefined) return this.fail(ended)
    if (sign === ',') {
      this.at++
      return true
    }
    const list = Array.isArray(inner.value)
    if (list ? sign === ']' || sign === ')' : sign === '}') {
      this.at++
      open.pop()
      return true
    }
    if (!list && inner.key === null) return this.key(inner)
    if (open.length >= deepest) return this.fail('The JSON is nested too deeply to be a list of papers.')
    const value = this.scalarOrOpen(open)
    if (value === fault) return false
    if (Array.isArray(inner.value)) inner.value.push(value)
    else if (inner.key !== null) set(inner.value, inner.key, value)
    inner.key = null
    return true
  }

  key(inner: Open): boolean {
    const key = this.string() ?? this.match(nameHere)
    if (key === null) return this.fail('The JSON cannot be read here: the name of a field was expected.')
    this.space()
    if (this.text[this.at] !== ':') return this.fail(this.at >= this.text.length ? ended : 'The JSON cannot be read here: a colon was expected.')
    this.at++
    inner.key = key
    return true
  }

  /** A plain value, or a new open one. `fault` where neither is there. */
  scalarOrOpen(open: Open[]): unknown {
    this.named()
    const sign = this.text[this.at]
    if (sign === '{' || sign === '[' || sign === '(') {
      const value: List | Fields = sign === '{' ? {} : []
      if (sign === '(') this.reading.python = true
      this.reading.placeOf.set(value, this.at)
      open.push({ value, key: null })
      this.at++
      return value
    }
    this.match(prefixHere)
    const string = this.string()
    if (string !== null) return string
    const number = this.match(numberHere)
    if (number !== null) return Number(number)
    if (this.match(dottedHere) !== null) return null
    const word = this.match(wordHere) ?? ''
    if (words.has(word)) {
      if (/^[TFN]/.test(word)) this.reading.python = true
      return words.get(word)
    }
    this.at -= word.length
    this.fail(this.at >= this.text.length ? ended : 'The JSON cannot be read here: a value was expected.')
    return fault
  }

  /** Passes over what Python writes before a value. */
  named(): void {
    if (!/[A-Za-z_]/.test(this.text[this.at] ?? '')) return
    this.match(keywordHere)
    this.match(callHere)
  }

  /** A string, in double quotes or in those of Python; null where none is, and where it does not end. */
  string(): string | null {
    const quote = this.text[this.at]
    if (quote !== '"' && quote !== "'") return null
    let end = this.at + 1
    for (;;) {
      end = this.next(quote, end)
      if (end < 0) return null
      let slashes = 0
      while (this.text[end - 1 - slashes] === '\\') slashes++
      if (slashes % 2 === 0) break
      end++
    }
    const raw = this.text.slice(this.at + 1, end)
    if (quote === "'") this.reading.python = true
    this.at = end + 1
    return raw.includes('\\') ? unescaped(raw) : raw
  }

  /** The next such sign on or behind `from`; the whole text is searched once at most when there is none. */
  next(quote: string, from: number): number {
    if (this.ended.has(quote)) return -1
    const found = this.text.indexOf(quote, from)
    if (found < 0) this.ended.add(quote)
    return found
  }
  ended = new Set<string>()

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? null
    this.at += found?.length ?? 0
    return found
  }

  space(): void {
    this.match(space)
  }

  fail(reason: string): false {
    const quote = this.text[this.at] ?? ''
    const ends = reason === ended || (/["']/.test(quote) && this.ended.has(quote))
    this.reading.faults.push({ at: this.at, reason: ends ? ended : reason, ends })
    return false
  }
}

const fault = Symbol('fault')
const ended = 'The JSON ends before it is complete.'

/** A field named `__proto__` is a field like any other. */
const set = (fields: Fields, key: string, value: unknown) => {
  if (key === '__proto__') Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true })
  else fields[key] = value
}

const signs = new Map(Object.entries({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', a: '', v: ' ', '0': '', '\n': '' }))

/** Escapes of JSON and of Python: `\u00e9`, `\xe9`, `\U0001d53c`, `\'`. */
const unescaped = (raw: string): string =>
  raw.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8}|.)/gs, (_, sign: string) => {
    if (sign.length === 1) return signs.get(sign) ?? sign
    const code = Number.parseInt(sign.slice(1), 16)
    return sign.length === 9 ? (code <= 0x10ffff ? String.fromCodePoint(code) : '') : String.fromCharCode(code)
  })

// Reading what came out: total functions, since nothing is known of a value.

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path; undefined where there is no such place. */
export const at = (value: unknown, ...path: (string | number)[]): unknown => {
  let here = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    else here = isFields(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }
  return here
}
/** The text at a path, numbers included; '' where there is none. */
export const textAt = (value: unknown, ...path: (string | number)[]): string => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : ''
}
/** The list at a path; empty where there is none. */
export const listAt = (value: unknown, ...path: (string | number)[]): unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}
/** The texts of a list at a path. */
export const textsAt = (value: unknown, ...path: (string | number)[]): string[] => listAt(value, ...path).filter(one => typeof one === 'string')
