import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { canInstall, installed, isProgram, onPath } from './programs.mjs'
import { say } from './project.mjs'

/** The oldest major version of PostgreSQL that the product runs on. */
const oldestMajor = 15
const debianFolder = '/usr/lib/postgresql'

/** The folders of PostgreSQL's programs on Debian, which are not on PATH; the oldest first, since it can do the least. */
const debianFolders = () =>
  !existsSync(debianFolder)
    ? []
    : readdirSync(debianFolder)
        .map(Number)
        .filter(major => major >= oldestMajor)
        .sort((a, b) => a - b)
        .map(major => join(debianFolder, String(major), 'bin'))

/**
 * The folder that holds PostgreSQL's programs: initdb, postgres and psql.
 * @returns {string | undefined}
 */
export const findPostgres = () => {
  const named = onPath('postgres')
  const folders = [...debianFolders(), ...(named ? [dirname(realpathSync(named))] : [])]
  return folders.find(folder => ['initdb', 'postgres', 'psql'].every(name => isProgram(join(folder, name))))
}

/**
 * A program that is a Redis server when it is called `redis-server`. Redis is one file under several names, and Debian's
 * package of tools has it under this one, without the service that the package of the server starts.
 * @returns {string | undefined}
 */
export const findRedis = () => ['redis-server', 'valkey-server', 'redis-check-rdb'].map(onPath).find(Boolean)

const clusterSettings = '/etc/postgresql-common/createcluster.conf'

/** Debian's package of PostgreSQL makes a database cluster and starts it, unless it is told not to; what is told is taken back. */
const withoutCluster = async work => {
  const before = existsSync(clusterSettings) ? readFileSync(clusterSettings) : null
  const restore = () => (before ? writeFileSync(clusterSettings, before) : rmSync(clusterSettings, { force: true }))
  process.on('exit', restore)
  writeFileSync(clusterSettings, `${before ?? ''}\ncreate_main_cluster = false\n`)
  try {
    await work()
  } finally {
    process.off('exit', restore)
    restore()
  }
}

const isComplete = () => Boolean(findPostgres() && findRedis())

const installMissing = async install => {
  if (!findRedis()) await install('redis-tools')
  if (findPostgres()) return
  await install('postgresql-common')
  await withoutCluster(() => install('postgresql'))
}

/**
 * The programs of PostgreSQL and Redis that tests start servers of their own with. On Debian, as root, they are installed
 * where they are missing, and no service with them; elsewhere it is said which tests will be skipped.
 */
export const databases = async () => {
  if (isComplete()) return
  if (canInstall()) await installed('PostgreSQL and Redis', isComplete, installMissing)
  const skip = (what, variable) =>
    say(
      process.env[variable]
        ? `${what} is not installed: tests use the one that ${variable} names, and those that stop and start it are skipped`
        : `${what} is not installed, and ${variable} names none: the tests that need it are skipped`,
    )
  if (!findPostgres()) skip(`PostgreSQL ${oldestMajor} or newer`, 'TEST_DATABASE_URL')
  if (!findRedis()) skip('Redis', 'TEST_REDIS_URL')
}
