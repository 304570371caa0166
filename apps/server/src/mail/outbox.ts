/**
 * Sends what is in the outbox. Any number of servers do that at once: each mail is claimed by one of them.
 *
 * A mail is handed over at least once. If the mail server's yes is not heard, or a server dies between that and its own
 * note of it (some milliseconds), the mail goes out again, the same byte for byte and under the same Message-ID. The other
 * way round a reminder could be lost without anybody knowing, which is worse. See docs/decisions.
 */
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { databaseTime } from '../db/leases.ts'
import { type ClaimedMail, claimMail, delayMail, endMail, isClaimed } from '../db/mails.ts'
import { type Round, startRound } from '../rounds.ts'
import { withFooter } from './message.ts'
import type { Post } from './post.ts'
import type { Unsubscriber } from './unsubscribe.ts'

const minute = 60_000

/** Times in ms. */
export interface OutboxTimes {
  /** How often the outbox is looked into. */
  every: number
  /** For how long a mail is claimed: longer than the mail server may take for it. */
  claim: number
  /** Before attempt 2, 3, …; the last one counts for all others. */
  again: readonly number[]
}
const defaults: OutboxTimes = { every: 15_000, claim: 10 * minute, again: [minute, 5 * minute, 15 * minute, 60 * minute, 180 * minute] }

export interface OutboxOptions {
  db: Database
  log: Logger
  now: () => number
  /** Null where no mail is sent. */
  post: Post | null
  unsubscriber: Unsubscriber
  /** The origin people reach the server at. */
  publicUrl: string
  times?: Partial<OutboxTimes> | undefined
}

export interface Outbox {
  /** Whether mail is sent at all. */
  readonly open: boolean
  /** Looks into the outbox now. Resolves when what was due has been tried. */
  look(): Promise<void>
  /** Resolves when no mail is under way any more. */
  close(): Promise<void>
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { db, log, now, post } = options
  const times = { ...defaults, ...options.times }
  const deliver = async () => {
    while (post !== null && round?.closing !== true) {
      const mail = await claimMail(db, { now: await databaseTime(db, now), ms: times.claim })
      if (mail === null) return
      await send(options, post, mail, times)
    }
  }
  const round: Round<void> | null =
    post === null
      ? null
      : startRound<void>({ every: times.every, idle: undefined, does: deliver, failed: err => log.error({ err }, 'the outbox could not be read') })
  return {
    open: post !== null,
    look: async () => round?.run(),
    close: async () => {
      await round?.close()
      post?.close()
    },
  }
}

async function send(options: OutboxOptions, post: Post, mail: ClaimedMail, times: OutboxTimes): Promise<void> {
  const { db, log, now, unsubscriber, publicUrl } = options
  const about = { mail: mail.id, kind: mail.kind, attempt: mail.attempts }
  if (mail.expiresAt <= now()) {
    await endMail(db, mail.id, { state: 'late', now: now(), error: null })
    log.warn(about, 'a mail could not be sent in time and is left out')
    return
  }
  const unsubscribe = `${publicUrl}/unsubscribe/${await unsubscriber.tokenFor(mail)}`
  if (!(await isClaimed(db, mail, await databaseTime(db, now)))) return
  const outcome = await post.send({
    to: mail.to,
    subject: mail.subject,
    ...withFooter(mail, { settings: `${publicUrl}/account/reminders`, unsubscribe }),
    messageId: `<${mail.id}@${new URL(publicUrl).hostname}>`,
    date: mail.createdAt,
    unsubscribe,
  })
  if (outcome.end === 'later') {
    const wait = times.again[Math.min(mail.attempts, times.again.length) - 1] ?? minute
    await delayMail(db, mail.id, { at: (await databaseTime(db, now)) + wait, error: outcome.reason })
    log.warn({ ...about, reason: outcome.reason }, 'a mail could not be sent and will be tried again')
    return
  }
  await endMail(db, mail.id, { state: outcome.end === 'sent' ? 'sent' : 'refused', now: now(), error: outcome.end === 'sent' ? null : outcome.reason })
  if (outcome.end === 'sent') log.info(about, 'mail sent')
  else log.warn({ ...about, reason: outcome.reason }, 'the mail server refuses a mail')
}
