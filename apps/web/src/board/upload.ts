/** Sends files to a board as they are, byte for byte, and hears how far the server is. */
import type { ImportPreview, ImportResult, ImportStep } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { errorFrom, RequestError } from '../api.ts'

/** Done so far, of how many papers; null while the files are being read. */
export type Progress = { done: number; of: number } | null

interface Upload {
  group: string
  day: Day
  files: readonly File[]
  onProgress?: ((progress: Progress) => void) | undefined
}

/** What the server understands of the files. Throws `RequestError`. */
export const previewOfFiles = async (upload: Upload): Promise<ImportPreview> => {
  const last = await send(upload, 'preview', [])
  if (last.step !== 'preview') throw cutOff()
  return last.preview
}

/** Adds what they hold, less the numbers in `skip`. Throws `RequestError`. */
export const addFiles = async (upload: Upload, skip: readonly number[]): Promise<ImportResult> => {
  const last = await send(upload, 'add', skip)
  if (last.step !== 'added') throw cutOff()
  return last.result
}

const cutOff = () =>
  new RequestError('unavailable', 'The connection was lost before the server had finished. Import the same again: what is in already is not added twice.')

const send = async ({ group, day, files, onProgress }: Upload, act: 'preview' | 'add', skip: readonly number[]): Promise<ImportStep> => {
  const form = new FormData()
  form.set('act', act)
  form.set('skip', JSON.stringify(skip))
  for (const file of files) form.append('file', file, file.name)
  const response = await fetch(`/api/groups/${group}/boards/${day}/files`, { method: 'POST', body: form }).catch(() => {
    throw new RequestError('offline', navigator.onLine ? 'The server cannot be reached, or a file has changed since it was chosen.' : 'You are offline.')
  })
  if (!response.ok || response.body === null) throw await errorFrom(response)
  let last: ImportStep = { step: 'reading' }
  for await (const step of stepsIn(response.body)) {
    last = step
    if (step.step === 'failed') throw new RequestError(step.error.code, step.error.message, step.error.fields)
    if (step.step === 'adding') onProgress?.(step)
    if (step.step === 'reading') onProgress?.(null)
  }
  return last
}

/** One step in JSON on each line. */
async function* stepsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportStep> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw cutOff()
    })
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}
