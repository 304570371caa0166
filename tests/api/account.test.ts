import type { Me } from '@paperboard/shared/api'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import { describe, expect } from 'vitest'
import { findPersonByEmail } from '../../apps/server/src/db/people.ts'
import { Client, codeOf, fieldsOf, Person, password, withServer } from '../support/server.ts'

const test = withServer()
const ada = { name: 'Ada', email: 'ada@example.org', password }

describe('Signing up', () => {
  test('[A1] the first account needs no invitation and may create groups like any other', async ({ server }) => {
    const first = new Client(server)
    expect(await first.me()).toMatchObject({ person: null, groups: [], firstRun: true })
    const { status, body } = await first.post<Me>('/api/account', { ...ada, email: '  Ada@Example.org ' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ person: { name: 'Ada', email: 'ada@example.org' }, groups: [], firstRun: false })
    expect(await first.me()).toMatchObject({ person: body.person, firstRun: false })
    expect(await new Client(server).me()).toMatchObject({ person: null, firstRun: false })
    expect((await first.post('/api/groups', { name: 'G', timeZone: 'UTC' })).status).toBe(201)
  })

  test('[A2] of two first accounts at once, one is created and one is told to ask for an invitation', async ({ server }) => {
    const answers = await Promise.all([
      new Client(server).post('/api/account', ada),
      new Client(server).post('/api/account', { ...ada, email: 'eve@example.org' }),
    ])
    expect(answers.map(answer => answer.status).toSorted()).toEqual([201, 403])
    expect(await server.db.sql.select().from(server.db.t.people)).toHaveLength(1)
  })

  test('[A3] a later account needs an invitation and is in its group from then on', async ({ server, alice, group }) => {
    expect(codeOf(await new Client(server).post('/api/account', ada))).toBe('403 forbidden')
    const { token } = await alice.invite(group, { role: 'organizer' })
    const { status, body } = await new Client(server).post<Me>('/api/account', { ...ada, invitation: token })
    expect(status).toBe(201)
    expect(body.groups).toEqual([{ id: group, name: 'Reading group', role: 'organizer' }])
  })

  test('[A4] without a valid invitation nobody learns which addresses have an account', async ({ server, alice }) => {
    const guess = (email: string, invitation?: string) => new Client(server).post('/api/account', { ...ada, email, invitation })
    for (const invitation of [undefined, 'x'.repeat(43)]) {
      expect((await guess(alice.email, invitation)).body).toEqual((await guess('nobody@example.org', invitation)).body)
    }
  })

  test('[A5] an address that has an account is refused and uses nothing of the invitation', async ({ server, alice, bob, group }) => {
    const { token } = await alice.invite(group, { uses: 1 })
    const refused = await new Client(server).post('/api/account', { ...ada, email: bob.email.toUpperCase(), invitation: token })
    expect(codeOf(refused)).toBe('409 conflict')
    expect(fieldsOf(refused)).toEqual(['email'])
    expect((await new Client(server).post('/api/account', { ...ada, invitation: token })).status).toBe(201)
  })

  test('[A6] passwords are stored as Argon2id hashes alone', async ({ server, alice }) => {
    const row = await findPersonByEmail(server.db, alice.email)
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(JSON.stringify(server.logged)).not.toContain(password)
  })
})

describe('Signing in and out', () => {
  test('[A7] a wrong password and an unknown address are answered alike', async ({ server, alice }) => {
    const wrong = await new Client(server).post('/api/session', { email: alice.email, password: 'wrong password' })
    const unknown = await new Client(server).post('/api/session', { email: 'nobody@example.org', password: 'wrong password' })
    expect(codeOf(wrong)).toBe('401 wrong-credentials')
    expect(unknown.body).toEqual(wrong.body)
    expect(unknown.headers.getSetCookie()).toEqual([])
  })

  test('[A8] an unknown address takes as long as a wrong password', async ({ server, alice }) => {
    const time = async (email: string) => {
      const began = performance.now()
      await new Client(server).post('/api/session', { email, password: 'wrong password' })
      return performance.now() - began
    }
    const times = { wrong: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
    for (let i = 0; i < 8; i++) {
      times.wrong = Math.min(times.wrong, await time(alice.email))
      times.unknown = Math.min(times.unknown, await time(`nobody${i}@example.org`))
    }
    // The hash is nearly all of the time: without it the answer would come in a tenth.
    expect(times.unknown).toBeGreaterThan(times.wrong / 4)
  })

  test('[A9] an address is the same in capitals, a password is not', async ({ server, alice }) => {
    expect((await new Client(server).post('/api/session', { email: 'ALICE@example.org', password })).status).toBe(200)
    expect((await new Client(server).post('/api/session', { email: alice.email, password: password.toUpperCase() })).status).toBe(401)
  })

  test('[A10] signing out ends the session for good and closes its sockets', async ({ server, alice }) => {
    const { cookie } = alice
    const [row] = await server.db.sql.select().from(server.db.t.sessions)
    expect((await alice.delete('/api/session')).status).toBe(204)
    expect(alice.cookie).toBe('')
    expect(server.told).toEqual([{ disconnect: { session: row?.id }, code: closeCodes.signedOut }])
    alice.cookie = cookie
    expect((await alice.me()).person).toBeNull()
    expect((await alice.delete('/api/session')).status).toBe(204)
  })

  test('[A11] signing out everywhere ends every session of the person and no other', async ({ server, alice, bob }) => {
    const other = new Person(server, 'Alice')
    await other.signIn()
    server.told.length = 0
    expect((await other.delete('/api/sessions')).status).toBe(204)
    expect((await alice.me()).person).toBeNull()
    expect((await other.me()).person).toBeNull()
    expect((await bob.me()).person).not.toBeNull()
    expect(server.told).toHaveLength(2)
    expect(server.told).toEqual(server.told.map(() => ({ disconnect: { session: expect.any(String) }, code: closeCodes.signedOut })))
  })

  test('[A12] signing in again in the same browser ends the session it had', async ({ server, alice }) => {
    await alice.signIn()
    expect(await server.db.sql.select().from(server.db.t.sessions)).toHaveLength(1)
    expect(server.told).toHaveLength(1)
    expect((await alice.me()).person).not.toBeNull()
  })
})

describe('The account', () => {
  test('[A13] a name is changed, trimmed, and seen by the group', async ({ alice, bob, group }) => {
    const { body } = await bob.patch<Me>('/api/account', { name: '  Robert ' })
    expect(body.person).toEqual({ id: bob.id, name: 'Robert', email: bob.email })
    expect((await bob.me()).person?.name).toBe('Robert')
    const { body: seen } = await alice.get<{ members: { name: string }[] }>(`/api/groups/${group}`)
    expect(seen.members.map(member => member.name).toSorted()).toEqual(['Alice', 'Robert'])
  })

  test('[A14] a new password needs the current one, and ends all other sessions', async ({ server, alice }) => {
    const other = await new Person(server, 'Alice').signIn()
    const next = 'another long password'
    const refused = await alice.post('/api/account/password', { current: 'wrong password', next })
    expect(codeOf(refused)).toBe('401 wrong-credentials')
    expect(fieldsOf(refused)).toEqual(['current'])
    expect((await other.me()).person).not.toBeNull()
    server.told.length = 0
    expect((await alice.post('/api/account/password', { current: password, next })).status).toBe(204)
    expect((await alice.me()).person).not.toBeNull()
    expect((await other.me()).person).toBeNull()
    expect(server.told).toEqual([{ disconnect: { session: expect.any(String) }, code: closeCodes.signedOut }])
    expect((await other.post('/api/session', { email: alice.email, password })).status).toBe(401)
    expect((await other.post('/api/session', { email: alice.email, password: next })).status).toBe(200)
  })

  test('[A15] a password is at least 10 and at most 256 characters of any kind', async ({ alice }) => {
    const change = (next: string, current = password) => alice.post('/api/account/password', { current, next })
    expect(fieldsOf(await change('x'.repeat(limits.passwordMin - 1)))).toEqual(['next'])
    expect(fieldsOf(await change('x'.repeat(limits.passwordMax + 1)))).toEqual(['next'])
    const composed = 'pässwörter für alle 🎉'.normalize('NFC')
    expect((await change(composed)).status).toBe(204)
    expect((await alice.post('/api/session', { email: alice.email, password: composed.normalize('NFD') })).status).toBe(200)
  })

  test('[A16] what is for members is refused to whoever is not signed in', async ({ server, alice, group }) => {
    expect(alice.id).not.toBe('')
    const nobody = new Client(server)
    const asks: [string, string, unknown?][] = [
      ['PATCH', '/api/account', { name: 'x' }],
      ['POST', '/api/account/password', { current: password, next: 'another long password' }],
      ['DELETE', '/api/sessions'],
      ['POST', '/api/groups', { name: 'G', timeZone: 'UTC' }],
      ['GET', `/api/groups/${group}`],
      ['PATCH', `/api/groups/${group}`, { name: 'x' }],
      ['PATCH', `/api/groups/${group}/members/${alice.id}`, { role: 'member' }],
      ['DELETE', `/api/groups/${group}/members/${alice.id}`],
      ['POST', `/api/groups/${group}/leave`],
      ['POST', `/api/groups/${group}/hand-over`, { to: alice.id }],
      ['GET', `/api/groups/${group}/invitations`],
      ['POST', `/api/groups/${group}/invitations`, { role: 'member', days: 1, uses: 1 }],
      ['DELETE', `/api/groups/${group}/invitations/${alice.id}`],
      ['POST', '/api/invitations/xxxxxxxxxxxxxxxxxxxxxxxx/accept'],
    ]
    for (const [method, path, body] of asks) expect.soft(codeOf(await nobody.send(method, path, body)), `${method} ${path}`).toBe('401 not-signed-in')
  })
})
