import { ChangeName, ChangePassword, SignIn, SignUp } from '@paperboard/shared/api'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { newId } from '@paperboard/shared/ids'
import { type Context, Hono } from 'hono'
import { type RoomAccess, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { findOpenInvitation, useInvitation } from '../db/invitations.ts'
import { addPerson, anyPeople, findPerson, findPersonByEmail, type PersonRow, renamePerson, setPassword } from '../db/people.ts'
import { Problem } from '../errors.ts'
import { hashPassword, isPassword } from '../passwords.ts'
import type { Rates } from '../rates.ts'
import type { Session, Sessions } from '../sessions.ts'
import { hashToken } from '../tokens.ts'
import { meOf } from './me.ts'

interface Parts {
  db: Database
  sessions: Sessions
  rooms: RoomAccess
  rates: Rates
  now: () => number
}

/**
 * Accounts and sessions.
 *
 * An address that has an account already is told so at sign-up (`conflict`): with no mail to say it in, the alternative
 * is to let people believe they had signed up. Only who holds a valid invitation gets that far. Everywhere else an
 * address with an account and one without look alike, in what is answered and in the time it takes.
 */
export const accountRoutes = (parts: Parts) => {
  const { db, sessions, rooms, rates, now } = parts
  const nobody = hashPassword(newId())
  return new Hono<AppEnv>()
    .post('/account', json(SignUp), rates.signUpFrom, rates.signUps, async c => {
      const { name, email, password, invitation } = c.req.valid('json')
      // Asked before the costly part, too: without an invitation nobody makes the server hash passwords.
      await mayBegin(db, hashToken(invitation ?? ''), now())
      const person = { id: newId(), name, email, passwordHash: await hashPassword(password), createdAt: now() }
      await db.transaction(tx => signUp(tx, person, invitation))
      return c.json(await enter(parts, c, person), 201)
    })
    .patch('/account', signedIn, json(ChangeName), async c => {
      const { name } = c.req.valid('json')
      await renamePerson(db, c.var.me.id, name)
      return c.json(await meOf(db, { ...c.var.me, name }, now()))
    })
    .post('/account/password', signedIn, json(ChangePassword), rates.password, async c => {
      const { current, next } = c.req.valid('json')
      const person = await findPerson(db, c.var.me.id)
      if (person === null || !(await isPassword(person.passwordHash, current)))
        throw wrong('That is not your password.', { current: 'That is not your password' })
      await setPassword(db, person.id, await hashPassword(next))
      for (const session of await sessions.endAll(person.id, c.var.session?.id)) rooms.disconnect({ session }, closeCodes.signedOut)
      return c.body(null, 204)
    })
    .post('/session', json(SignIn), rates.signInFrom, rates.signInAs, async c => {
      const { email, password } = c.req.valid('json')
      const person = await findPersonByEmail(db, email)
      // Without an account the same work is done for nothing, or the time would tell which addresses have one.
      const right = await isPassword(person?.passwordHash ?? (await nobody), password)
      if (person === null || !right) throw wrong('No account has this e-mail address and password.')
      return c.json(await enter(parts, c, person))
    })
    .delete('/session', async c => {
      await leave(parts, c.var.session)
      c.header('Set-Cookie', sessions.blank())
      return c.body(null, 204)
    })
    .delete('/sessions', signedIn, async c => {
      c.header('Set-Cookie', sessions.blank())
      for (const session of await sessions.endAll(c.var.me.id)) rooms.disconnect({ session }, closeCodes.signedOut)
      return c.body(null, 204)
    })
}

const wrong = (message: string, fields?: Record<string, string>) => new Problem('wrong-credentials', message, fields)

/** Whether it is the first account of all. Throws where it is not, and the invitation is none that is open. */
async function mayBegin(db: Database, tokenHash: string, now: number): Promise<{ first: boolean }> {
  if (!(await anyPeople(db))) return { first: true }
  if ((await findOpenInvitation(db, tokenHash, now)) === null)
    throw new Problem('forbidden', 'An account needs an invitation that is still open. Ask somebody in the group for a new link.')
  return { first: false }
}

/** The first account of all, or one for somebody invited, who is in the group from then on. */
async function signUp(tx: Database, person: PersonRow, invitation: string | undefined): Promise<void> {
  const tokenHash = hashToken(invitation ?? '')
  // The invitation comes before the address: without one, nobody learns which addresses have an account.
  const { first } = await mayBegin(tx, tokenHash, person.createdAt)
  if (!(await addPerson(tx, person)))
    throw new Problem('conflict', 'There is an account with this e-mail address. Sign in with it.', { email: 'Has an account already' })
  if (!first) await useInvitation(tx, { tokenHash, person: person.id, now: person.createdAt })
}

/** Starts a session in this browser in the place of the one it may have. */
async function enter(parts: Parts, c: Context<AppEnv>, person: PersonRow) {
  await leave(parts, c.var.session)
  c.header('Set-Cookie', await parts.sessions.start(person.id))
  return meOf(parts.db, { id: person.id, name: person.name, email: person.email }, parts.now())
}

async function leave({ sessions, rooms }: Parts, session: Session | null) {
  if (session === null) return
  await sessions.end(session)
  rooms.disconnect({ session: session.id }, closeCodes.signedOut)
}
