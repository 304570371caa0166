/** Reminds members: one server at a time, by a lease, looks each minute at what is due, and notes what was said. */
import { newId } from '@paperboard/shared/ids'
import { defaultReminders, reminderKinds } from '@paperboard/shared/reminders'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { leaseFor } from '../db/leases.ts'
import { forgetMails, queueMail, waitingMails, withdrawMail } from '../db/mails.ts'
import { addNotice, forgetNotices, saidOf } from '../db/notices.ts'
import { reminderSettingsOf } from '../db/reminders.ts'
import { asHtml, asText } from '../mail/message.ts'
import type { Outbox } from '../mail/outbox.ts'
import { startRound } from '../rounds.ts'
import { allAhead, type Reminded } from './ahead.ts'
import { type Due, dueNow, isOccasionOf } from './due.ts'
import { reminderWords } from './words.ts'

const dayMs = 86_400_000
/** How often it is looked what is due, and how long the server that does may be silent before another one does. ms. */
const defaults = { every: 60_000, lease: 180_000 }
/** Notices stay for so long after they came: read ones, and any. Mails that ended, as long as read ones. ms. */
const kept = { read: 90 * dayMs, any: 365 * dayMs }

export interface RemindersOptions {
  db: Database
  log: Logger
  now: () => number
  outbox: Outbox
  publicUrl: string
  /** These people have something new in the app. */
  tell: (people: readonly string[]) => void
  times?: Partial<typeof defaults> | undefined
}

export interface Reminders {
  /** Looks what is due now. Resolves with how many reminders were given; 0 where another server does this. */
  run(): Promise<number>
  close(): Promise<void>
}

export function startReminders(options: RemindersOptions): Reminders {
  const { log } = options
  const times = { ...defaults, ...options.times }
  const lease = leaseFor({ ...options, name: 'reminders', ms: times.lease })
  const round = startRound({
    every: times.every,
    idle: 0,
    does: async () => ((await lease.take()) ? remind(options, lease.take) : 0),
    failed: err => log.error({ err }, 'reminders could not be given and will be tried again'),
  })
  return {
    run: round.run,
    close: async () => {
      await round.close()
      await lease.release()
    },
  }
}

async function remind(options: RemindersOptions, mine: () => Promise<boolean>): Promise<number> {
  const { db, now, outbox, tell } = options
  const at = now()
  const ahead = await allAhead(db, at)
  await withdrawOutdated(db, ahead)
  const settings = await reminderSettingsOf(
    db,
    ahead.map(({ person }) => person),
  )
  const said = Map.groupBy(
    await saidOf(
      db,
      ahead.map(({ thing }) => thing),
    ),
    nameOf,
  )
  const told = new Set<string>()
  let given = 0
  for (const about of ahead) {
    const due = dueNow(about, settings.get(about.person) ?? defaultReminders, at, said.get(nameOf(about)) ?? [])
    if (due === null) continue
    // The lease is asked for again now and then: whoever has lost it stops.
    if (given % 50 === 49 && !(await mine())) break
    if (!(await give(options, about, due))) continue
    given += 1
    told.add(about.person)
  }
  await forgetNotices(db, { read: at - kept.read, any: at - kept.any })
  await forgetMails(db, at - kept.read)
  if (told.size > 0) tell([...told])
  if (given > 0) void outbox.look()
  return given
}

const nameOf = ({ person, kind, thing }: { person: string; kind: string; thing: string }) => `${person} ${kind} ${thing}`

/** Notes that it is said, and puts it into the outbox, both or neither. False when it was said before. */
async function give({ db, now, outbox, publicUrl }: RemindersOptions, about: Reminded, { way, occasion, daysLeft }: Due): Promise<boolean> {
  const { title, text, label } = reminderWords(about, daysLeft)
  const { person, kind, thing } = about
  const name = { person, kind, thing, occasion }
  // Where no mail is sent, what was to come by mail comes in the app.
  const [inApp, byMail] = [way !== 'mail' || !outbox.open, way !== 'app' && outbox.open]
  const words = { title, text, link: { label, href: `${publicUrl}${about.path}` } }
  return db.transaction(async tx => {
    const fresh = await addNotice(tx, { id: newId(), ...name, group: about.group, title, text, path: about.path, inApp, at: now() })
    if (fresh && byMail)
      await queueMail(tx, { id: newId(), ...name, subject: title, text: asText(words), html: asHtml(words), now: now(), expiresAt: about.until })
    return fresh
  })
}

/** Mails that wait for the mail server, while what they are about was done, handed back or moved. */
async function withdrawOutdated(db: Database, ahead: readonly Reminded[]): Promise<void> {
  const waiting = await waitingMails(db, reminderKinds)
  if (waiting.length === 0) return
  const things = new Map(ahead.map(about => [nameOf(about), about]))
  for (const mail of waiting) {
    const about = things.get(nameOf(mail))
    if (about === undefined || !isOccasionOf(about, mail.occasion)) await withdrawMail(db, mail.id)
  }
}
