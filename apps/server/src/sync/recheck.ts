/** Access is looked at again while sockets are open: a session runs out, or a membership is changed in the database, without a word to the rooms. */
import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import type { Role } from '@paperboard/shared/members'
import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../db/database.ts'
import { rolesIn } from '../db/groups.ts'
import { guestsAmong } from '../db/guests.ts'
import { validSessions } from '../db/sessions.ts'
import type { Connection } from './connection.ts'

type Checked = Pick<Connection, 'actor' | 'session' | 'group' | 'open' | 'close'>

interface Options {
  db: Database
  log: Logger
  now: () => number
  /** ms from the end of one look to the next. */
  every: number
  /** The connections there are at that moment. */
  connections: () => Iterable<Checked>
}

/**
 * Looks every so often whether all who are connected still may be, as they were let in, and closes the others. It asks
 * three questions for all sockets together. Returns how to stop, which resolves when nothing more is asked of the database.
 */
export function startRecheck({ every, log, ...options }: Options): () => Promise<void> {
  let stopped = false
  let looking: Promise<void> = Promise.resolve()
  const look = async () => {
    try {
      await recheck(options)
    } catch (error) {
      // Nobody is put out over a question that could not be answered.
      log.error({ err: withoutParameters(error) }, 'access could not be looked at again')
    }
    if (!stopped) timer = later()
  }
  const later = () =>
    setTimeout(() => {
      looking = look()
    }, every).unref()
  let timer = later()
  return () => {
    stopped = true
    clearTimeout(timer)
    return looking
  }
}

/** Looks once. The connections are listed before the questions are asked: whoever comes in meanwhile was decided by newer answers. */
async function recheck({ db, now, connections }: Omit<Options, 'every' | 'log'>): Promise<void> {
  const listed = [...connections()].filter(connection => connection.open)
  if (listed.length === 0) return
  const valid = await validSessions(
    db,
    listed.map(connection => connection.session),
    now(),
  )
  const roles = await rolesIn(
    db,
    listed.map(connection => connection.group),
  )
  const guests = await guestsAmong(
    db,
    listed.filter(({ actor }) => actor.role === 'guest').map(({ actor }) => actor.id),
    now(),
  )
  for (const connection of listed) {
    if (guests.has(connection.actor.id) && valid.has(connection.session)) continue
    const code = standing(connection, valid, roles)
    if (code !== null) connection.close(code)
  }
}

/** Why a connection may not go on as it is, or null. */
function standing({ session, group, actor }: Checked, valid: ReadonlySet<string>, roles: ReadonlyMap<string, ReadonlyMap<string, Role>>): CloseCode | null {
  if (!valid.has(session)) return closeCodes.signedOut
  const role = roles.get(group)?.get(actor.id)
  if (role === undefined) return closeCodes.notMember
  return role === actor.role ? null : closeCodes.accessChanged
}
