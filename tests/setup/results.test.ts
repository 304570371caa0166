import { expect, test } from 'vitest'
import { count } from '../../scripts/results.mjs'

const file = (status: 'passed' | 'failed', ...tests: string[]) => ({ status, assertionResults: tests.map(each => ({ status: each })) })

/** A report as vitest's JSON reporter writes it, as far as it is counted. */
const report = (...files: ReturnType<typeof file>[]) => {
  const tests = files.flatMap(each => each.assertionResults)
  const having = (status: string) => tests.filter(each => each.status === status).length
  return { numTotalTests: tests.length, numPassedTests: having('passed'), numFailedTests: having('failed'), testResults: files }
}

const none = { errors: 0 }

test.each([
  [
    'what passed, failed and was skipped, each apart',
    report(file('failed', 'passed', 'passed', 'failed', 'skipped')),
    none,
    1,
    { passed: 2, failed: 1, skipped: 1 },
  ],
  ['a file that could not be loaded as a failure', report(file('passed', 'passed'), file('failed')), none, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['a file that broke after its tests passed as a failure', report(file('failed', 'passed')), none, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['an error outside of any test as a failure', report(file('passed', 'passed')), { errors: 2 }, 1, { passed: 1, failed: 2, skipped: 0 }],
  ['a run that failed for a reason of its own as a failure', report(file('passed', 'passed')), none, 130, { passed: 1, failed: 1, skipped: 0 }],
  ['a good run as it is', report(file('passed', 'passed', 'skipped')), none, 0, { passed: 1, failed: 0, skipped: 1 }],
])('[T1] the count of a test run takes %s', (_what, tests, unhandled, exitCode, expected) => {
  expect(count({ tests, unhandled, exitCode })).toEqual(expected)
})

test.each([
  ['no report', null, null],
  ['no word of unhandled errors', report(file('passed', 'passed')), null],
  ['nothing in its report', report(), none],
])('[T2] a test run that left %s is not counted', (_what, tests, unhandled) => {
  expect(count({ tests, unhandled, exitCode: 0 })).toBeNull()
})
