import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { step } from './processes.mjs'
import { Failure, say } from './project.mjs'
import { exclusively } from './stamps.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

const isProgram = file => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = name =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(isProgram)

const find = () => process.env.CHROMIUM_PATH || names.map(onPath).find(Boolean) || elsewhere.find(isProgram)

/** The browser of the end-to-end tests; on Debian, as root, it is installed where it is missing. */
export const chromium = async () => {
  const found = find()
  if (found) {
    if (!isProgram(found)) throw new Failure(`CHROMIUM_PATH names ${found}, which cannot be run`)
    return found
  }
  if (!onPath('apt-get') || process.getuid?.() !== 0) {
    throw new Failure(
      'the end-to-end tests need Chromium. Install it (Debian, as root: apt-get install chromium) or name it in CHROMIUM_PATH, and run this command again.',
    )
  }
  await exclusively(async () => {
    if (find()) return
    say('installing Chromium …')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await step('reading the package lists', 'apt-get', ['update', '-qq'], { env })
    await step('installing Chromium', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env })
  })
  const installed = find()
  if (!installed) throw new Failure('Chromium was installed, and is not on PATH; name it in CHROMIUM_PATH')
  return installed
}
