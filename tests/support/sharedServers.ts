/**
 * The PostgreSQL that all tests of a run share, started when the first of them asks for it. The run, of which each test file
 * is a process, answers with the address; what asks is `createDatabase` of `postgres.ts`.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Postgres, sharedPostgresVariable, startPostgres } from './postgres.ts'

/** vitest calls this before the run and what it returns after it. A run that is killed ends the server, too: it is kept by a process that notices. */
export default async function setup(): Promise<() => Promise<void>> {
  let postgres: Promise<Postgres> | undefined
  // The address that is told has a password in it: nobody else on this machine may ask.
  const path = `/${randomUUID()}`
  const server = createServer(async (request, response) => {
    if (request.url !== path) return void response.writeHead(404).end()
    try {
      // No test stops this one, so that none can tell whether it waits for the disk.
      postgres ??= startPostgres({ fsync: false })
      response.end((await postgres).url)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  process.env[sharedPostgresVariable] = `http://127.0.0.1:${port}${path}`
  return async () => {
    server.close()
    server.closeAllConnections()
    await (await postgres?.catch(() => undefined))?.close()
  }
}
