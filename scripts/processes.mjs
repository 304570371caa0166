import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Failure, root, say } from './project.mjs'

const running = new Set()
let stopping = null
let stoppingSince = 0

const codeOf = signal => 128 + constants.signals[signal]

/**
 * Ctrl-C reaches a process up to three times: from the terminal, from npm and from the script that started it. One is
 * passed on; another a moment later is somebody insisting, and is passed on too.
 */
const stop = signal => {
  const insists = stopping !== null && Date.now() - stoppingSince > 500
  if (stopping !== null && !insists) return
  stopping = signal
  stoppingSince = Date.now()
  if (running.size === 0) process.exit(codeOf(signal))
  for (const child of running) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
}

/** Runs a command of the project: signals go to what it started, failures are told plainly. */
export const main = async work => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
  // However this script ends, as by a closed pipe, what it started ends with it.
  process.on('exit', () => {
    for (const child of running) child.kill()
  })
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.message) say(error.message)
    process.exitCode = error.exitCode
  }
}

/**
 * Starts a program in the project's folder (or `cwd`), with this terminal as its own.
 * @returns {{ child: import('node:child_process').ChildProcess, ended: Promise<number> }} `ended` gives its exit code, 128 + n when signal n ended it.
 */
export const launch = (program, args, { cwd = root, env = {}, shell = false, stdio = 'inherit' } = {}) => {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio, shell })
  running.add(child)
  const ended = new Promise((resolve, reject) => {
    child.once('error', error => {
      running.delete(child)
      reject(new Failure(`cannot run ${program}: ${error.message}`))
    })
    child.once('exit', (code, signal) => {
      running.delete(child)
      resolve(signal ? codeOf(signal) : code)
    })
  })
  return { child, ended }
}

/** Runs a program to its end and gives its exit code. */
export const run = (program, args, options) => launch(program, args, options).ended

/** Runs a step of the set-up: anything but success, or a signal meanwhile, ends the command. */
export const step = async (what, program, args, options) => {
  const code = await run(program, args, options)
  if (stopping) throw new Failure(`stopped while ${what}`, codeOf(stopping))
  if (code !== 0) throw new Failure(`${what} failed`, code)
}
