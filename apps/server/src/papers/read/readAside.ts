/** Reads files in a thread of their own, one import after another: live rooms go on meanwhile, and memory is bounded. */
import { Worker } from 'node:worker_threads'
import type { Day } from '@paperboard/shared/days'
import { Problem } from '../../errors.ts'
import type { ReadPaper } from '../pastedLines.ts'
import type { Given } from './files.ts'
import type { TextReading } from './readText.ts'

/** A file of its own in the bundle, too: see vite.config.ts. */
const threadFile = () => new URL(import.meta.url.endsWith('.ts') ? './readThread.ts' : './readThread.js', import.meta.url)

/** ms. The largest files take ten seconds on a slow machine. */
const patience = 120_000
/** MB. What the largest files take, three times over. */
const memory = 1_024

type Message = { papers: ReadPaper[] } | { rest: Omit<TextReading, 'papers'> }

let before: Promise<unknown> = Promise.resolve()

/** Bytes that are all of their memory go over to the thread: to copy 13 MB takes 0.1 s, in which nobody else is served. */
const handedOver = (files: readonly Given[]): ArrayBuffer[] =>
  files.flatMap(file =>
    'bytes' in file && file.bytes.buffer instanceof ArrayBuffer && file.bytes.length === file.bytes.buffer.byteLength ? [file.bytes.buffer] : [],
  )

/** What the files hold; their bytes may be gone from this thread then. Rejects with a `Problem` where reading takes too long or too much memory. */
export const readFilesAside = (files: readonly Given[], at: { today: Day }): Promise<TextReading> => {
  const mine = before.then(() => readNow(files, at))
  before = mine.catch(() => {})
  return mine
}

const readNow = (files: readonly Given[], { today }: { today: Day }): Promise<TextReading> =>
  new Promise((done, failed) => {
    const worker = new Worker(threadFile(), {
      workerData: { files, today },
      transferList: handedOver(files),
      resourceLimits: { maxOldGenerationSizeMb: memory },
    })
    const timer = setTimeout(() => stop(new Problem('too-large', 'Reading these files takes too long. Give them in parts.')), patience)
    const papers: ReadPaper[] = []
    const stop = (error: Error) => {
      clearTimeout(timer)
      failed(error)
      void worker.terminate()
    }
    worker.on('message', (message: Message) => {
      if ('papers' in message) for (const paper of message.papers) papers.push(paper)
      else {
        clearTimeout(timer)
        done({ ...message.rest, papers })
      }
    })
    worker.once('error', error =>
      stop(
        'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new Problem('too-large', 'These files hold more than can be read at once. Give them in parts.')
          : error,
      ),
    )
    worker.once('exit', () => stop(new Error('The thread that reads files ended before it had told what it read.')))
  })
