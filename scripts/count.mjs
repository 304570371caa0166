import { report } from './results.mjs'

/** `node scripts/count.mjs EXIT_CODE`: counts the last test run, which ended with that code. */
process.exitCode = report(Number(process.argv[2] ?? 0))
