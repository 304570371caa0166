import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { stuckReporter } from './support/stuckReporter.ts'
import { unhandledReporter } from './support/unhandledReporter.ts'

const reports = fileURLToPath(new URL('../tmp/reports/', import.meta.url))
const unit = [
  'rules/**/*.test.ts',
  'papers/**/*.test.ts',
  'schedules/read.test.ts',
  'calendars/ics.test.ts',
  'setup/results.test.ts',
  'setup/documents.test.ts',
]
const endToEnd = ['e2e/**/*.test.ts']

/** Longer than the longest time limit of a test: ms. */
const stuckAfter = 420_000

export default defineConfig({
  test: {
    // Servers and browsers are measured against time limits: more workers than this on two cores, and they wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Long enough for a machine that does much else: the second that is usual says more of the machine than of the rule.
    expect: { poll: { timeout: 15_000, interval: 10 } },
    globalSetup: './support/sharedServers.ts',
    reporters: ['default', ['json', { outputFile: `${reports}tests.json` }], unhandledReporter(`${reports}unhandled.json`), stuckReporter(stuckAfter)],
    projects: [
      { extends: true, test: { name: 'unit', include: unit } },
      { extends: true, test: { name: 'server', include: ['**/*.test.ts'], exclude: ['**/node_modules/**', ...unit, ...endToEnd] } },
      {
        extends: true,
        // After all others: a browser beside them would slow down both.
        test: { name: 'e2e', include: endToEnd, testTimeout: 120_000, hookTimeout: 120_000, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
