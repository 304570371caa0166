import { createHash } from 'node:crypto'
import { limits } from '@paperboard/shared/limits'
import { expect } from 'vitest'
import { Client, Person, startServer, withServer } from '../support/server.ts'

const test = withServer()
const dayMs = 86_400_000

test('[A17] the table holds only the hash of the secret in the cookie', async ({ server, alice }) => {
  const secret = alice.cookie.split('=')[1] ?? ''
  expect(secret.length).toBeGreaterThanOrEqual(40)
  const rows = await server.db.sql.select().from(server.db.t.sessions)
  expect(rows.map(row => row.id)).toEqual([createHash('sha256').update(secret).digest('hex')])
  const thief = new Client(server)
  thief.cookie = `paperboard=${rows[0]?.id}`
  expect((await thief.me()).person).toBeNull()
  expect(JSON.stringify(server.logged)).not.toContain(secret)
})

test('[A18] a session ends 30 days after it was last used, and its cookie is cleared', async ({ server, alice }) => {
  const { sessions } = server.db.t
  const expires = async () => (await server.db.sql.select().from(sessions))[0]?.expiresAt ?? 0
  const full = Date.now() + limits.sessionDays * dayMs
  expect(Math.abs((await expires()) - full)).toBeLessThan(60_000)
  // Used in the second half of its life, it lives on from there.
  await server.db.sql.update(sessions).set({ expiresAt: Date.now() + dayMs })
  expect((await alice.me()).person).not.toBeNull()
  expect(Math.abs((await expires()) - full)).toBeLessThan(60_000)
  await server.db.sql.update(sessions).set({ expiresAt: Date.now() - 1 })
  expect((await alice.me()).person).toBeNull()
  expect(alice.cookie).toBe('')
  expect(await server.db.sql.select().from(sessions)).toEqual([])
})

test('[A19] sessions that have ended are cleared away when somebody signs in', async ({ server, alice, bob }) => {
  const { sessions } = server.db.t
  await server.db.sql.update(sessions).set({ expiresAt: Date.now() - 1 })
  bob.cookie = ''
  await bob.signIn()
  expect((await server.db.sql.select().from(sessions)).map(row => row.person)).toEqual([bob.id])
  expect((await alice.me()).person).toBeNull()
})

test('[A20] the cookie is HttpOnly and SameSite=Lax, and under https Secure and bound to the host', async ({ server, alice }) => {
  const again = await new Client(server).post('/api/session', { email: alice.email, password: 'correct horse battery' })
  expect(again.headers.getSetCookie()).toEqual([expect.stringMatching(/^paperboard=[a-z0-9]{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/)])
  const secured = await startServer({ env: { PUBLIC_URL: 'https://papers.example.org' } })
  const first = await new Client(secured).send(
    'POST',
    '/api/account',
    { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' },
    { origin: 'https://papers.example.org' },
  )
  expect(first.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-paperboard=[a-z0-9]{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/),
  ])
  await secured.close()
})

test('[A21] cookies that are no session of ours are nobody’s', async ({ server }) => {
  for (const cookie of [
    'paperboard=',
    'paperboard=;',
    'paperboard=%00',
    `paperboard=${'x'.repeat(4000)}`,
    'paperboard=a; paperboard=b',
    '=;=;',
    'paperboard=%E0%A4%A',
  ]) {
    const client = new Person(server, 'Eve')
    client.cookie = cookie
    expect.soft((await client.get('/api/me')).status, cookie).toBe(200)
    client.cookie = cookie
    expect.soft((await client.me()).person, cookie).toBeNull()
  }
})
