/** What the commands beside the server have in common. */
import { DatabaseUnusable } from './db/unusable.ts'

/** Prints a line for whoever runs the command. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Runs a command and sets the exit code that it gives. What whoever runs it can mend is told in one line, all else with its stack. */
export function command(work: () => Promise<number>): void {
  work().then(
    code => {
      process.exitCode = code
    },
    (error: unknown) => {
      const foreseen = error instanceof DatabaseUnusable || (error instanceof Error && (error.message.startsWith('The environment') || 'code' in error))
      process.stderr.write(`${error instanceof Error ? (foreseen ? error.message : error.stack) : error}\n`)
      process.exitCode = 1
    },
  )
}
