/** The thread in which files are read: it is sent files, answers with the papers some at a time, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { limits } from '@paperboard/shared/limits'
import { z } from 'zod'
import { readFiles } from './files.ts'

const Work = z.object({
  today: z.string(),
  files: z.array(z.union([z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }), z.object({ name: z.string(), text: z.string() })])),
})

const { today, files } = Work.parse(workerData)
const { papers, ...rest } = readFiles(files, { today })
// Taking a message apart happens in the server's thread, in one go: many small ones let others get a word in between.
for (let at = 0; at < papers.length; at += limits.papersAtOnce) parentPort?.postMessage({ papers: papers.slice(at, at + limits.papersAtOnce) })
parentPort?.postMessage({ rest })
