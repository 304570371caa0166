/** The servers of databases that tests run on. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { canStartPostgres, createDatabase, hasPostgres, psql, startPostgres } from '../support/postgres.ts'
import { canStartRedis, startRedis } from '../support/redis.ts'

const support = fileURLToPath(new URL('../support', import.meta.url))

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Asks Redis by its inline protocol; the lines of its answers, without the one to the password. */
async function redis(url: string, ...commands: string[]): Promise<string[]> {
  const { hostname, port, password } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  socket.end(`AUTH ${password}\r\n${commands.map(each => `${each}\r\n`).join('')}QUIT\r\n`)
  let said = ''
  for await (const piece of socket) said += piece
  return said.split('\r\n').slice(1, -2)
}

/** Waits in the server until somebody is connected to a database: asking again and again from here takes a process each time. */
const untilConnected = (database: string) => `DO $$ BEGIN
  WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '${database}' AND query LIKE '%pg_sleep(60)%') LOOP
    PERFORM pg_sleep(0.01);
    PERFORM pg_stat_clear_snapshot();
  END LOOP;
END $$`

describe.skipIf(!hasPostgres)('PostgreSQL that tests share', () => {
  test('[T4] each asker gets an empty database of its own on one server, and nothing is left of it once it is dropped, whoever is connected', async () => {
    const [one, other] = await Promise.all([createDatabase(), createDatabase()])
    expect(new URL(one.url).host).toBe(new URL(other.url).host)
    await psql(one.url, 'CREATE TABLE papers (id text); INSERT INTO papers VALUES (1)')
    expect(await psql(other.url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).toBe('0')
    const connected = psql(one.url, 'SELECT pg_sleep(60)').catch(String)
    await psql(other.url, untilConnected(new URL(one.url).pathname.slice(1)))
    await one.drop()
    expect(await connected).toMatch(/terminating connection/)
    await expect(psql(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/)
    expect(await psql(other.url, 'SELECT 1')).toBe('1')
    await other.drop()
  })
})

describe.skipIf(!canStartPostgres)('PostgreSQL of a test', () => {
  test('[T5] one that is killed, stopped or restarted comes back at its address with what was committed', async () => {
    const postgres = await startPostgres()
    onTestFinished(postgres.close)
    const { url, pid } = postgres
    expect(await psql(url, 'SHOW fsync')).toBe('on')
    await psql(url, 'CREATE TABLE told (what text)')
    const acts = {
      kill: async () => {
        await postgres.kill()
        await expect(psql(url, 'SELECT 1')).rejects.toThrow(/refused/)
        await postgres.start()
      },
      stop: async () => {
        await postgres.stop()
        await expect(psql(url, 'SELECT 1')).rejects.toThrow(/refused/)
        await postgres.start()
      },
      restart: postgres.restart,
    }
    for (const [name, act] of Object.entries(acts)) {
      await psql(url, `INSERT INTO told VALUES ('${name}')`)
      const before = pid()
      await act()
      expect(pid()).not.toBe(before)
    }
    expect(await psql(url, 'SELECT what FROM told')).toBe('kill\nstop\nrestart')
  })
})

describe.skipIf(!canStartRedis)('Redis of a test', () => {
  test.each(['kill', 'stop'] as const)('[T6] a Redis after a %s is gone, and then back at its address, empty', async how => {
    const server = await startRedis()
    onTestFinished(server.close)
    expect(await redis(server.url, 'SET vote 1', 'GET vote')).toEqual(['+OK', '$1', '1'])
    await server[how]()
    await expect(redis(server.url, 'PING')).rejects.toThrow(/ECONNREFUSED/)
    await server.start()
    expect(await redis(server.url, 'GET vote')).toEqual(['$-1'])
  })
})

/** A process that starts both, tells where they are, and waits. */
const owner = `
const { startPostgres } = await import('${support}/postgres.ts')
const { startRedis } = await import('${support}/redis.ts')
const servers = await Promise.all([startPostgres({ fsync: false }), startRedis()])
console.log(JSON.stringify(servers.map(({ pid, keeper, folder, url }) => ({ pid: pid(), keeper, folder, url }))))
process.stdin.resume()
process.stdin.once('end', () => process.exit())
`

interface Told {
  pid: number
  keeper: number
  folder: string
  url: string
}

describe.skipIf(!canStartPostgres || !canStartRedis)('servers whose tests have ended', () => {
  test.each([
    ['ends', (child: ReturnType<typeof spawn>) => child.stdin?.end()],
    ['is interrupted as a whole group', (child: ReturnType<typeof spawn>) => process.kill(-(child.pid ?? 0), 'SIGINT')],
    ['is killed as a whole group', (child: ReturnType<typeof spawn>) => process.kill(-(child.pid ?? 0), 'SIGKILL')],
  ])('[T7] when what started them %s, no server, no keeper, no folder and no shared memory is left', async (_what, end) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', owner], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
    const early = once(child, 'exit').then(() => Promise.reject(new Error('It ended before it told anything')))
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), early])
    const told: Told[] = JSON.parse(line)
    const segment = sharedMemoryOf(told[0]?.folder ?? '')
    for (const { pid, keeper } of told) expect([pid, keeper].every(isAlive)).toBe(true)
    end(child)
    for (const { pid, keeper, folder } of told) {
      await expect.poll(() => [pid, keeper].filter(isAlive), { timeout: 30_000 }).toEqual([])
      expect(existsSync(folder)).toBe(false)
    }
    expect(segments()).not.toContain(segment)
  })

  test('[T8] a PostgreSQL that was killed leaves no shared memory, and one that runs is not started a second time', async () => {
    const postgres = await startPostgres({ fsync: false })
    onTestFinished(postgres.close)
    const segment = sharedMemoryOf(postgres.folder)
    await postgres.kill()
    expect(segments()).not.toContain(segment)
    await postgres.start()
    await expect(postgres.start()).rejects.toThrow(/runs already/)
  })
})

const readLines = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])

/** The id of the segment that a PostgreSQL has taken from the kernel. */
const sharedMemoryOf = (folder: string): string => readLines(`${folder}/data/postmaster.pid`)[6]?.trim().split(/\s+/)[1] ?? ''

/** The ids of all segments there are, where the kernel lists them. */
const segments = (): string[] =>
  readLines('/proc/sysvipc/shm')
    .slice(1)
    .map(line => line.trim().split(/\s+/)[1] ?? '')
