/** What a service answered: read within bounds, in its encoding, and looked at for being what was asked for. */
import type { Response } from 'undici'
import type { KeptAnswer } from '../../db/outside.ts'
import { OutsideFailure } from './failure.ts'

export interface OutsideAnswer {
  /** Where the answer came from, after redirects. */
  url: string
  contentType: string
  bytes: Uint8Array
  /** In the encoding that it names, UTF-8 where it names none. */
  text: string
  /** When the service last said so, ms since 1970. */
  fetchedAt: number
  /** It is the one that was kept. */
  unchanged: boolean
}

/** Never more than `most` bytes, whatever the length that was announced, also of what was packed small. */
export async function bodyOf(response: Response, host: string, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > most) throw new OutsideFailure('refused', `The answer of ${host} is longer than ${Math.round(most / 1024 / 1024)} MB.`)
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

export const answerOf = (
  { contentType, body, fetchedAt }: Pick<KeptAnswer, 'contentType' | 'body' | 'fetchedAt'>,
  url: string,
  unchanged: boolean,
): OutsideAnswer => ({
  url,
  contentType,
  bytes: body,
  text: decoded(body, contentType),
  fetchedAt,
  unchanged,
})

const decoded = (body: Uint8Array, contentType: string): string => {
  const named =
    /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ??
    /^<\?xml[^>]{0,100}encoding=["']([\w-]+)/.exec(Buffer.from(body.subarray(0, 200)).toString('latin1'))?.[1]
  try {
    return new TextDecoder(named ?? 'utf-8').decode(body)
  } catch {
    // An encoding that nobody knows.
    return new TextDecoder().decode(body)
  }
}

/** What is wrong with an answer, to follow the name of its host; null where it is of the kind that was asked for. */
export const faultIn = ({ text }: OutsideAnswer, accept: 'json' | 'xml' | 'any'): string | null => {
  if (accept === 'any') return null
  const start = text.slice(0, 1_000).trimStart().toLowerCase()
  if (/^(<!doctype html|<html)/.test(start)) return 'answered with a page for people, as services do that take us for a robot.'
  if (accept === 'xml') return start.startsWith('<') ? null : 'did not answer with XML.'
  try {
    JSON.parse(text)
    return null
  } catch {
    return 'answered with half a document, or with something that is no JSON.'
  }
}
