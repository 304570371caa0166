import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter } from 'vitest/node'

/** Writes how many errors happened outside of any test: vitest's JSON report leaves them out. */
export const unhandledReporter = (file: string): Reporter => ({
  onTestRunEnd(_modules, unhandled) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify({ errors: unhandled.length }))
  },
})
