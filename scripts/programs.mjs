import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { step } from './processes.mjs'
import { say } from './project.mjs'
import { exclusively } from './stamps.mjs'

/** Whether a file is there and may be run. */
export const isProgram = file => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where PATH finds a program; undefined where it does not. */
export const onPath = name =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(isProgram)

/** Whether packages of the system can be installed here: on Debian and its kin, as root. */
export const canInstall = () => Boolean(onPath('apt-get')) && process.getuid?.() === 0

// What apt-get says of each package is a thousand lines; errors come on the other stream.
const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] }

let listsAreRead = false

/**
 * Installs packages of the system, one set-up at a time.
 * @param {string} what their name for people
 * @param {() => boolean} isThere whether another set-up has done it meanwhile
 * @param {(install: (...packages: string[]) => Promise<void>) => Promise<void>} work what to install
 */
export const installed = (what, isThere, work) =>
  exclusively(async () => {
    if (isThere()) return
    const begun = Date.now()
    say(`installing ${what} …`)
    if (!listsAreRead) await step('reading the package lists', 'apt-get', ['update', '-qq'], quiet)
    listsAreRead = true
    await work((...packages) => step(`installing ${what}`, 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet))
    say(`installing ${what}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  })
