/** Forms with files in them (multipart/form-data). To gather and take apart 13 MB takes 0.2 s, in which nobody else would be served. */
import { Worker } from 'node:worker_threads'

export interface Form {
  fields: Map<string, string>
  /** The files of the fields named `file`. Each has its bytes to itself. */
  files: { name: string; bytes: Uint8Array<ArrayBuffer> }[]
}

/** A form on its way, with its content type and its length in bytes, where that is known. */
export interface FormComing {
  body: ReadableStream<Uint8Array>
  type: string
  length: number | null
}

/** Larger ones (bytes) are taken apart in a thread of their own; smaller ones take less than starting it. */
const takenApartHere = 256 * 1024

/** A file of its own in the bundle, too: see vite.config.ts. */
const threadFile = () => new URL(import.meta.url.endsWith('.ts') ? './formThread.ts' : './formThread.js', import.meta.url)

/** What is in a form; null where it is damaged or does not arrive whole. */
export async function readForm({ body, type, length }: FormComing): Promise<Form | null> {
  if (length === null || length > takenApartHere) return aside(body, type)
  const bytes = await new Response(body).arrayBuffer().catch(() => null)
  return bytes === null ? null : formOf(new Uint8Array(bytes), type)
}

/** Takes a form apart in this thread. */
export async function formOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Form | null> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null)
  if (form === null) return null
  const fields = new Map<string, string>()
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value)
  const files = form.getAll('file').filter(file => typeof file !== 'string')
  return { fields, files: await Promise.all(files.map(async file => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }))) }
}

async function aside(body: ReadableStream<Uint8Array>, type: string): Promise<Form | null> {
  const worker = new Worker(threadFile(), { workerData: { type } })
  const form = new Promise<Form | null>((done, failed) => {
    worker.once('message', done)
    worker.once('error', failed)
    worker.once('exit', () => failed(new Error('The thread that takes forms apart ended before it had.')))
  })
  // It is looked at when all has come.
  form.catch(() => {})
  try {
    for await (const piece of body) {
      // A copy, since the memory of a piece may be that of others, too.
      const copy = piece.slice()
      worker.postMessage(copy, [copy.buffer])
    }
  } catch {
    await worker.terminate()
    return null
  }
  worker.postMessage(null)
  return form
}
