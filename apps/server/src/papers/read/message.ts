/**
 * Pages that browsers save in one file (MHTML, RFC 2557) and mails (`.eml`): both are messages of parts. What is read of them is
 * one text, on the lines on which it stands.
 */
const header = /^(?:[A-Za-z][\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,200}\n/
const mostParts = 200
const longestHeader = 100_000

interface Part {
  headers: string
  /** Lines of the whole message, from 0. */
  from: number
  to: number
}

const field = (headers: string, name: string): string =>
  new RegExp(`^${name}:([^\\n]*(?:\\n[ \\t][^\\n]*)*)`, 'im').exec(headers)?.[1]?.replace(/\s+/g, ' ').trim() ?? ''

/** The page or the text in a message; null for what is none. */
export const textOfMessage = (given: string): string | null => {
  if (!/^(?:[A-Za-z][\w-]{1,60}:|HTTP\/[\d.]{1,3} \d{3}|\s*$)/.test(given.slice(0, 80)) || !/^(mime-version|content-type):/im.test(given.slice(0, 20_000)))
    return null
  // Tools that show what a server says write a line of its own above the headers.
  const text = given.replace(/\r\n?/g, '\n').replace(/^HTTP\/[\d.]{1,3} \d{3}[^\n]{0,100}/, said => `HTTP: ${said.slice(5)}`)
  const headers = header.exec(text.slice(0, longestHeader))?.[0]
  if (headers === undefined || !/^(multipart|text)\//i.test(field(headers, 'content-type'))) return null
  const lines = text.split('\n')
  const parts = partsOf(lines, { headers, from: headers.split('\n').length - 1, to: lines.length })
  const ofType = (type: string) => parts.filter(part => field(part.headers, 'content-type').toLowerCase().startsWith(type))
  // In mails the page says the same as the text, with much around it.
  const order = /snapshot-content-location:|saved by/i.test(headers) ? ['text/html', 'text/plain'] : ['text/plain', 'text/html']
  const chosen = order.map(ofType).find(found => found.length > 0)
  if (chosen === undefined) return null
  let [written, line] = ['', 0]
  for (const part of chosen) {
    written += '\n'.repeat(Math.max(0, part.from - line))
    written += decoded(part, lines.slice(part.from, part.to))
    line = part.to
    const has = written.split('\n').length - 1
    written += '\n'.repeat(Math.max(0, line - has))
    line = Math.max(line, has)
  }
  return written
}

/** The parts that are no lists of parts, however deep. */
const partsOf = (lines: readonly string[], whole: Part): Part[] => {
  const open = [whole]
  const found: Part[] = []
  for (let part = open.shift(); part !== undefined && found.length < mostParts; part = open.shift()) {
    const type = field(part.headers, 'content-type')
    const boundary = /^multipart\//i.test(type) ? /boundary="?([^";]{1,200})"?/i.exec(type)?.[1]?.trim() : undefined
    if (boundary === undefined) {
      found.push(part)
      continue
    }
    let start: number | null = null
    for (let line = part.from; line <= part.to; line++) {
      const text = lines[line] ?? ''
      const ends = line === part.to || text.startsWith(`--${boundary}--`)
      if (!ends && !text.startsWith(`--${boundary}`)) continue
      if (start !== null) open.push(partAt(lines, start, line))
      start = line + 1
      if (ends) break
    }
  }
  return found.sort((a, b) => a.from - b.from)
}

const partAt = (lines: readonly string[], start: number, end: number): Part => {
  let line = start
  while (line < end && lines[line] !== '') line++
  return { headers: `${lines.slice(start, line).join('\n')}\n`, from: Math.min(line + 1, end), to: end }
}

const decoded = (part: Part, lines: readonly string[]): string => {
  const encoding = field(part.headers, 'content-transfer-encoding').toLowerCase()
  const charset = /charset="?([\w-]{2,30})/i.exec(field(part.headers, 'content-type'))?.[1] ?? 'utf-8'
  if (encoding === 'base64') return inCharset(Buffer.from(lines.join(''), 'base64'), charset)
  if (encoding !== 'quoted-printable') return lines.join('\n')
  // A line that goes on gives its end to the last of those it is made of: all others stay where they are.
  const written: string[] = []
  let [begun, owed] = ['', 0]
  for (const line of lines) {
    if (line.endsWith('=')) {
      begun += line.slice(0, -1)
      owed++
      continue
    }
    written.push(begun + line + '\n'.repeat(owed))
    begun = ''
    owed = 0
  }
  if (owed > 0) written.push(begun)
  return inCharset(unescaped(Buffer.from(written.join('\n'))), charset)
}

/** `=E2=80=93` as the bytes it stands for. */
const unescaped = (bytes: Buffer): Buffer => {
  const out = Buffer.alloc(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] === 0x3d ? /^[0-9A-F]{2}$/i.exec(bytes.toString('latin1', at + 1, at + 3))?.[0] : undefined
    out[length++] = code === undefined ? (bytes[at] ?? 0) : Number.parseInt(code, 16)
    if (code !== undefined) at += 2
  }
  return out.subarray(0, length)
}

const inCharset = (bytes: Uint8Array, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes).replace(/\r\n?/g, '\n')
  } catch {
    return new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n')
  }
}
