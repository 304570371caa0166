/** Mails from the outbox to a real mail server. */
import { newId } from '@paperboard/shared/ids'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { queueMail } from '../../apps/server/src/db/mails.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { asHtml, asText } from '../../apps/server/src/mail/message.ts'
import { createOutbox, type Outbox } from '../../apps/server/src/mail/outbox.ts'
import { createPost } from '../../apps/server/src/mail/post.ts'
import { createUnsubscriber } from '../../apps/server/src/mail/unsubscribe.ts'
import { type MailServer, startMailServer } from '../support/mailServer.ts'
import { onEachStore, onPostgres } from '../support/stores.ts'

const hour = 3_600_000

/** A server as far as it sends mail; `clock` is its own. */
function sender(db: Database, url: string, clock = { now: Date.now() }): { outbox: Outbox; logged: string[]; clock: { now: number } } {
  const logged: string[] = []
  const outbox = createOutbox({
    db,
    log: createLogger('info', { write: line => logged.push(line) }),
    now: () => clock.now,
    post: createPost({ url, from: 'Paperboard <board@example.org>' }),
    unsubscriber: createUnsubscriber(db),
    publicUrl: 'https://board.example.org',
  })
  onTestFinished(() => outbox.close())
  return { outbox, logged, clock }
}

async function mailServer(account?: { user: string; password: string }): Promise<MailServer> {
  const server = await startMailServer(account)
  onTestFinished(() => server.close())
  return server
}

const person = { id: 'ada', email: 'ada@example.org', name: 'Ada Łódź', passwordHash: 'x', createdAt: 1 }
const words = {
  title: '“On τ-bench & <others>” is due tomorrow',
  text: 'Your reading for Club.',
  link: { label: 'Open', href: 'https://board.example.org/g/1' },
}

const queue = (db: Database, change: { thing?: string; occasion?: string; now?: number; expiresAt?: number } = {}) => {
  const now = change.now ?? Date.now()
  const body = { subject: words.title, text: asText(words), html: asHtml(words) }
  return queueMail(db, {
    id: newId(),
    person: 'ada',
    kind: 'reading',
    thing: 'r1',
    occasion: '2026-11-26/1',
    ...body,
    now,
    expiresAt: now + 48 * hour,
    ...change,
  })
}

const ends = async (db: Database) =>
  (await db.sql.select({ state: db.t.mails.state, attempts: db.t.mails.attempts, text: db.t.mails.text }).from(db.t.mails))[0]

describe('the outbox', () => {
  onEachStore(store => {
    test('[M10] a mail is plain text and HTML, names its sender and how to stop it, and is sent once', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer({ user: 'board', password: 'p@ss word' })
      const url = server.url.replace('p@ss word', encodeURIComponent('p@ss word'))
      const { outbox } = sender(db, url)
      expect(await queue(db)).toBe(true)
      expect(await queue(db)).toBe(false)
      await outbox.look()
      await outbox.look()
      expect(server.received.map(({ from, to }) => ({ from, to }))).toEqual([{ from: 'board@example.org', to: ['ada@example.org'] }])
      const [{ headers, raw } = { headers: new Map<string, string>(), raw: '' }] = server.received
      expect(headers.get('content-type')).toMatch(/^multipart\/alternative/)
      expect(headers.get('list-unsubscribe')).toMatch(/^<https:\/\/board\.example\.org\/unsubscribe\/ada\.reading\.[\w-]{43}>$/)
      expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
      expect(headers.get('message-id')).toMatch(/^<[0-9A-Za-z]{12}@board\.example\.org>$/)
      expect(headers.get('auto-submitted')).toBe('auto-generated')
      expect(raw).toContain('&lt;others&gt;')
      expect(await ends(db)).toEqual({ state: 'sent', attempts: 1, text: '' })
    })
  })

  onEachStore(store => {
    test('[M11] while the mail server is away or busy a mail waits, longer each time, and then arrives once', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer()
      server.mood = 'busy'
      const { outbox, clock, logged } = sender(db, server.url)
      await queue(db)
      const attempts = async () => (await ends(db))?.attempts
      // Where servers share a database, that one's clock counts: there the wait is not to be hurried.
      await outbox.look()
      await outbox.look()
      expect(await attempts()).toBe(1)
      expect(logged.join('')).toContain('will be tried again')
      if (db.shared) return
      clock.now += 61_000
      await outbox.look()
      expect(await attempts()).toBe(2)
      clock.now += 4 * 60_000
      await outbox.look()
      expect(await attempts()).toBe(2)
      clock.now += 2 * 60_000
      server.mood = 'takes'
      await outbox.look()
      expect(server.received).toHaveLength(1)
      expect(await ends(db)).toMatchObject({ state: 'sent', attempts: 3 })
    })
  })

  onEachStore(store => {
    test('[M12] an address that the mail server refuses is tried once; a wrong password keeps mails waiting, and no log tells it', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer({ user: 'board', password: 'right' })
      const wrong = sender(db, server.url.replace('right', 'secretword'))
      await queue(db)
      await wrong.outbox.look()
      expect(await ends(db)).toMatchObject({ state: 'waiting', attempts: 1 })
      expect(wrong.logged.join('')).not.toContain('secretword')
      server.mood = 'refuses'
      await queue(db, { thing: 'r2' })
      const { outbox, logged } = sender(db, server.url)
      await outbox.look()
      await outbox.look()
      const rows = await db.sql.select({ thing: db.t.mails.thing, state: db.t.mails.state, attempts: db.t.mails.attempts }).from(db.t.mails)
      expect(rows.find(({ thing }) => thing === 'r2')).toEqual({ thing: 'r2', state: 'refused', attempts: 1 })
      expect(logged.join('')).toContain('refuses a mail')
    })

    test('[M13] a mail whose time is over is left out', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer()
      const { outbox, clock } = sender(db, server.url)
      await queue(db, { now: clock.now - 72 * hour })
      await outbox.look()
      expect(server.received).toEqual([])
      expect(await ends(db)).toMatchObject({ state: 'late' })
    })
  })

  onEachStore(store => {
    test('[M28] where the mail server breaks off before it says yes, the mail comes again as the same letter, byte for byte', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer()
      const { outbox, clock } = sender(db, server.url)
      await queue(db)
      server.mood = 'breaks'
      await outbox.look()
      expect(await ends(db)).toMatchObject({ state: 'waiting', attempts: 1 })
      await db.sql.update(db.t.mails).set({ nextAt: 0 })
      clock.now += 2 * hour
      await outbox.look()
      const [first, second, ...others] = server.received.map(({ raw }) => raw)
      expect(first).toContain('Message-ID')
      expect(second).toBe(first)
      expect(others).toEqual([])
    })

    test('[M29] a server that was stopped for longer than its claim does not send what another has sent meanwhile', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer()
      const clock = { now: Date.now() }
      const { outbox: other } = sender(db, server.url, clock)
      const unsubscriber = createUnsubscriber(db)
      const stopped = createOutbox({
        db,
        log: createLogger('fatal', { write: () => undefined }),
        now: () => clock.now,
        post: createPost({ url: server.url, from: 'board@example.org' }),
        unsubscriber: {
          ...unsubscriber,
          tokenFor: async mail => {
            clock.now += hour
            await expect.poll(() => other.look().then(() => server.received.length), { interval: 10 }).toBe(1)
            return unsubscriber.tokenFor(mail)
          },
        },
        publicUrl: 'https://board.example.org',
        times: { claim: 20 },
      })
      onTestFinished(() => stopped.close())
      await queue(db)
      await stopped.look()
      expect(server.received).toHaveLength(1)
      expect(await ends(db)).toMatchObject({ state: 'sent', attempts: 2 })
    })
  })

  onPostgres(store => {
    test('[M14] of several servers that look at once, each mail is sent by one, once', async () => {
      const { db } = store
      await addPerson(db, person)
      const server = await mailServer()
      const outboxes = [sender(db, server.url).outbox]
      for (let n = 0; n < 2; n++) outboxes.push(sender(await store.another(), server.url).outbox)
      for (let n = 0; n < 40; n++) await queue(db, { thing: `r${n}` })
      await Promise.all([...outboxes, ...outboxes].map(outbox => outbox.look()))
      const ids = server.received.map(({ headers }) => headers.get('message-id'))
      expect(ids).toHaveLength(40)
      expect(new Set(ids).size).toBe(40)
    })
  })
})
