/** What the server takes from anybody: requests of wrong form, from elsewhere, or too many. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Group } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { describe, expect, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { readEnv } from '../../apps/server/src/env.ts'
import { sameOrigin } from '../../apps/server/src/origin.ts'
import { windows } from '../../apps/server/src/rates.ts'
import { Client, codeOf, fieldsOf, Person, password, startServer, type TestServer, withServer } from '../support/server.ts'

const test = withServer()

/** Everything stored that a route could have changed. */
const stored = async ({ db }: TestServer) => {
  const { people, groups, memberships, invitations } = db.t
  const sessions = await db.sql.select({ id: db.t.sessions.id }).from(db.t.sessions)
  return [
    await db.sql.select().from(people),
    await db.sql.select().from(groups),
    await db.sql.select().from(memberships),
    await db.sql.select().from(invitations),
    sessions,
  ]
}

/** Each route that takes a body: a good one, and the fields that may be left out. */
const routes = ({ alice, bob, group }: { alice: Person; bob: Person; group: string }) => [
  { method: 'POST', path: '/api/account', good: { name: 'Eve', email: 'eve@example.org', password, invitation: 'x'.repeat(43) }, optional: ['invitation'] },
  { method: 'PATCH', path: '/api/account', good: { name: 'Alicia' }, optional: [] },
  { method: 'POST', path: '/api/account/password', good: { current: password, next: 'another long password' }, optional: [] },
  { method: 'POST', path: '/api/session', good: { email: alice.email, password }, optional: [] },
  { method: 'POST', path: '/api/groups', good: { name: 'New', timeZone: 'UTC' }, optional: [] },
  { method: 'PATCH', path: `/api/groups/${group}`, good: { name: 'Renamed', timeZone: 'UTC', settings: {} }, optional: ['name', 'timeZone', 'settings'] },
  { method: 'PATCH', path: `/api/groups/${group}/members/${bob.id}`, good: { role: 'organizer' }, optional: [] },
  { method: 'POST', path: `/api/groups/${group}/hand-over`, good: { to: bob.id }, optional: [] },
  { method: 'POST', path: `/api/groups/${group}/invitations`, good: { role: 'member', days: 1, uses: 1 }, optional: [] },
]
type Route = ReturnType<typeof routes>[number]
const wrongValues = [null, 0, -1, 1.5, true, {}, [], ['x'], { $ne: null }, 'x'.repeat(5000)]
const nested = (depth: number) => `${'{"name":'.repeat(depth)}1${'}'.repeat(depth)}`

/** What is wrong with a body, the body, and how it is answered. */
const badBodies = ({ good, optional }: Route): [string, string | Blob, string][] => [
  ['no body', '', '400 invalid'],
  ['not JSON', 'name=x', '400 invalid'],
  ['half of it', JSON.stringify(good).slice(0, -2), '400 invalid'],
  ['not UTF-8', new Blob([new Uint8Array([0xff, 0xfe, 0x00])]), '400 invalid'],
  ...['null', '1', '"x"', '[]', '[{}]'].map((body): [string, string, string] => [body, body, '400 invalid']),
  ...(optional.length === Object.keys(good).length ? [] : [['an empty object', '{}', '400 invalid'] satisfies [string, string, string]]),
  ['an unknown field', JSON.stringify({ ...good, admin: true }), '400 invalid'],
  ['a prototype', JSON.stringify(good).replace('{', '{"__proto__":{"role":"owner"},'), '400 invalid'],
  ['nested 5,000 deep', nested(5000), '400 invalid'],
  ['nested 20,000 lists deep', '['.repeat(20_000) + ']'.repeat(20_000), '400 invalid'],
  ['10 MB', JSON.stringify({ ...good, name: 'x'.repeat(10_000_000) }), '413 too-large'],
  ['one byte too many', JSON.stringify(good).padEnd(limits.bodyBytes + 1), '413 too-large'],
]

// Hundreds of requests, some of 10 MB.
describe('A body of wrong form', { timeout: 60_000 }, () => {
  test('[A22] is refused by every route that takes one, with what is wrong, and changes nothing', async ({ server, alice, bob, group }) => {
    const before = await stored(server)
    for (const route of routes({ alice, bob, group })) {
      for (const [what, body, code] of badBodies(route))
        expect.soft(codeOf(await alice.send(route.method, route.path, body)), `${route.method} ${route.path}: ${what}`).toBe(code)
    }
    expect(await stored(server)).toEqual(before)
    expect(server.logged.filter(line => line.includes('unexpected error'))).toEqual([])
  })

  test('[A23] names each field that is missing or has a wrong type', async ({ server, alice, bob, group }) => {
    const before = await stored(server)
    for (const { method, path, good, optional } of routes({ alice, bob, group })) {
      for (const field of Object.keys(good)) {
        const { [field]: _, ...without } = Object.fromEntries(Object.entries(good))
        if (!optional.some(name => name === field))
          expect.soft(fieldsOf(await alice.send(method, path, without)), `${method} ${path} without ${field}`).toEqual([field])
        for (const wrong of wrongValues) {
          if (field === 'settings' && JSON.stringify(wrong) === '{}') continue
          const answer = await alice.send(method, path, { ...good, [field]: wrong })
          const label = `${method} ${path} with ${field} ${JSON.stringify(wrong).slice(0, 20)}`
          expect.soft(codeOf(answer), label).toBe('400 invalid')
          expect.soft(fieldsOf(answer)[0], label).toMatch(new RegExp(`^${field}`))
        }
      }
    }
    expect(await stored(server)).toEqual(before)
  })

  test('[A24] is answered with sentences that a form can show', async ({ alice }) => {
    const { body } = await alice.post('/api/groups', { name: ' ', timeZone: 'Mars/Olympus', colour: 'red' })
    expect(body).toEqual({
      error: {
        code: 'invalid',
        message: expect.any(String),
        fields: { name: 'Please give a name', timeZone: 'An IANA time zone such as Europe/Berlin', colour: 'There is no such field' },
      },
    })
    expect((await alice.post('/api/groups', {})).body).toMatchObject({ error: { fields: { name: 'Please fill this in', timeZone: 'Please fill this in' } } })
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`field ${i}`, 1]))
    expect(fieldsOf(await alice.post('/api/groups', many)).length).toBeLessThanOrEqual(20)
  })

  test('[A25] of a type other than JSON is refused, however it reads', async ({ server, alice }) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', '']) {
      const answer = await alice.send('PATCH', '/api/account', JSON.stringify({ name: 'Eve' }), { 'content-type': type })
      expect.soft(codeOf(answer), type).toBe('400 invalid')
    }
    expect((await alice.me()).person?.name).toBe('Alice')
    expect((await alice.send('PATCH', '/api/account', JSON.stringify({ name: 'Ada' }), { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(200)
    expect(server.logged.length).toBeGreaterThan(0)
  })

  test('[A26] without a declared length is cut off at the same limit', async ({ server, alice }) => {
    const { port, host } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    onTestFinished(() => {
      socket.destroy()
    })
    const answer = Promise.withResolvers<string>()
    socket.once('data', data => answer.resolve(data.toString()))
    // The server may close the connection while we still write.
    socket.on('error', answer.reject)
    socket.write(
      `PATCH /api/account HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${server.url}\r\nCookie: ${alice.cookie}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    const chunk = 'x'.repeat(16 * 1024)
    for (let sent = 0; sent <= limits.bodyBytes; sent += chunk.length) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    expect(await answer.promise).toMatch(/^HTTP\/1.1 413 [\s\S]*too-large/)
    expect((await alice.me()).person?.name).toBe('Alice')
  })

  test('[A27] does not keep the next request from being answered', async ({ server, alice }) => {
    const { port, host } = new URL(server.url)
    for (const bytes of [
      '\r\n\r\n',
      'GET /\r\n\r\n',
      `GET /${'x'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
      'POST /api/session HTTP/1.1\r\nContent-Length: x\r\n\r\n',
      `GET http://[ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    ]) {
      const closed = Promise.withResolvers<void>()
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => closed.resolve()).on('close', () => closed.resolve())
      socket.on('data', () => socket.end())
      socket.end(bytes)
      await closed.promise
    }
    expect((await alice.me()).person?.name).toBe('Alice')
  })

  test('[A28] an address that does not exist is answered by an error of the same form', async ({ alice }) => {
    for (const [method, path] of [
      ['GET', '/api'],
      ['GET', '/api/nothing'],
      ['PUT', '/api/account'],
      ['POST', '/api/groups/x/nothing'],
      ['GET', '/nothing'],
      ['GET', '/%00'],
      ['GET', '/%E0%A4%A'],
      ['GET', '/..%2f..%2fetc/passwd'],
    ] as const) {
      expect.soft(codeOf(await alice.send(method, path, method === 'GET' ? undefined : {})), `${method} ${path}`).toBe('404 not-found')
    }
  })
})

describe('A request from elsewhere', () => {
  const page = (headers: Record<string, string>, method = 'POST') => new Request('http://papers.local:3000/api/session', { method, headers })
  const json = { 'content-type': 'application/json' }
  const host = { host: 'papers.local:3000' }

  /** What is sent, with PUBLIC_URL set or not, and whether it is let in. */
  const origins: [string, string, Request, boolean][] = [
    ['our own origin', '', page({ ...host, origin: 'http://papers.local:3000' }), true],
    ['our own host by https, behind a proxy', '', page({ ...host, origin: 'https://papers.local:3000' }), true],
    ['another host', '', page({ ...host, origin: 'http://evil.example' }), false],
    ['another port', '', page({ ...host, origin: 'http://papers.local:4000' }), false],
    ['a subdomain', '', page({ ...host, origin: 'http://evil.papers.local:3000' }), false],
    ['our host as its user name', '', page({ ...host, origin: 'http://papers.local:3000@evil.example' }), false],
    ['null', '', page({ ...host, origin: 'null' }), false],
    ['nonsense', '', page({ ...host, origin: '///' }), false],
    ['none, with JSON, as curl', '', page({ ...host, ...json }), true],
    ['none, with a form', '', page({ ...host, 'content-type': 'text/plain' }), false],
    ['none, with nothing', '', page(host), false],
    ['none, from a browser', '', page({ ...host, ...json, 'sec-fetch-site': 'cross-site' }), false],
    ['none, from a browser on our site', '', page({ ...host, ...json, 'sec-fetch-site': 'same-site' }), false],
    ['none, at a handshake, as a script', '', page(host, 'GET'), true],
    ['none, at a handshake, from a browser', '', page({ ...host, 'sec-fetch-site': 'cross-site' }, 'GET'), false],
    ['another host, at a handshake', '', page({ ...host, origin: 'http://evil.example' }, 'GET'), false],
    ['the public origin', 'https://papers.example.org', page({ ...host, origin: 'https://papers.example.org' }), true],
    ['the public host by http', 'https://papers.example.org', page({ ...host, origin: 'http://papers.example.org' }), false],
    ['the host asked for, which is not the public one', 'https://papers.example.org', page({ ...host, origin: 'http://papers.local:3000' }), false],
  ]
  test.for(origins)('[A29] names %s, PUBLIC_URL “%s”', ([, publicUrl, request, letIn]) => {
    expect(sameOrigin(request, readEnv({ PUBLIC_URL: publicUrl }))).toBe(letIn)
  })

  test('[A30] changes nothing on any route', async ({ server, alice, bob, group }) => {
    const before = await stored(server)
    const bodiless = [
      ['DELETE', '/api/session'],
      ['DELETE', '/api/sessions'],
      ['DELETE', `/api/groups/${group}/members/${bob.id}`],
      ['POST', `/api/groups/${group}/leave`],
    ].map(([method = '', path = '']) => ({ method, path, good: undefined }))
    for (const { method, path, good } of [...routes({ alice, bob, group }), ...bodiless]) {
      for (const origin of ['http://evil.example', 'null'])
        expect.soft(codeOf(await alice.send(method, path, good, { origin })), `${method} ${path}`).toBe('403 bad-origin')
    }
    expect(await stored(server)).toEqual(before)
    expect((await alice.me()).person).not.toBeNull()
  })

  test('[A31] gets no permission to read our answers', async ({ alice }) => {
    const answer = await alice.send('GET', '/api/me', undefined, { origin: 'http://evil.example' })
    expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    const preflight = await alice.send('OPTIONS', '/api/session', undefined, { origin: 'http://evil.example', 'access-control-request-method': 'POST' })
    expect(preflight.status).toBe(403)
  })

  test('[A32] opens no socket', async ({ server, alice, group }) => {
    /** 101 when the socket opens, or the status that refuses it. */
    const handshake = (origin: string) => {
      const status = Promise.withResolvers<number | undefined>()
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/group/${group}`, { origin, headers: { cookie: alice.cookie } })
      socket.on('open', () => status.resolve(101)).on('error', status.reject)
      socket.on('unexpected-response', (_request, response) => status.resolve(response.statusCode))
      onTestFinished(() => socket.terminate())
      return status.promise
    }
    expect(await handshake(server.url)).toBe(101)
    expect(await handshake('http://evil.example')).toBe(403)
    expect(await handshake('null')).toBe(403)
  })
})

describe('Too many requests', () => {
  const { signInFrom, signInAs, signUpFrom } = limits.rates
  const wrong = (client: Client, email: string, from = '10.0.0.1') =>
    client.send('POST', '/api/session', { email, password: 'wrong password' }, { 'x-forwarded-for': `1.1.1.1, ${from}` })
  const behindProxy = withServer({ env: { TRUST_PROXY: '1' } })

  behindProxy('[A33] to guess one password are refused, from that address and for that account alone', async ({ server, alice }) => {
    const eve = new Client(server)
    for (let i = 0; i < 10; i++) expect(codeOf(await wrong(eve, alice.email))).toBe('401 wrong-credentials')
    const refused = await wrong(eve, alice.email)
    expect(codeOf(refused)).toBe('429 too-many-requests')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
    // Not even the right password is tried.
    expect((await eve.send('POST', '/api/session', { email: alice.email, password }, { 'x-forwarded-for': '10.0.0.1' })).status).toBe(429)
    expect((await eve.send('POST', '/api/session', { email: alice.email, password }, { 'x-forwarded-for': '10.0.0.2' })).status).toBe(200)
    expect(codeOf(await wrong(eve, 'other@example.org'))).toBe('401 wrong-credentials')
  })

  behindProxy('[A34] to guess at many accounts are refused from that address, counting an IPv6 network as one', async ({ server, alice }) => {
    const eve = new Client(server)
    await Promise.all(Array.from({ length: signInFrom.most }, (_, i) => wrong(eve, `someone${i}@example.org`, `2001:db8:0:1::${i}`)))
    expect(codeOf(await wrong(eve, alice.email, '2001:db8:0:1:ffff::1'))).toBe('429 too-many-requests')
    expect(codeOf(await wrong(eve, alice.email, '2001:db8:0:2::1'))).toBe('401 wrong-credentials')
  })

  test('[A35] count by the socket’s address where no proxy is trusted', async ({ server, alice }) => {
    const eve = new Client(server)
    for (let i = 0; i < 10; i++) await wrong(eve, alice.email, `10.0.0.${i}`)
    expect(codeOf(await wrong(eve, alice.email, '10.0.0.99'))).toBe('429 too-many-requests')
  })

  test('[A36] are counted only when they fail: a whole group signs in from one address', async ({ server, alice }) => {
    for (let i = 0; i < 60; i++) expect((await new Client(server).post('/api/session', { email: alice.email, password })).status).toBe(200)
  })

  test('[A37] to sign up, to change a password, or to try out invitations are refused', async ({ server, alice, group }) => {
    const eve = new Client(server)
    const last = async (times: number, ask: () => Promise<{ status: number }>) => {
      const statuses: number[] = []
      for (let i = 0; i <= times; i++) statuses.push((await ask()).status)
      expect(statuses.slice(0, -1)).not.toContain(429)
      return statuses.at(-1)
    }
    // Alice has signed up from here herself.
    expect(await last(signUpFrom.most - 1, () => eve.post('/api/account', { name: 'Eve', email: 'eve@example.org', password }))).toBe(429)
    expect(await last(limits.rates.password.most, () => alice.post('/api/account/password', { current: 'wrong password', next: password }))).toBe(429)
    expect(await last(limits.rates.invitation.most, () => eve.get(`/api/invitations/${'x'.repeat(43)}`))).toBe(429)
    const { token } = await alice.invite(group)
    expect(codeOf(await alice.post(`/api/invitations/${token}/accept`))).toBe('429 too-many-requests')
  })

  test('[A47] never meet sixty people of one room who follow a link and sign up within a minute', async ({ server, alice, group }) => {
    const { token } = await alice.invite(group, { uses: 60 })
    const room = Array.from({ length: 60 }, (_, i) => new Person(server, `Reader${i}`))
    const previews = await Promise.all(room.map(person => person.get(`/api/invitations/${token}`)))
    expect(new Set(previews.map(answer => answer.status))).toEqual(new Set([200]))
    await Promise.all(room.map(person => person.signUp(token)))
    expect((await alice.get<Group>(`/api/groups/${group}`)).body.members).toHaveLength(61)
    // Those whose link is used up are told so, and get in by the next one all the same.
    const late = Array.from({ length: 60 }, (_, i) => new Person(server, `Late${i}`))
    const asked = await Promise.all(late.map(({ name, email, post }) => post('/api/account', { name, email, password, invitation: token })))
    expect(new Set(asked.map(codeOf))).toEqual(new Set(['403 forbidden']))
    const next = await alice.invite(group, { uses: 60 })
    await Promise.all(late.map(person => person.signUp(next.token)))
  })

  test('[A48] never meet sixty people of one room who sign in within a minute, each after a wrong password', async ({ server, alice, group }) => {
    const { token } = await alice.invite(group, { uses: 60 })
    const room = await Promise.all(Array.from({ length: 60 }, (_, i) => new Person(server, `Reader${i}`).signUp(token)))
    for (const person of room) person.cookie = ''
    const wrong = await Promise.all(room.map(({ email, post }) => post('/api/session', { email, password: 'wrong password' })))
    expect(new Set(wrong.map(codeOf))).toEqual(new Set(['401 wrong-credentials']))
    await Promise.all(room.map(person => person.signIn()))
  })

  test('[A49] meet a guesser who sends all at once as they do one who sends them in turn', async ({ server, alice }) => {
    const eve = new Client(server)
    const guesses = (emails: string[]) => Promise.all(emails.map(email => eve.post('/api/session', { email, password: 'wrong password' })))
    const tried = (answers: Awaited<ReturnType<typeof guesses>>) => answers.filter(answer => codeOf(answer) === '401 wrong-credentials').length
    expect(tried(await guesses(Array.from({ length: 100 }, () => alice.email)))).toBe(signInAs.most)
    const many = await guesses(Array.from({ length: 250 }, (_, i) => `someone${i}@example.org`))
    expect(tried(many)).toBe(signInFrom.most - signInAs.most)
    expect(many.filter(answer => answer.status === 429)).toHaveLength(250 - tried(many))
  })

  test('[A50] are told from those that a crowd sends: what was refused for being too often is no try', async ({ server, alice }) => {
    const her = { email: alice.email, password }
    const crowd = await Promise.all(Array.from({ length: 3 * signInAs.most }, () => new Client(server).post('/api/session', her)))
    expect(new Set(crowd.map(answer => answer.status))).toEqual(new Set([200, 429]))
    expect((await new Client(server).post('/api/session', her)).status).toBe(200)
  })

  test('[A38] that change something are refused after 300 in a minute, by person; reading goes on', async ({ alice, bob }) => {
    for (let i = 0; i < 299; i++) await alice.patch('/api/account', {})
    // Alice has created the group and one invitation; whichever request is the 301st is refused.
    const late = await Promise.all(Array.from({ length: 5 }, () => alice.patch('/api/account', { name: 'Alicia' })))
    expect(late.at(-1)?.status).toBe(429)
    expect((await alice.get('/api/me')).status).toBe(200)
    expect((await bob.patch('/api/account', { name: 'Robert' })).status).toBe(200)
  })
})

describe('The counters of a limit', () => {
  test('[A46] start anew when their time is over, and a flood of addresses pushes out the oldest', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const counters = windows(1000, 3)
    const hit = (key: string) => counters.increment(key).totalHits
    expect([hit('a'), hit('a'), hit('b'), hit('a')]).toEqual([1, 2, 1, 3])
    vi.advanceTimersByTime(1000)
    expect([hit('a'), hit('c'), hit('d'), hit('a')]).toEqual([1, 1, 1, 2])
    expect([hit('e'), hit('d'), hit('a')]).toEqual([1, 2, 1])
    expect(['a', 'b', 'c', 'd', 'e'].filter(key => counters.get(key) !== undefined)).toEqual(['a', 'd', 'e'])
  })
})

describe('What browsers are told', () => {
  test('[A39] scripts and connections only to ourselves, no framing, no guessing of types', async ({ alice }) => {
    const { headers } = await alice.get('/api/me')
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(policy).toContain(part)
    expect(policy.match(/unsafe-\w+/g)).toEqual(['unsafe-inline'])
    expect(policy).toContain("style-src 'self' 'unsafe-inline'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('[A40] to keep to https where that is how people reach us', async () => {
    const server = await startServer({ env: { PUBLIC_URL: 'https://papers.example.org' } })
    expect((await new Client(server).get('/api/me')).headers.get('strict-transport-security')).toBe('max-age=31536000')
    await server.close()
  })

  test('[A41] the web app is served at every address a person may open, hashed assets for ever and the rest anew', async () => {
    const web = mkdtempSync(join(tmpdir(), 'paperboard-web-'))
    onTestFinished(() => rmSync(web, { recursive: true }))
    mkdirSync(join(web, 'assets'))
    writeFileSync(join(web, 'index.html'), '<title>Paperboard</title>')
    writeFileSync(join(web, 'sw.js'), 'self')
    writeFileSync(join(web, 'assets', 'main-1a2b.js'), 'import.meta')
    const server = await startServer({ web })
    const browser = new Client(server)
    const open = (path: string, accept = 'text/html') => browser.send<string>('GET', path, undefined, { accept })
    for (const path of ['/', '/index.html', '/join/abc', '/g/000000000000/2026-11-24']) {
      const page = await open(path)
      expect.soft([page.status, page.body, page.headers.get('cache-control')], path).toEqual([200, '<title>Paperboard</title>', 'no-cache'])
      expect.soft(page.headers.get('content-type'), path).toMatch('text/html')
      expect.soft(page.headers.get('content-security-policy'), path).toContain("script-src 'self'")
    }
    const script = await open('/assets/main-1a2b.js', '*/*')
    expect([script.status, script.body, script.headers.get('cache-control')]).toEqual([200, 'import.meta', 'public, max-age=31536000, immutable'])
    expect(script.headers.get('content-type')).toMatch('javascript')
    expect((await open('/sw.js', '*/*')).headers.get('cache-control')).toBe('no-cache')
    expect(codeOf(await open('/assets/main-old.js', '*/*'))).toBe('404 not-found')
    expect(codeOf(await open('/api/nothing'))).toBe('404 not-found')
    expect((await open('/..%2f..%2f..%2fetc/passwd')).body).toBe('<title>Paperboard</title>')
    expect((await browser.send('HEAD', '/', undefined, { accept: 'text/html' })).status).toBe(200)
    await server.close()
  })

  test('[A42] nothing of an error that nobody expected but the number of the request, under which it is logged whole', async ({ server, alice }) => {
    await server.db.sql.run('DROP TABLE invitations')
    const answer = await alice.get<{ error: { message: string } }>('/api/invitations/secret-secret-secret-secret')
    expect(codeOf(answer)).toBe('500 internal')
    const id = /request (\S+)\.$/.exec(answer.body.error.message)?.[1] ?? 'none'
    const line = server.logged.find(logged => logged.includes('unexpected error')) ?? ''
    expect(JSON.parse(line)).toMatchObject({ id, err: { message: expect.stringMatching(/no such table: invitations|relation "invitations" does not exist/) } })
    // The values of the query are not in it.
    expect(line).not.toContain('params')
    expect(JSON.stringify(answer.body)).not.toContain('table')
  })
})

describe('The environment', () => {
  test('[A43] has a default for everything', () => {
    expect(readEnv({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: null,
      redisUrl: null,
      publicUrl: null,
      trustProxy: false,
      updatesPerSecond: 60,
      lan: true,
      logLevel: 'info',
      metricsToken: null,
      drainSeconds: 0,
      mail: null,
      outside: {
        arxiv: 'https://export.arxiv.org',
        arxivFeeds: 'https://rss.arxiv.org',
        huggingFace: 'https://huggingface.co',
        crossref: 'https://api.crossref.org',
        dataCite: 'https://api.datacite.org',
        openAlex: 'https://api.openalex.org',
        semanticScholar: 'https://api.semanticscholar.org',
        openAlexKey: null,
        semanticScholarKey: null,
        contact: null,
        privateFeeds: false,
      },
    })
    expect(readEnv({ OUTSIDE: 'off' }).outside).toBe(null)
    expect(readEnv({ ARXIV_URL: 'http://127.0.0.1:4000/' }).outside?.arxiv).toBe('http://127.0.0.1:4000')
    expect(readEnv({ PORT: '', PUBLIC_URL: '' })).toEqual(readEnv({}))
  })

  test('[A44] is refused with the name of each variable that is wrong', () => {
    expect(readEnv({ PORT: '0', PUBLIC_URL: 'https://papers.example.org/', TRUST_PROXY: '1' })).toMatchObject({
      port: 0,
      publicUrl: 'https://papers.example.org',
      trustProxy: true,
      updatesPerSecond: 60,
    })
    const wrong = {
      PORT: ['x', '-1', '70000', '3e3', ' 80'],
      PUBLIC_URL: ['papers.example.org', 'ftp://x.org', 'https://x.org/path', 'https://x.org/?q'],
      DATABASE_URL: ['x', 'localhost:5432/paperboard', 'mysql://a:b@h/d', 'postgres://h', 'postgres://h/'],
      TRUST_PROXY: ['yes', '2'],
      LOG_LEVEL: ['loud'],
      OUTSIDE: ['no'],
      ARXIV_URL: ['arxiv.org'],
      CONTACT_EMAIL: ['ada'],
    }
    for (const [name, values] of Object.entries(wrong))
      for (const value of values) expect.soft(() => readEnv({ [name]: value }), value).toThrow(`  ${name} must be `)
  })
})

test('[A45] a page reached through a proxy by https invites by https', async ({ server, alice, group }) => {
  const { host } = new URL(server.url)
  const made = await alice.send<{ url: string }>(
    'POST',
    `/api/groups/${group}/invitations`,
    { role: 'member', days: 1, uses: 1 },
    { origin: `https://${host}` },
  )
  expect(made.body.url).toMatch(new RegExp(`^https://${host}/join/`))
})
