import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.mjs'

/** Where the test run leaves its reports: `tests.json` by vitest's JSON reporter, `unhandled.json` with what failed outside of any test. */
export const reports = join(root, 'tmp', 'reports')

const read = name => {
  const file = join(reports, name)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/**
 * Counts a run. A file that failed as a whole and an error outside of any test are failures as much as a failed test is.
 * @param {{ tests: object | null, unhandled: { errors: number } | null, exitCode: number }} run what the reporters wrote, null where they did not, and how the run ended
 * @returns {{ passed: number, failed: number, skipped: number } | null} null when the run did not get as far as its reports or ran nothing.
 */
export const count = ({ tests, unhandled, exitCode }) => {
  if (!tests || !unhandled || tests.numTotalTests + tests.testResults.length === 0) return null
  const brokenFiles = tests.testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed')).length
  const failed = tests.numFailedTests + brokenFiles + unhandled.errors
  return {
    passed: tests.numPassedTests,
    // Whatever else made the run fail has a place in the count, if no name.
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: tests.numTotalTests - tests.numPassedTests - tests.numFailedTests,
  }
}

/** Prints the count of the last run, whose exit code is given, and gives the exit code for it. */
export const report = exitCode => {
  const counted = count({ tests: read('tests.json'), unhandled: read('unhandled.json'), exitCode })
  if (!counted) {
    console.log('The tests did not run to their end: there is no report to count.')
    return exitCode || 1
  }
  if (counted.skipped > 0) console.log(`${counted.skipped} skipped`)
  console.log(`${counted.passed} passed, ${counted.failed} failed`)
  return exitCode || (counted.failed > 0 ? 1 : 0)
}
