import { fileURLToPath } from 'node:url'

/** The folder of the project, wherever a command was called from. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** A line of progress. */
export const say = line => console.error(`paperboard: ${line}`)

/** An expected failure of a command: its message is for the person who ran it, and needs no stack. */
export class Failure extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
