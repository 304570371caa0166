import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { bundle } from './serverProcess.ts'

/** The server in one file for all tests of a file: made before them, and removed after them unless it is what `npm test` has built. Gives where it is. */
export function bundled(): () => string {
  let file = ''
  beforeAll(async () => {
    file = await bundle()
  }, 120_000)
  afterAll(() => {
    if (process.env.PAPERBOARD_DIST !== '1') rmSync(dirname(file), { recursive: true })
  })
  return () => file
}
