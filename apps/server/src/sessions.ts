/** Sessions and their cookie. The only file that knows of lucia: upstream it lives on as a lesson, not as a library. */
import type { Person } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { parse } from 'hono/utils/cookie'
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import type { Database } from './db/database.ts'
import { addSession, findSession, prolongSession, removeExpiredSessions, removeSession, removeSessionsOf, sessionsOf } from './db/sessions.ts'
import { hashToken } from './tokens.ts'

/** Who is signed in. `id` is the hash that is stored, never the secret in the cookie. */
export interface Session {
  id: string
  person: Person
  /** A guest of a meeting, who has no account: wherever guests are not meant, they are not signed in. */
  isGuest: boolean
}

export interface Sessions {
  /** The session that a Cookie header stands for. `cookie` is a new Set-Cookie when the session was prolonged, or when it is over. */
  find(cookies: string): Promise<{ session: Session | null; cookie: string | null }>
  /** Signs a person in. Returns the Set-Cookie. */
  start(person: string): Promise<string>
  end(session: Session): Promise<void>
  /** Ends all of a person's sessions but `but`. Returns the ids of those ended. */
  endAll(person: string, but?: string): Promise<string[]>
  /** The Set-Cookie that clears the cookie. */
  blank(): string
}

/** `secure` is whether people reach the server by https. Sessions end 30 days after their last use. */
export function createSessions({ db, secure }: { db: Database; secure: boolean }): Sessions {
  const lucia = createLucia(db, secure)
  return {
    find: async cookies => {
      // Not by lucia's reader: it throws at any cookie, be it a neighbour's, that is not well encoded.
      const secret = parse(cookies, lucia.sessionCookieName)[lucia.sessionCookieName]
      if (secret === undefined || secret === '') return { session: null, cookie: null }
      const id = hashToken(secret)
      const { session, user } = await lucia.validateSession(id)
      if (session === null) return { session: null, cookie: lucia.createBlankSessionCookie().serialize() }
      return {
        session: { id, person: { id: user.id, name: user.name, email: user.email }, isGuest: user.isGuest },
        cookie: session.fresh ? lucia.createSessionCookie(secret).serialize() : null,
      }
    },
    start: async person => {
      // Here rather than by a timer: the table grows only by sign-ins.
      await lucia.deleteExpiredSessions()
      const { id } = await lucia.createSession(person, {})
      return lucia.createSessionCookie(id).serialize()
    },
    end: session => removeSession(db, session.id),
    endAll: (person, but) => removeSessionsOf(db, person, but),
    blank: () => lucia.createBlankSessionCookie().serialize(),
  }
}

function createLucia(db: Database, secure: boolean) {
  return new Lucia<Record<never, never>, Attributes>(adapter(db), {
    sessionExpiresIn: new TimeSpan(limits.sessionDays, 'd'),
    sessionCookie: {
      // The prefix makes browsers refuse a cookie of that name from a neighbouring subdomain.
      name: secure ? '__Host-paperboard' : 'paperboard',
      // The table alone decides when a session is over. A cookie of 30 days would be too short where the session was
      // prolonged by opening a socket, whose answer carries no cookie.
      expires: false,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ name, email, isGuest }) => ({ name, email, isGuest }),
  })
}

interface Attributes extends Omit<Person, 'id'> {
  isGuest: boolean
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>
    DatabaseUserAttributes: Attributes
  }
}

/** Lucia makes the secret of a new session, and asks by its hash from then on: the table sees nothing else. */
const adapter = (db: Database): Adapter => ({
  getSessionAndUser: async id => {
    const found = await findSession(db, id)
    if (found === null) return [null, null]
    const { session, person, isGuest } = found
    return [
      { id, userId: person.id, expiresAt: new Date(session.expiresAt), attributes: {} },
      { id: person.id, attributes: { name: person.name, email: isGuest ? '' : person.email, isGuest } },
    ]
  },
  getUserSessions: async person =>
    (await sessionsOf(db, person)).map(row => ({ id: row.id, userId: row.person, expiresAt: new Date(row.expiresAt), attributes: {} })),
  setSession: session => addSession(db, { id: hashToken(session.id), person: session.userId, expiresAt: session.expiresAt.getTime() }),
  updateSessionExpiration: (id, expiresAt) => prolongSession(db, id, expiresAt.getTime()),
  deleteSession: id => removeSession(db, id),
  deleteUserSessions: async person => {
    await removeSessionsOf(db, person)
  },
  deleteExpiredSessions: () => removeExpiredSessions(db, Date.now()),
})
