import { limits } from '@paperboard/shared/limits'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import { discard } from './body.ts'
import type { AppEnv } from './context.ts'
import { Problem } from './errors.ts'
import { readForm } from './form.ts'
import type { NamedBytes } from './papers/read/files.ts'

/** What comes with files. */
export interface FilesGiven {
  act: 'preview' | 'add'
  skip: ReadonlySet<number>
  files: NamedBytes[]
}

/** Names of fields, boundaries and the numbers left out. */
const around = 1024 * 1024
const Act = z.enum(['preview', 'add'])
const Skip = z.array(z.int().min(0)).max(limits.pastePapers)

const small = bodyLimit({
  maxSize: limits.fileBytes + around,
  onError: async c => {
    await discard(c.req.raw.body)
    throw new Problem('too-large', `These files are more than ${limits.fileBytes / 1024 / 1024} MB. Give them in parts.`)
  },
})

/** The door for files: multipart/form-data, within bounds; the handler finds them as `c.var.given`. */
export const filesIn = createMiddleware<AppEnv & { Variables: { given: FilesGiven } }>(async (c, next) => {
  if (!/^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '')) throw new Problem('invalid', 'Files come as multipart/form-data.')
  await small(c, async () => {})
  const { body } = c.req.raw
  const length = c.req.header('content-length')
  const form = body === null ? null : await readForm({ body, type: c.req.header('content-type') ?? '', length: length === undefined ? null : Number(length) })
  if (form === null) throw new Problem('invalid', 'The files did not arrive whole. Please try again.')
  const { fields, files } = form
  if (files.length === 0) throw new Problem('invalid', 'Please give at least one file.')
  if (files.length > limits.files) throw new Problem('too-large', `At most ${limits.files} files can be read at a time.`)
  const act = Act.safeParse(fields.get('act'))
  const skip = Skip.safeParse(jsonOf(fields.get('skip')))
  if (!act.success || !skip.success) throw new Problem('invalid', 'Some of this needs another look.', { [act.success ? 'skip' : 'act']: 'Please fill this in' })
  c.set('given', { act: act.data, skip: new Set(skip.data), files })
  await next()
})

const jsonOf = (text: string | undefined): unknown => {
  if (text === undefined) return []
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
