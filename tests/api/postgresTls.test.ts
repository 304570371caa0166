/** PostgreSQL over a network that others listen to. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson, findPerson } from '../../apps/server/src/db/people.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { DatabaseUnusable } from '../../apps/server/src/db/unusable.ts'
import { type Certificates, hasOpenssl, makeCertificates } from '../support/certificates.ts'
import { canStartPostgres, type Postgres, startPostgres } from '../support/postgres.ts'

describe.skipIf(!canStartPostgres || !hasOpenssl)('with a certificate of an authority of one’s own', () => {
  let certificates: Certificates
  let postgres: Postgres
  beforeAll(async () => {
    certificates = await makeCertificates('localhost')
    postgres = await startPostgres({ fsync: false, certificate: certificates.server })
  })
  afterAll(async () => {
    await postgres?.close()
    certificates?.remove()
  })

  /** Its address under a name, with what is asked of the connection. */
  const address = (hostname: string, parameters: Record<string, string>) => {
    const url = Object.assign(new URL(postgres.url), { hostname })
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    return url.href
  }
  const open = async (url: string) => {
    const db = await openPostgres(url)
    const [row] = await db.sql.values<[boolean]>(sql.raw('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'))
    return { db, encrypted: row?.[0] }
  }

  test('[D75] PostgreSQL is spoken to in secret where that is asked for, once its certificate is known and of its name', async () => {
    const { db, encrypted } = await open(address('localhost', { sslmode: 'verify-full', sslrootcert: certificates.authority }))
    expect(encrypted).toBe(true)
    await addPerson(db, { id: 'a', email: 'a@example.org', name: 'a', passwordHash: 'x', createdAt: 1 })
    expect((await findPerson(db, 'a'))?.name).toBe('a')
    await db.close()
    const plain = await open(address('localhost', {}))
    expect(plain.encrypted).toBe(false)
    await plain.db.close()
  })

  test.each([
    ['an authority that nobody knows', 'localhost', () => ({ sslmode: 'verify-full' }), /self-signed certificate|unable to .*verify/i],
    ['the same, where encryption is all that is asked for', 'localhost', () => ({ sslmode: 'require' }), /self-signed certificate|unable to .*verify/i],
    ['another name', '127.0.0.1', () => ({ sslmode: 'verify-full', sslrootcert: certificates.authority }), /altnames|does not match/i],
    ['an authority whose file is not there', 'localhost', () => ({ sslmode: 'verify-full', sslrootcert: '/nowhere/ca.pem' }), /sslrootcert/],
  ])('[D76] PostgreSQL is refused with %s, with what to look at and without the password', async (_, hostname, parameters, why) => {
    const url = address(hostname, parameters())
    const error = await openPostgres(url).then(
      db => db.close(),
      (refused: unknown) => refused,
    )
    if (!(error instanceof DatabaseUnusable)) throw new Error(`Not refused plainly: ${error}`, { cause: error })
    expect(error.message).toMatch(why)
    expect(error.message).toContain('in DATABASE_URL')
    expect(`${error.message} ${error.stack}`).not.toContain(new URL(url).password)
  })
})
