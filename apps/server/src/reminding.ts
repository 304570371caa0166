/** What goes on beside requests: reminders are given, and mails sent. */
import type { Logger } from 'pino'
import type { Database } from './db/database.ts'
import type { Env } from './env.ts'
import { createOutbox, type Outbox, type OutboxTimes } from './mail/outbox.ts'
import { createPost } from './mail/post.ts'
import { createUnsubscriber } from './mail/unsubscribe.ts'
import { type Reminders, startReminders } from './reminders/run.ts'
import type { Rooms } from './sync/rooms.ts'

interface Options {
  db: Database
  env: Pick<Env, 'mail'>
  log: Logger
  now: () => number
  rooms: Pick<Rooms, 'tell'>
  publicUrl: string
  times?: { outbox?: Partial<OutboxTimes>; reminders?: { every?: number; lease?: number } } | undefined
}

export interface Reminding {
  outbox: Outbox
  reminders: Reminders
  /** Resolves when nothing is under way any more, or after some seconds: a mail that is under way then is sent once more by whoever is there. */
  close(): Promise<void>
}

/** The server has to end within 10 s, with all else that there is to do. ms. */
const longestEnd = 2_000

export function startReminding({ db, env, log, now, rooms, publicUrl, times }: Options): Reminding {
  if (env.mail === null) log.warn('no mail is sent: set SMTP_URL and MAIL_FROM for that. Reminders come in the app alone')
  const post = env.mail === null ? null : createPost(env.mail)
  const outbox = createOutbox({ db, log, now, post, unsubscriber: createUnsubscriber(db), publicUrl, times: times?.outbox })
  const reminders = startReminders({
    db,
    log,
    now,
    outbox,
    publicUrl,
    tell: people => rooms.tell({ kind: 'notices', people: [...people] }),
    times: times?.reminders,
  })
  void outbox.look()
  void reminders.run()
  return {
    outbox,
    reminders,
    close: async () => {
      const ended = Promise.allSettled([reminders.close(), outbox.close()])
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, longestEnd)
      await Promise.race([ended, late.promise])
      clearTimeout(timer)
    },
  }
}
