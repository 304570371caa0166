import { canInstall, installed, isProgram, onPath } from './programs.mjs'
import { Failure } from './project.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

const find = () => process.env.CHROMIUM_PATH || names.map(onPath).find(Boolean) || elsewhere.find(isProgram)

/** The browser of the end-to-end tests; on Debian, as root, it is installed where it is missing. */
export const chromium = async () => {
  const found = find()
  if (found) {
    if (!isProgram(found)) throw new Failure(`CHROMIUM_PATH names ${found}, which cannot be run`)
    return found
  }
  if (!canInstall()) {
    throw new Failure(
      'the end-to-end tests need Chromium. Install it (Debian, as root: apt-get install chromium) or name it in CHROMIUM_PATH, and run this command again.',
    )
  }
  await installed(
    'Chromium',
    () => Boolean(find()),
    install => install('chromium'),
  )
  const fresh = find()
  if (!fresh) throw new Failure('Chromium was installed, and is not on PATH; name it in CHROMIUM_PATH')
  return fresh
}
