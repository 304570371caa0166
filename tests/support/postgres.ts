/**
 * Real PostgreSQL for tests. Most need an empty database, which `createDatabase` makes on a server that all tests of a run
 * share; one that stops its server, or kills it, starts its own by `startPostgres`.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPostgres } from '../../scripts/databases.mjs'
import { onPath } from '../../scripts/programs.mjs'
import { folderFor, freePort, type Kept, keep, type Owner, ownerFor } from './kept.ts'

const run = promisify(execFile)

/** Whether `startPostgres` can start a server here: its programs are installed. */
export const canStartPostgres = findPostgres() !== undefined

/** Whether `createDatabase` can make a database here: on the server that TEST_DATABASE_URL names, or on one that it starts. */
export const hasPostgres = process.env.TEST_DATABASE_URL ? findPsql() !== undefined : canStartPostgres

/** Where the run of the tests tells the address of the server that they share, from `sharedServers.ts`. */
export const sharedPostgresVariable = 'PAPERBOARD_SHARED_POSTGRES'

/** A PostgreSQL of one's own. */
export interface Postgres extends Kept {
  /** Of the database `postgres`, as a superuser: `postgres://postgres:…@127.0.0.1:21234/postgres`. The same after every start. */
  url: string
  /** Stops it in order and starts it. */
  restart(): Promise<void>
}

export interface PostgresOptions {
  /** Whether it waits for the disk, as in earnest. Without, it is as safe against kill -9, and not against a loss of power. On unless false. */
  fsync?: boolean
  /** Memory for pages that it shares; little, unless told otherwise. 128MB is what it comes with. */
  buffers?: string
  /** With a certificate it speaks TLS to whoever asks for it. Both as PEM. */
  certificate?: { certificate: string; key: string }
}

/** An empty database; `drop` removes it, whoever is connected to it. */
export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

function findPsql(): string | undefined {
  const folder = findPostgres()
  return folder ? join(folder, 'psql') : onPath('psql')
}

/** A new cluster, ordering text as the servers of most people do and not by bytes. Its messages are English, since one is waited for. */
async function initialize(programs: string, folder: string, owner: Owner, password: string): Promise<string> {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if ('uid' in owner) chownSync(passwordFile, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const login = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US']
  const args = ['-D', data, '--no-sync', '--no-instructions', ...login, ...text]
  await run(join(programs, 'initdb'), args, { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, ...owner })
  return data
}

/** Puts the files where it finds them: it wants to be the only one who can read its key. */
function speaksTls({ certificate, key }: NonNullable<PostgresOptions['certificate']>, folder: string, owner: Owner) {
  const written = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    if ('uid' in owner) chownSync(file, owner.uid, owner.gid)
    return file
  }
  return { ssl: 'on', ssl_cert_file: written('server.pem', certificate), ssl_key_file: written('server.key', key) }
}

/** Starts a PostgreSQL on a free port of 127.0.0.1, with an empty cluster. It ends with this process, or by `close`. */
export async function startPostgres({ fsync = true, buffers = '32MB', certificate }: PostgresOptions = {}): Promise<Postgres> {
  const programs = findPostgres()
  if (!programs) throw new Error('PostgreSQL is not installed here')
  const owner = ownerFor('postgres')
  const folder = folderFor(owner, 'postgres')
  const password = randomBytes(12).toString('hex')
  const data = await initialize(programs, folder, owner, password)
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Many servers with a pool each come together in some tests.
    max_connections: 200,
    shared_buffers: buffers,
    // In its folder: of what one that is killed leaves elsewhere, some would stay.
    dynamic_shared_memory_type: 'mmap',
    fsync: fsync ? 'on' : 'off',
    logging_collector: 'off',
    ...(certificate === undefined ? {} : speaksTls(certificate, folder, owner)),
  }
  const kept = await keep({
    program: join(programs, 'postgres'),
    name: 'postgres',
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { LC_ALL: 'C' },
    folder,
    owner,
    ready: 'database system is ready to accept connections',
    // Fast: it ends the connections of others. Immediate: it writes nothing more.
    signals: { stop: 'SIGINT', abandon: 'SIGQUIT' },
    sharedMemory: join(data, 'postmaster.pid'),
  })
  const restart = async () => {
    await kept.stop()
    await kept.start()
  }
  return { ...kept, url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, restart }
}

/**
 * Runs SQL and gives what it selects, one line a row with `|` between columns. For what must not go by the product's own client.
 * Rejects with what psql says.
 */
export async function psql(url: string, sql: string): Promise<string> {
  const program = findPsql()
  if (!program) throw new Error('psql is not installed here')
  const open = new URL(url)
  // In the environment and not an argument, which everybody on the machine can read.
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(open.password), PGCONNECT_TIMEOUT: '30' }
  open.password = ''
  const { stdout } = await run(program, ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-c', sql, open.href], { env })
  return stdout.trimEnd()
}

let own: Promise<string> | undefined

/** The address of the server that all tests of a run share; outside of a run, of one for this process. Started when it is first asked for. */
async function sharedServer(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL
  const address = process.env[sharedPostgresVariable]
  if (!address) {
    // Nobody stops this server between tests, so no test can tell whether it waits for the disk.
    own ??= startPostgres({ fsync: false }).then(server => server.url)
    return own
  }
  const response = await fetch(address, { method: 'POST' })
  const said = await response.text()
  if (!response.ok) throw new Error(said)
  return said
}

/** Makes a database of a test's own: an empty one, or a copy of another, to which nobody may be connected. */
export async function createDatabase(copyOf?: TestDatabase): Promise<TestDatabase> {
  const server = await sharedServer()
  const name = `paperboard_test_${randomBytes(6).toString('hex')}`
  // template1 may have what somebody put there, and cannot be copied while anybody is connected to it.
  await psql(server, `CREATE DATABASE ${name} TEMPLATE ${copyOf === undefined ? 'template0' : new URL(copyOf.url).pathname.slice(1)}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: async () => void (await psql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)) }
}
