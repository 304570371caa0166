import { createHash } from 'node:crypto'
import type { ApiError, CreatedInvitation, Group, Invitation, InvitationPreview } from '@paperboard/shared/api'
import { describe, expect } from 'vitest'
import { setRole } from '../../apps/server/src/db/groups.ts'
import { Client, codeOf, Person, password, withServer } from '../support/server.ts'

const test = withServer()
const dayMs = 86_400_000
const list = async (person: Person, group: string) => (await person.get<{ invitations: Invitation[] }>(`/api/groups/${group}/invitations`)).body.invitations

describe('An invitation', () => {
  test('[G13] is shown once as a link, of which only the hash is stored', async ({ server, alice, group }) => {
    const { status, body } = await alice.post<CreatedInvitation>(`/api/groups/${group}/invitations`, { role: 'member', days: 7, uses: 2 })
    expect(status).toBe(201)
    const { url, ...invitation } = body
    expect(url).toMatch(new RegExp(`^${server.url}/join/[A-Za-z0-9_-]{43}$`))
    expect(invitation).toEqual({
      id: expect.any(String),
      role: 'member',
      createdBy: alice.id,
      createdAt: server.clock.now,
      expiresAt: server.clock.now + 7 * dayMs,
      uses: 2,
      usesLeft: 2,
    })
    expect(await list(alice, group)).toEqual([invitation])
    const token = url.split('/').at(-1) ?? ''
    const [row] = await server.db.sql.select().from(server.db.t.invitations)
    expect(row?.tokenHash).toBe(createHash('sha256').update(token).digest('hex'))
    await new Client(server).get(`/api/invitations/${token}`)
    expect(JSON.stringify(server.logged)).not.toContain(token)
  })

  test('[G14] tells whoever has the link what it leads to, and a member that they are in already', async ({ server, alice, bob, group }) => {
    const { token } = await alice.invite(group, { role: 'organizer', days: 1 })
    const expected: InvitationPreview = {
      group: { id: group, name: 'Reading group' },
      role: 'organizer',
      invitedBy: 'Alice',
      expiresAt: server.clock.now + dayMs,
      member: false,
    }
    expect((await new Client(server).get(`/api/invitations/${token}`)).body).toEqual(expected)
    expect((await bob.get(`/api/invitations/${token}`)).body).toEqual({ ...expected, member: true })
  })

  test('[G15] brings somebody with an account into the group in its role', async ({ server, alice, bob, group }) => {
    const { token } = await bob.createGroup('Other').then(other => bob.invite(other, { role: 'organizer', uses: 1 }))
    expect((await alice.post(`/api/invitations/${token}/accept`)).body).toMatchObject({ name: 'Other', role: 'organizer' })
    expect((await alice.me()).groups.map(({ name, role }) => [name, role])).toEqual([
      ['Other', 'organizer'],
      ['Reading group', 'owner'],
    ])
    expect(codeOf(await new Client(server).get(`/api/invitations/${token}`))).toBe('404 not-found')
    expect(group).not.toBe('')
  })

  test('[G16] followed by a member uses nothing and leaves them what they are', async ({ alice, bob, group }) => {
    const { token, id } = await alice.invite(group, { role: 'organizer', uses: 1 })
    expect((await bob.post(`/api/invitations/${token}/accept`)).body).toEqual({ id: group, name: 'Reading group', role: 'member' })
    expect((await alice.post(`/api/invitations/${token}/accept`)).body).toMatchObject({ role: 'owner' })
    expect((await list(alice, group)).find(invitation => invitation.id === id)?.usesLeft).toBe(1)
  })

  test('[G17] that is used up, expired, revoked or made up is refused alike, at every door', async ({ server, alice, group, join }) => {
    const usedUp = await alice.invite(group, { uses: 1 })
    await new Person(server, 'Used').signUp(usedUp.token)
    const expired = await alice.invite(group, { days: 1 })
    const revoked = await alice.invite(group, { days: 90 })
    const open = await alice.invite(group, { days: 90 })
    const outsider = await join('Out')
    await outsider.post(`/api/groups/${group}/leave`)
    expect((await alice.delete(`/api/groups/${group}/invitations/${revoked.id}`)).status).toBe(204)
    server.clock.now += dayMs
    const dead = {
      usedUp: usedUp.token,
      expired: expired.token,
      revoked: revoked.token,
      madeUp: 'x'.repeat(43),
      empty: '%20',
      long: 'x'.repeat(5000),
      withNul: 'a%00b',
    }
    const answers = new Set<string>()
    for (const [why, token] of Object.entries(dead)) {
      const preview = await new Client(server).get(`/api/invitations/${token}`)
      const accept = await outsider.post(`/api/invitations/${token}/accept`)
      expect.soft(codeOf(preview), why).toBe('404 not-found')
      expect.soft(codeOf(accept), why).toBe('404 not-found')
      answers.add(JSON.stringify(preview.body)).add(JSON.stringify(accept.body))
      const signUp = await new Client(server).post('/api/account', { name: 'New', email: 'new@example.org', password, invitation: token })
      expect.soft(signUp.status, why).toBe(why === 'empty' || why === 'long' || why === 'withNul' ? 400 : 403)
    }
    expect(answers.size).toBe(1)
    expect((await outsider.me()).groups).toEqual([])
    expect(await server.db.sql.select().from(server.db.t.people)).toHaveLength(3)
    // The last moment still counts.
    expect((await outsider.post(`/api/invitations/${open.token}/accept`)).status).toBe(200)
  })

  test('[G18] gives its last use to one of many at once, with or without an account', async ({ server, alice, bob, group }) => {
    const { token } = await alice.invite(group, { uses: 3 })
    const others = await Promise.all(
      ['Carl', 'Dora', 'Emil'].map(async name => new Person(server, name).signUp((await bob.createGroup().then(other => bob.invite(other))).token)),
    )
    const before = (await server.db.sql.select().from(server.db.t.people)).length
    const accepts = others.map(other => other.post(`/api/invitations/${token}/accept`))
    const signUps = ['Faye', 'Gina', 'Hans'].map(name =>
      new Client(server).post('/api/account', { name, email: `${name}@example.org`, password, invitation: token }),
    )
    const statuses = (await Promise.all([...accepts, ...signUps])).map(answer => answer.status)
    expect(statuses.filter(status => status < 300)).toHaveLength(3)
    expect((await alice.get<Group>(`/api/groups/${group}`)).body.members).toHaveLength(2 + 3)
    // Whoever was too late has no account either.
    const created = statuses.slice(3).filter(status => status === 201).length
    expect(await server.db.sql.select().from(server.db.t.people)).toHaveLength(before + created)
  })

  test('[G19] brings back somebody who left, as what it says', async ({ server, alice, bob, group }) => {
    await bob.post(`/api/groups/${group}/leave`)
    server.clock.now += 1000
    const { token } = await alice.invite(group, { role: 'organizer', uses: 1 })
    expect((await bob.post(`/api/invitations/${token}/accept`)).status).toBe(200)
    const { members } = (await alice.get<Group>(`/api/groups/${group}`)).body
    expect(members).toHaveLength(2)
    expect(members.find(member => member.id === bob.id)).toEqual({ id: bob.id, name: 'Bob', role: 'organizer', joinedAt: server.clock.now, gone: false })
  })

  test('[G20] ends when whoever made it leaves, is removed, or may not invite any more', async ({ server, alice, group, join }) => {
    const leaving = await join('Lea', 'organizer')
    const removed = await join('Rem', 'organizer')
    const lowered = await join('Low', 'organizer')
    const links = await Promise.all([leaving, removed, lowered, alice].map(person => person.invite(group, { role: 'member' })))
    await leaving.post(`/api/groups/${group}/leave`)
    await alice.delete(`/api/groups/${group}/members/${removed.id}`)
    await alice.patch(`/api/groups/${group}/members/${lowered.id}`, { role: 'member' })
    const statuses = await Promise.all(links.map(async ({ token }) => (await new Client(server).get(`/api/invitations/${token}`)).status))
    expect(statuses).toEqual([404, 404, 404, 200])
    expect((await removed.post(`/api/invitations/${links[1]?.token}/accept`)).status).toBe(404)
  })

  test('[G23] lets nobody come back whom the group has removed since it was made, and tells them why', async ({ server, alice, bob, group }) => {
    const open = await alice.invite(group)
    server.clock.now += 1000
    await alice.delete(`/api/groups/${group}/members/${bob.id}`)
    for (const refused of [await bob.get<ApiError>(`/api/invitations/${open.token}`), await bob.post<ApiError>(`/api/invitations/${open.token}/accept`)]) {
      expect(codeOf(refused)).toBe('403 forbidden')
      expect(refused.body.error.message).toMatch(/removed.*ask an organizer for a new invitation/)
    }
    expect((await list(alice, group)).find(invitation => invitation.id === open.id)?.usesLeft).toBe(10)
    expect((await bob.me()).groups).toEqual([])
    expect((await new Client(server).get(`/api/invitations/${open.token}`)).status).toBe(200)
    // Removed a second time, they need one made after that.
    server.clock.now += 1000
    const later = await alice.invite(group)
    expect((await bob.post(`/api/invitations/${later.token}/accept`)).status).toBe(200)
    server.clock.now += 1000
    await alice.delete(`/api/groups/${group}/members/${bob.id}`)
    expect(codeOf(await bob.post(`/api/invitations/${later.token}/accept`))).toBe('403 forbidden')
  })

  test('[G24] made before somebody left by themselves brings them back, also when they were removed once before', async ({ server, alice, bob, group }) => {
    await alice.delete(`/api/groups/${group}/members/${bob.id}`)
    server.clock.now += 1000
    const { token } = await alice.invite(group)
    expect((await bob.post(`/api/invitations/${token}/accept`)).status).toBe(200)
    await bob.post(`/api/groups/${group}/leave`)
    expect((await bob.post(`/api/invitations/${token}/accept`)).status).toBe(200)
    const rows = await server.db.sql.select().from(server.db.t.memberships)
    expect(rows.map(({ leftAt, removedBy }) => [leftAt, removedBy])).toEqual([
      [null, null],
      [null, null],
    ])
  })

  test('[G21] is made, listed and revoked by owner and organizers alone', async ({ server, alice, group, join }) => {
    const organizer = await join('Olga', 'organizer')
    const member = await join('Mia')
    const guest = await join('Gus')
    await setRole(server.db, { group, person: guest.id, role: 'guest' })
    for (const [person, may] of [
      [alice, true],
      [organizer, true],
      [member, false],
      [guest, false],
    ] as const) {
      for (const role of ['organizer', 'member'] as const) {
        const made = await person.post<CreatedInvitation>(`/api/groups/${group}/invitations`, { role, days: 1, uses: 1 })
        expect.soft(made.status, `${person.name} as ${role}`).toBe(may ? 201 : 403)
      }
      const { id } = await alice.invite(group)
      expect.soft((await person.get(`/api/groups/${group}/invitations`)).status, person.name).toBe(may ? 200 : 403)
      expect.soft((await person.delete(`/api/groups/${group}/invitations/${id}`)).status, person.name).toBe(may ? 204 : 403)
      expect
        .soft(
          (await list(alice, group)).some(invitation => invitation.id === id),
          person.name,
        )
        .toBe(!may)
    }
  })

  test('[G22] of another group, or one revoked already, is not found', async ({ alice, bob, group }) => {
    const other = await bob.createGroup('Other')
    const { id, token } = await bob.invite(other)
    expect(codeOf(await alice.delete(`/api/groups/${group}/invitations/${id}`))).toBe('404 not-found')
    expect((await alice.get(`/api/invitations/${token}`)).status).toBe(200)
    expect((await bob.delete(`/api/groups/${other}/invitations/${id}`)).status).toBe(204)
    expect(codeOf(await bob.delete(`/api/groups/${other}/invitations/${id}`))).toBe('404 not-found')
  })
})
