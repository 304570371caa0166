/** From the bytes of a file to its text: which encoding it is in, and whether it is a text at all. */
import { gunzipSync } from 'node:zlib'
import { guessed, isLabel } from './guessing.ts'

export type FileText = { text: string; encoding: string } | { reason: string }

/** Decides the encoding: by a byte order mark, by what the text itself declares, by being valid UTF-8, and last by its letters. `most` bounds what a compressed file may grow to. */
export const textOfBytes = (bytes: Uint8Array, most: number): FileText => {
  const other = otherThanText(bytes)
  if (other !== null) return { reason: other }
  // Blocks of a disk or of an archive are filled up with NULs.
  if (bytes.at(-1) === 0 && bytes[0] !== 0 && bytes.length > 64) {
    const end = bytes.findLastIndex(byte => byte !== 0) + 1
    if (bytes.length - end > 32) return textOfBytes(bytes.subarray(0, end), most)
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return unpacked(bytes, most)
  if (isUtf32(bytes)) return { text: fromUtf32(bytes), encoding: 'utf-32' }
  const marked = byMark(bytes)
  if (marked !== null) return decoded(bytes, marked)
  const wide = withoutMark16(bytes)
  if (wide !== null) return decoded(bytes, wide)
  const end = bytes.findLastIndex(byte => byte !== 0 && byte !== 0x1a) + 1
  if (isBinary(bytes.subarray(0, Math.min(end, 100_000)))) return { reason: 'This is not a text file.' }
  const utf8 = strictly(bytes, 'utf-8') ?? mostly(bytes)
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8' }
  return decoded(bytes, declared(bytes) ?? guessed(bytes))
}

/** Files people drop by mistake, by their first bytes. */
const otherThanText = (bytes: Uint8Array): string | null => {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (start.startsWith('%PDF')) return 'This is a PDF. Paperboard takes lists of papers, not papers: paste its arXiv id, its DOI or its link.'
  if (start.startsWith('PK\u0003\u0004')) return 'This is a ZIP archive or an office document. Unpack it, or save the table as CSV.'
  if (/^(\u0089PNG|GIF8|\u00ff\u00d8\u00ff)/.test(start)) return 'This is a picture. Paperboard takes texts.'
  if (start.startsWith('bplist00')) return 'This is a web archive of Safari. Save the page as its source (HTML) instead.'
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'This is an office document of an old kind. Save the table as CSV, or the text as plain text.'
  if (start.startsWith('SQLite f') || start.startsWith('BZh') || start.startsWith('\u00fd7zXZ')) return 'This is not a text file. Unpack or export it first.'
  return null
}

const unpacked = (bytes: Uint8Array, most: number): FileText => {
  try {
    return textOfBytes(gunzipSync(bytes, { maxOutputLength: most }), most)
  } catch {
    return { reason: `This compressed file is damaged, or larger than ${most / 1024 / 1024} MB when unpacked.` }
  }
}

const byMark = ([a, b, c]: Uint8Array): string | null => {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** A lone NUL here and there is a fault of what wrote a text; other signs that no text has are signs of something else. */
const isBinary = (bytes: Uint8Array): boolean => {
  let [zeros, others] = [0, 0]
  for (const byte of bytes) {
    if (byte === 0) zeros++
    else if (byte < 0x20 && (byte < 0x08 || byte > 0x0d) && byte !== 0x1b) others++
  }
  return zeros > 0 && (zeros > bytes.length / 50 || others > zeros + bytes.length / 500)
}

const isUtf32 = ([a, b, c, d]: Uint8Array) => (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)

/** By its mark; browsers and Node do not know it any more, and some tools still write it. */
const fromUtf32 = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % 4))
  const parts: string[] = []
  for (let at = 4; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, bytes[0] === 0xff)
    parts.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code))
  }
  return parts.join('').toWellFormed()
}

/** UTF-16 without a mark: of a text in Latin letters every other byte is zero. */
const withoutMark16 = (bytes: Uint8Array): string | null => {
  const some = bytes.subarray(0, 4_000 - (bytes.length % 2))
  const zeros = [0, 0]
  for (let at = 0; at < some.length; at++) if (some[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > some.length * 0.35 && even === 0) return 'utf-16le'
  return even > some.length * 0.35 && odd === 0 ? 'utf-16be' : null
}

/** `<?xml encoding="…"?>`, `<meta charset=…>`, a mail's or a server's `Content-Type`, JabRef's `% Encoding: …`, or an editor's `coding: …`. */
const declarations = [
  /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]{2,30})/i,
  /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})/i,
  /^content-type:[^\n]{0,200}charset="?([\w-]{2,30})/im,
  /^[ \t]*%?[ \t]*encoding:[ \t]*([\w-]{2,30})/im,
  /^[ \t]*(?:%|\/\/|#|<!--)[^\n]{0,200}coding\s{0,5}[:=]\s{0,5}([\w-]{2,30})/im,
]

const declared = (bytes: Uint8Array): string | null => {
  const head = Buffer.from(bytes.subarray(0, 8_000)).toString('latin1')
  const label = labelOf(declarations.map(form => form.exec(head)?.[1]).find(name => name !== undefined) ?? '')
  // What says UTF-8 and is not is something else.
  return /^(?:utf-?8|unicode-1-1-utf-8|ascii|us-ascii)?$/i.test(label) || !isLabel(label) ? null : label
}

/** Java, Emacs and LaTeX have names of their own. */
const labelOf = (name: string): string => {
  const plain = name.replaceAll('_', '-').replace(/-(?:unix|dos|mac)$/i, '')
  const short = /^(?:iso-?)?latin-?([1-9])$/i.exec(plain)
  const ansi = /^ansi(?:new)?$|^cp-?(125\d)$|^windows-?(125\d)$/i.exec(plain)
  if (short !== null) return short[1] === '9' ? 'iso-8859-15' : `latin${short[1]}`
  if (ansi !== null) return `windows-${ansi[1] ?? ansi[2] ?? 1252}`
  return /^(?:mac-?roman|applemac)$/i.test(plain) ? 'macintosh' : plain
}

const strictly = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * UTF-8 with some faults in it: cut off within a letter, or a line of another encoding pasted in. Where letters of several
 * bytes are right far more often than not it is no other encoding; what is wrong is read as Windows-1252.
 */
const mostly = (bytes: Uint8Array): string | null => {
  let [right, wrong] = [0, 0]
  const parts: Uint8Array[] = []
  let from = 0
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0
    let following = 1
    while (following < length && ((bytes[at + following] ?? 0) & 0xc0) === 0x80) following++
    if (length > 0 && following === length) {
      if (length > 1) right++
      at += length
      continue
    }
    const cut = at + following >= bytes.length
    if (!cut && ++wrong > right + 100) return null
    parts.push(bytes.subarray(from, at), cut ? new Uint8Array() : inUtf8(bytes.subarray(at, at + following)))
    at += following
    from = at
  }
  return right > Math.min(1, wrong) && right >= wrong * 2 ? new TextDecoder().decode(Buffer.concat([...parts, bytes.subarray(from)])) : null
}

const windows1252 = new TextDecoder('windows-1252')
const inUtf8 = (bytes: Uint8Array) => Buffer.from(windows1252.decode(bytes))

const decoded = (bytes: Uint8Array, encoding: string): FileText => ({ text: new TextDecoder(encoding).decode(bytes), encoding })
