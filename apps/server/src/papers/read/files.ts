/** Files as papers: bytes to text to papers. A file's name may tell the day that was asked for: `2024-05-27.json`. */
import { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { textOfBytes } from './bytes.ts'
import { textOfMessage } from './message.ts'
import { readText, type TextReading } from './readText.ts'
import { problem } from './told.ts'

export interface NamedBytes {
  name: string
  bytes: Uint8Array
}
/** A file, or a text that was pasted. */
export type Given = NamedBytes | { name: string; text: string }

/** Formats in which a day's list is kept, whose name then tells the day. */
const ofOneDay = new Set<TextReading['kind']>(['daily-papers-json', 'daily-papers-page', 'web-page'])

const nothing: Omit<TextReading, 'problems'> = { kind: 'nothing', parts: [], day: null, papers: [] }

/** Reads one file. What is no text is one problem. */
export const readFile = (given: Given, { today }: { today: Day }): TextReading => {
  const { name } = given
  const text = 'text' in given ? given : textOfBytes(given.bytes, limits.unpackedBytes)
  if ('reason' in text) return { ...nothing, problems: [problem(1, name, text.reason)] }
  if (text.text.trim() === '') return { ...nothing, problems: [problem(1, name, 'There is nothing in this file.')] }
  const reading = readText(textOfMessage(text.text) ?? text.text, { today })
  if (reading.kind === 'nothing' && reading.problems.length === 0)
    return { ...reading, problems: [problem(1, text.text, 'Nothing in this text names a paper: there are comments alone, or signs.')] }
  const named = /(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)/.exec(name)?.[1]
  const day = Day.safeParse(named).data
  return day !== undefined && ofOneDay.has(reading.kind) && (reading.day === null || reading.day.yearGuessed)
    ? { ...reading, day: { day, yearGuessed: false } }
    : reading
}

/** Reads several files as one: lines stay those of each file, and a problem names the file. */
export const readFiles = (files: readonly Given[], at: { today: Day }): TextReading => {
  const readings = files.map(file => ({ name: file.name, reading: readFile(file, at) }))
  const [only] = readings
  if (only !== undefined && readings.length === 1) return only.reading
  const kinds = new Set(readings.flatMap(({ reading }) => (reading.kind === 'nothing' ? [] : [reading.kind])))
  const [kind = 'nothing'] = kinds
  return {
    kind: kinds.size > 1 ? 'mixed' : kind,
    parts: readings.flatMap(({ reading }) => reading.parts),
    day: readings.find(({ reading }) => reading.day !== null)?.reading.day ?? null,
    papers: readings.flatMap(({ reading }) => reading.papers),
    problems: readings.flatMap(({ name, reading }) => reading.problems.map(told => ({ ...told, file: name }))),
  }
}
