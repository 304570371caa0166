/** Answers that tell how far a long piece of work is: one step in JSON on each line. */
import type { ImportStep } from '@paperboard/shared/api'
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { Logger } from 'pino'
import type { AppEnv } from './context.ts'
import { apiErrorOf } from './errors.ts'

/**
 * Runs the work and sends each step that it tells. What it throws is the last step, since the status is sent by then.
 * Work goes on when whoever asked has gone: half an import helps nobody.
 */
export const inSteps = <Env extends AppEnv>(c: Context<Env>, log: Logger, work: (tell: (step: ImportStep) => Promise<void>) => Promise<void>): Response => {
  c.header('content-type', 'application/x-ndjson; charset=utf-8')
  // Proxies that gather an answer would keep the steps until the end.
  c.header('x-accel-buffering', 'no')
  return stream(c, async out => {
    const tell = async (step: ImportStep) => {
      if (!out.aborted) await out.write(`${JSON.stringify(step)}\n`)
    }
    try {
      await work(tell)
    } catch (error) {
      await tell({ step: 'failed', error: apiErrorOf(error instanceof Error ? error : new Error(String(error)), { log, id: c.var.requestId }) })
    }
  })
}
