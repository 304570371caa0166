import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root, say } from './project.mjs'

const folder = join(root, '.tools', 'stamps')
const ignored = new Set(['node_modules', 'dist', '.DS_Store'])

const read = file => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Every file below a path of the project, in a fixed order. */
const filesBelow = path => {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) return []
  if (entry.isFile()) return [path]
  return readdirSync(path)
    .filter(name => !ignored.has(name))
    .sort()
    .flatMap(name => filesBelow(join(path, name)))
}

/** A hash of names and contents of files and folders of the project, and of `facts`. Times of change do not count: a checkout sets them at will. */
export const hashOf = (paths, facts = []) => {
  const hash = createHash('sha256').update(facts.join('\0'))
  for (const file of paths.flatMap(path => filesBelow(join(root, path)))) {
    const bytes = readFileSync(file)
    hash.update(`\0${relative(root, file)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** Whether step `name` was last finished with this hash. */
export const isStamped = (name, hash) => read(join(folder, name)) === hash

/** Does a step and stamps it when it is done. Interrupted anywhere, it leaves no stamp, and is done again. */
export const stamped = async (name, hash, work) => {
  mkdirSync(folder, { recursive: true })
  rmSync(join(folder, name), { force: true })
  await work()
  const fresh = join(folder, `${name}.${randomUUID()}`)
  writeFileSync(fresh, hash)
  renameSync(fresh, join(folder, name))
}

const lock = join(root, '.tools', 'setup.lock')
const beatMs = 1000
const staleMs = 10_000

const takeLock = () => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  // A heartbeat, not the process id, tells whether the holder lives: ids say nothing across containers.
  if (age > staleMs) rmSync(lock, { force: true })
  return false
}

/** Does `work` while no other set-up of this folder is under way, in any process. */
export const exclusively = async work => {
  mkdirSync(join(root, '.tools'), { recursive: true })
  for (let told = false; !takeLock(); told = true) {
    if (!told) say('another set-up is under way here, waiting for it')
    await wait(200)
  }
  const release = () => rmSync(lock, { force: true })
  process.on('exit', release)
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), beatMs)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}
