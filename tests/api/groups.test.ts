import type { Group } from '@paperboard/shared/api'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { defaultSettings, type Role } from '@paperboard/shared/members'
import { describe, expect } from 'vitest'
import { setRole } from '../../apps/server/src/db/groups.ts'
import { codeOf, Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()

describe('A group', () => {
  test('[G1] is created by anyone with an account, who owns it', async ({ server, bob }) => {
    const { status, body } = await bob.post<Group>('/api/groups', { name: ' Astro ', timeZone: 'Pacific/Auckland' })
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9A-Za-z]{12}$/),
      name: 'Astro',
      timeZone: 'Pacific/Auckland',
      settings: defaultSettings,
      role: 'owner',
      members: [{ id: bob.id, name: 'Bob', role: 'owner', joinedAt: server.clock.now, gone: false }],
      today: expect.any(String),
    })
    expect((await bob.me()).groups).toContainEqual({ id: body.id, name: 'Astro', role: 'owner' })
  })

  test('[G2] has the day that it is in its own time zone', async ({ server, alice }) => {
    server.clock.now = Date.parse('2026-11-24T11:30:00Z')
    const today = async (timeZone: string) => (await alice.post<Group>('/api/groups', { name: 'G', timeZone })).body.today
    expect(await today('Pacific/Auckland')).toBe('2026-11-25')
    expect(await today('America/Los_Angeles')).toBe('2026-11-24')
  })

  test('[G3] looks to whoever is not in it exactly as one that does not exist', async ({ server, alice, group, bob }) => {
    const outsider = await new Person(server, 'Eve').signUp((await bob.createGroup('Other').then(other => bob.invite(other))).token)
    const asks: [string, string, unknown?][] = [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['PATCH', `/members/${bob.id}`, { role: 'organizer' }],
      ['DELETE', `/members/${bob.id}`],
      ['POST', '/leave'],
      ['POST', '/hand-over', { to: bob.id }],
      ['GET', '/invitations'],
      ['POST', '/invitations', { role: 'member', days: 1, uses: 1 }],
      ['DELETE', '/invitations/000000000000'],
    ]
    const before = (await alice.get(`/api/groups/${group}`)).body
    for (const [method, path, body] of asks) {
      const hidden = await outsider.send(method, `/api/groups/${group}${path}`, body)
      const missing = await outsider.send(method, `/api/groups/000000000000${path}`, body)
      expect.soft(codeOf(hidden), `${method} ${path}`).toBe('404 not-found')
      expect.soft([missing.status, missing.body], `${method} ${path}`).toEqual([hidden.status, hidden.body])
    }
    expect((await alice.get(`/api/groups/${group}`)).body).toEqual(before)
    expect(server.told.filter(told => !('disconnect' in told && 'session' in told.disconnect))).toEqual([])
  })

  test('[G4] takes each setting alone and leaves the others', async ({ server, alice, group }) => {
    const change = async (body: unknown) => (await alice.patch<Group>(`/api/groups/${group}`, body)).body
    expect(await change({ settings: { voteBudget: 3 } })).toMatchObject({ settings: { ...defaultSettings, voteBudget: 3 } })
    expect(await change({ settings: { whoAdds: 'organizers' } })).toMatchObject({ settings: { ...defaultSettings, voteBudget: 3, whoAdds: 'organizers' } })
    expect(await change({ name: 'Renamed' })).toMatchObject({ name: 'Renamed', timeZone: 'Europe/Berlin', settings: { voteBudget: 3 } })
    expect(await change({ timeZone: 'UTC', settings: { voteBudget: null } })).toMatchObject({
      name: 'Renamed',
      timeZone: 'UTC',
      settings: { voteBudget: null },
    })
    expect(await change({})).toMatchObject({ name: 'Renamed' })
    expect(server.told).toEqual(Array.from({ length: 5 }, () => ({ refresh: group })))
  })

  test('[G5] keeps both of two settings changed at once', async ({ alice, group }) => {
    await Promise.all([
      alice.patch(`/api/groups/${group}`, { settings: { voteBudget: 7 } }),
      alice.patch(`/api/groups/${group}`, { settings: { whoAssigns: 'organizers' } }),
    ])
    expect((await alice.get<Group>(`/api/groups/${group}`)).body.settings).toEqual({ ...defaultSettings, voteBudget: 7, whoAssigns: 'organizers' })
  })
})

/** A group with one of each role, and a second organizer and member to act on. */
const everyRole = async ({
  server,
  alice,
  group,
  join,
}: {
  server: TestServer
  alice: Person
  group: string
  join: (name: string, role?: 'organizer' | 'member') => Promise<Person>
}) => {
  const actors = { owner: alice, organizer: await join('Olga', 'organizer'), member: await join('Mia'), guest: await join('Gus') }
  const targets = { owner: alice, organizer: await join('Otto', 'organizer'), member: await join('Max'), guest: await join('Gwen') }
  for (const guest of [actors.guest, targets.guest]) await setRole(server.db, { group, person: guest.id, role: 'guest' })
  server.told.length = 0
  return { actors, targets }
}
const roles = ['owner', 'organizer', 'member', 'guest'] as const satisfies Role[]
const rolesIn = async (reader: Person, group: string) =>
  Object.fromEntries((await reader.get<Group>(`/api/groups/${group}`)).body.members.map(({ id, role, gone }) => [id, gone ? 'gone' : role]))

describe('What a role may do', () => {
  test('[G6] owner and organizers change the group, members and guests do not', async ({ server, alice, group, join }) => {
    const { actors } = await everyRole({ server, alice, group, join })
    const may = { owner: true, organizer: true, member: false, guest: false }
    for (const role of roles) {
      const answer = await actors[role].patch(`/api/groups/${group}`, { name: `By ${role}` })
      expect.soft(answer.status, role).toBe(may[role] ? 200 : 403)
      const { name } = (await alice.get<Group>(`/api/groups/${group}`)).body
      expect.soft(name === `By ${role}`, role).toBe(may[role])
    }
  })

  /** actor, target, whether the target is removed. */
  const removals: [Role, Role, boolean][] = [
    ['owner', 'owner', false],
    ['owner', 'organizer', true],
    ['owner', 'member', true],
    ['owner', 'guest', true],
    ['organizer', 'owner', false],
    ['organizer', 'organizer', false],
    ['organizer', 'member', true],
    ['organizer', 'guest', true],
    ['member', 'owner', false],
    ['member', 'organizer', false],
    ['member', 'member', false],
    ['member', 'guest', false],
    ['guest', 'owner', false],
    ['guest', 'organizer', false],
    ['guest', 'member', false],
    ['guest', 'guest', false],
  ]
  test.for(removals)('[G7] %s removes %s: %s', async ([actor, target, removed], { server, alice, group, join }) => {
    const { actors, targets } = await everyRole({ server, alice, group, join })
    const { id } = targets[target]
    const answer = await actors[actor].delete(`/api/groups/${group}/members/${id}`)
    expect(answer.status).toBe(removed ? 200 : 403)
    expect((await rolesIn(alice, group))[id]).toBe(removed ? 'gone' : target)
    expect(server.told).toEqual(removed ? [{ disconnect: { person: id, group }, code: closeCodes.notMember }] : [])
    expect((await targets[target].get(`/api/groups/${group}`)).status).toBe(removed ? 404 : 200)
  })

  test('[G8] only the owner changes roles, and neither to nor from owner', async ({ server, alice, group, join }) => {
    const { actors, targets } = await everyRole({ server, alice, group, join })
    for (const actor of roles) {
      for (const from of roles) {
        for (const to of roles) {
          await setRole(server.db, { group, person: targets[from].id, role: from })
          server.told.length = 0
          const may = actor === 'owner' && from !== 'owner' && to !== 'owner'
          const answer = await actors[actor].patch(`/api/groups/${group}/members/${targets[from].id}`, { role: to })
          const label = `${actor} makes ${from} ${to}`
          expect.soft(answer.status, label).toBe(may ? 200 : 403)
          expect.soft((await rolesIn(alice, group))[targets[from].id], label).toBe(may ? to : from)
          expect.soft(server.told, label).toEqual(may ? [{ disconnect: { person: targets[from].id, group }, code: closeCodes.accessChanged }] : [])
        }
      }
    }
  })

  test('[G9] everyone may leave but the owner, and what they wrote keeps a name', async ({ server, alice, group, join }) => {
    const { actors } = await everyRole({ server, alice, group, join })
    for (const role of roles) {
      server.told.length = 0
      const { id } = actors[role]
      const answer = await actors[role].post(`/api/groups/${group}/leave`)
      expect.soft(answer.status, role).toBe(role === 'owner' ? 403 : 204)
      expect.soft((await rolesIn(alice, group))[id], role).toBe(role === 'owner' ? 'owner' : 'gone')
      expect.soft(server.told, role).toEqual(role === 'owner' ? [] : [{ disconnect: { person: id, group }, code: closeCodes.notMember }])
      expect.soft((await actors[role].me()).groups, role).toHaveLength(role === 'owner' ? 1 : 0)
    }
    const { members } = (await alice.get<Group>(`/api/groups/${group}`)).body
    expect(members.find(member => member.id === actors.member.id)).toMatchObject({ name: 'Mia', gone: true })
  })

  /** actor, target, whether ownership passes. */
  const handOvers: [Role, Role, boolean][] = [
    ['owner', 'owner', false],
    ['owner', 'organizer', true],
    ['owner', 'member', true],
    ['owner', 'guest', false],
    ['organizer', 'organizer', false],
    ['organizer', 'member', false],
    ['member', 'member', false],
    ['guest', 'member', false],
  ]
  test.for(handOvers)('[G10] %s hands the group over to %s: %s', async ([actor, target, passes], { server, alice, group, join }) => {
    const { actors, targets } = await everyRole({ server, alice, group, join })
    const { id } = targets[target]
    const answer = await actors[actor].post(`/api/groups/${group}/hand-over`, { to: id })
    expect(answer.status).toBe(passes ? 200 : 403)
    const after = await rolesIn(alice, group)
    expect(Object.values(after).filter(role => role === 'owner')).toHaveLength(1)
    expect([after[id], after[alice.id]]).toEqual(passes ? ['owner', 'organizer'] : [target, 'owner'])
    expect(server.told).toEqual(passes ? [id, alice.id].map(person => ({ disconnect: { person, group }, code: closeCodes.accessChanged })) : [])
  })

  test('[G11] of two that the owner hands over to at once, one becomes owner', async ({ alice, bob, group, join }) => {
    const carol = await join('Carol')
    const answers = await Promise.all([bob, carol].map(to => alice.post(`/api/groups/${group}/hand-over`, { to: to.id })))
    expect(answers.map(answer => answer.status).toSorted()).toEqual([200, 403])
    expect(Object.values(await rolesIn(bob, group)).filter(role => role === 'owner')).toHaveLength(1)
  })

  test('[G12] nobody acts on somebody who is not in the group, or has left it', async ({ server, alice, bob, group, join }) => {
    const outsider = await new Person(server, 'Eve').signUp((await bob.createGroup().then(other => bob.invite(other))).token)
    const gone = await join('Gone')
    await gone.post(`/api/groups/${group}/leave`)
    for (const id of [outsider.id, gone.id, '000000000000', 'x', '%00']) {
      expect.soft(codeOf(await alice.patch(`/api/groups/${group}/members/${id}`, { role: 'organizer' })), id).toBe('404 not-found')
      expect.soft(codeOf(await alice.delete(`/api/groups/${group}/members/${id}`)), id).toBe('404 not-found')
      const handed = codeOf(await alice.post(`/api/groups/${group}/hand-over`, { to: id }))
      expect.soft(handed, id).toBe(/^[0-9A-Za-z]{12}$/.test(id) ? '404 not-found' : '400 invalid')
    }
    expect(Object.keys(await rolesIn(alice, group))).toHaveLength(3)
  })
})
