import { zValidator } from '@hono/zod-validator'
import { limits } from '@paperboard/shared/limits'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import { Problem } from './errors.ts'

const isJson = /^application\/json\s*(;|$)/i
/**
 * A body that is too long is read to its end all the same, up to this many bytes. The HTTP server cuts a connection half
 * a second after an answer whose request is still being sent, and a browser then reports a network error, not the answer.
 */
const readAnyway = 64 * 1024 * 1024
/** More would only make the answer long. */
const fieldsNamed = 20

/**
 * The door for a request's JSON body: read up to `bytes`, then parsed by `schema`; the handler finds it by
 * `c.req.valid('json')`. Throws `too-large`, or `invalid` with a message for each field that is wrong.
 */
export const json = <T extends z.ZodType>(schema: T, bytes: number = limits.bodyBytes) => {
  const small = bodyLimit({
    maxSize: bytes,
    onError: async c => {
      await discard(c.req.raw.body)
      throw new Problem('too-large', `That is more than ${Math.floor(bytes / 1024)} KB.`)
    },
  })
  const valid = zValidator('json', schema, result => {
    if (!result.success) throw new Problem('invalid', 'Some of this needs another look.', fieldsOf(result.error.issues, result.data))
  })
  const door: typeof valid = async (c, next) => {
    if (!isJson.test(c.req.header('content-type') ?? '')) throw new Problem('invalid', 'The body must be JSON, with the content type application/json.')
    await small(c, async () => {})
    return valid(c, next)
  }
  return door
}

/** Reads a body to its end, that the answer may be read. */
export async function discard(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null || body.locked) return
  const reader = body.getReader()
  try {
    for (let left = readAnyway; left > 0; ) {
      const { done, value } = await reader.read()
      if (done) return
      left -= value.length
    }
  } catch {
    // Whoever sent it has gone: the answer reaches nobody.
  }
}

function fieldsOf(issues: readonly z.core.$ZodIssue[], data: unknown): Record<string, string> {
  const named = issues.flatMap((issue): [string, string][] => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map(key => [[...issue.path, key].join('.'), 'There is no such field'])
    return [[issue.path.join('.'), isMissing(data, issue.path) ? 'Please fill this in' : issue.message]]
  })
  return Object.fromEntries(named.slice(0, fieldsNamed).map(([field, message]) => [field.slice(0, 100), message]))
}

function isMissing(data: unknown, path: readonly PropertyKey[]): boolean {
  let at = data
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return at === undefined
}
