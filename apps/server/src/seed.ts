/** Development only: two members and a group whose board of today holds the sample papers. Run again, it adds what is missing. */
import type { BoardPapers, CreatedInvitation, Group, Me } from '@paperboard/shared/api'
import { pino } from 'pino'
import { type App, createApp } from './app.ts'
import { openDatabase } from './db/open.ts'
import { anyPeopleBut } from './db/people.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { readEnv } from './env.ts'
import { createSessions } from './sessions.ts'
import { createRooms } from './sync/rooms.ts'

const alice = { name: 'Alice', email: 'alice@example.org' }
const bob = { name: 'Bob', email: 'bob@example.org' }
const password = 'paper board'
const groupName = 'Sample reading group'

async function seed(): Promise<void> {
  if (process.env.NODE_ENV === 'production') throw new Refused('The sample data is for development: its password is no secret. NODE_ENV is production.')
  const env = { ...readEnv(process.env), trustProxy: true }
  const db = await openDatabase(env)
  const place = env.databaseUrl === null ? env.dataDir : 'the database of DATABASE_URL'
  const now = () => Date.now()
  const log = pino({ level: 'silent' })
  const rooms = createRooms({ db, log, now })
  try {
    if (await anyPeopleBut(db, [alice.email, bob.email])) throw new Refused(`${place} holds accounts of other people: the sample data stays out of it.`)
    const app = createApp({ db, rooms, sessions: createSessions({ db, secure: false }), env, log, now, web: null })
    const { group, today } = await fill(app)
    process.stdout.write(`Sample data is in ${place}: "${group}", ${today} papers today; ${alice.email} and ${bob.email}, password "${password}"\n`)
  } finally {
    await rooms.close()
    await db.close()
  }
}

/** Goes through the API as browsers do, so that sample data is made as all other data is. */
async function fill(app: App): Promise<{ group: string; today: number }> {
  const owner = await enter(app, alice)
  const known = (await owner.get<Me>('/me')).groups.find(group => group.name === groupName)
  const id = known?.id ?? (await owner.post<Group>('/groups', { name: groupName, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone })).id
  const group = await owner.get<Group>(`/groups/${id}`)
  if (!group.members.some(member => member.name === bob.name)) {
    const { url } = await owner.post<CreatedInvitation>(`/groups/${id}/invitations`, { role: 'member', days: 1, uses: 1 })
    await enter(app, bob, url.split('/').at(-1))
  }
  await owner.post(`/groups/${id}/boards/${group.today}/papers`, { source: { from: 'sample' } })
  const board = await owner.get<BoardPapers>(`/groups/${id}/boards/${group.today}`)
  return { group: group.name, today: board.papers.length }
}

/** Signs a person in, or up when they have no account yet. */
async function enter(app: App, person: { name: string; email: string }, invitation?: string) {
  let cookie = ''
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await app.request(`/api${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Unanswered(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return answer.json()
  }
  const client = { get: <T>(path: string) => send<T>('GET', path), post: <T>(path: string, body: unknown) => send<T>('POST', path, body) }
  await client.post('/session', { email: person.email, password }).catch((error: unknown) => {
    if (!(error instanceof Unanswered)) throw error
    return client.post('/account', { ...person, password, invitation })
  })
  return client
}

class Refused extends Error {}
class Unanswered extends Error {}

seed().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Refused || error instanceof DatabaseUnusable ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
})
