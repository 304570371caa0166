/** The thread that takes a large form apart: it is sent the bytes as they come, then null, answers with the fields and files, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { formOf } from './form.ts'

const Work = z.object({ type: z.string() })
const Piece = z.instanceof(Uint8Array).nullable()

const { type } = Work.parse(workerData)
const pieces: Uint8Array[] = []
parentPort?.on('message', async (message: unknown) => {
  const piece = Piece.parse(message)
  if (piece !== null) {
    pieces.push(piece)
    return
  }
  const form = await formOf(new Uint8Array(Buffer.concat(pieces.splice(0))), type)
  parentPort?.postMessage(
    form,
    form?.files.map(({ bytes }) => bytes.buffer),
  )
  parentPort?.close()
})
