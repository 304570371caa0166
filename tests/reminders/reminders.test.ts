/** Reminders from what lies ahead to the mail and the bell, on each store, and with several servers. */
import { defaultSettings } from '@paperboard/shared/members'
import { defaultReminders, type ReminderSettings } from '@paperboard/shared/reminders'
import { and, eq } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup, addMember, endMembership } from '../../apps/server/src/db/groups.ts'
import { noticesOf } from '../../apps/server/src/db/notices.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { setReminderSettings } from '../../apps/server/src/db/reminders.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { type Reminding, startReminding } from '../../apps/server/src/reminding.ts'
import { type MailServer, startMailServer } from '../support/mailServer.ts'
import { onEachStore, onPostgres } from '../support/stores.ts'

const at = (text: string) => Date.parse(text)
/** Nine o'clock in Berlin on the day before the readings are due. */
const moment = at('2026-11-25T08:00:00Z')

interface Server extends Reminding {
  told: string[][]
  clock: { now: number }
}

function server(db: Database, mail: MailServer | null, clock = { now: moment }): Server {
  const told: string[][] = []
  const reminding = startReminding({
    db,
    env: { mail: mail === null ? null : { url: mail.url, from: 'board@example.org' } },
    log: createLogger('silent', { write: () => undefined }),
    now: () => clock.now,
    rooms: { tell: news => void told.push(news.kind === 'notices' ? news.people : []) },
    publicUrl: 'https://board.example.org',
    times: { reminders: { every: 3_600_000 }, outbox: { every: 3_600_000 } },
  })
  onTestFinished(() => reminding.close())
  return { ...reminding, told, clock }
}

async function mailServer(): Promise<MailServer> {
  const mail = await startMailServer()
  onTestFinished(() => mail.close())
  return mail
}

/** Ada and Ben in a group in Berlin, with one paper. */
async function populate(db: Database) {
  for (const id of ['ada', 'ben']) await addPerson(db, { id, email: `${id}@example.org`, name: id, passwordHash: 'x', createdAt: 1 })
  await addGroup(db, { id: 'g', name: 'Club', timeZone: 'Europe/Berlin', settings: defaultSettings, owner: 'ada', createdAt: 1 })
  await addMember(db, { group: 'g', person: 'ben', role: 'member', now: 1 })
  await db.sql.insert(db.t.papers).values({ id: 'p', scope: 'g', title: 'On Boards', authors: [], abstract: '', links: [], createdAt: 1 })
}

const handOut = (db: Database, key: string, change: { member?: string; role?: string; due?: string | null; session?: string; state?: string } = {}) =>
  db.sql.insert(db.t.readings).values({
    group: 'g',
    key,
    paper: 'p',
    board: '2026-11-20',
    member: 'ben',
    role: 'reader',
    part: 'Sec. 3',
    due: '2026-11-26',
    by: 'ada',
    at: 1,
    state: 'unread',
    ...change,
  })

const presents = (db: Database, session: string, member: string, asked = false) =>
  db.sql.insert(db.t.presenters).values({ group: 'g', key: `${session}:${member}`, session, member, way: 'hand', asked, by: 'ada', at: 1 })

const change = (db: Database, key: string, to: { due?: string; state?: string }) =>
  db.sql
    .update(db.t.readings)
    .set(to)
    .where(and(eq(db.t.readings.group, 'g'), eq(db.t.readings.key, key)))

const settings = (more: Partial<ReminderSettings>): ReminderSettings => ({ ...defaultReminders, ...more })

describe('reminders', () => {
  onEachStore(store => {
    test('[M15] before a reading is due its reader is told once, by mail and in the app', async () => {
      const { db } = store
      await populate(db)
      await handOut(db, 'r1')
      const mail = await mailServer()
      const { reminders, outbox, told } = server(db, mail)
      await reminders.run()
      await reminders.run()
      await outbox.look()
      expect(mail.received.map(({ to, headers }) => [to, headers.get('subject')])).toEqual([[['ben@example.org'], expect.stringContaining('=?UTF-8?')]])
      expect(mail.received[0]?.raw.replace(/=\r\n/g, '')).toContain('https://board.example.org/g/g/readings')
      expect(await noticesOf(db, 'ben', 10)).toMatchObject([
        { title: '“On Boards” is due tomorrow', text: 'Your reading for Club (Sec. 3) is due on Thu, 26 Nov 2026.', readAt: null },
      ])
      expect(told).toEqual([['ben']])
    })

    test('[M16] nobody is reminded of what is done or handed back, nor in a group that they have left', async () => {
      const { db } = store
      await populate(db)
      await handOut(db, 'ready', { role: 'presenter', state: 'ready' })
      await handOut(db, 'read', { state: 'read' })
      await handOut(db, 'none', { due: null })
      await handOut(db, 'past', { due: '2026-11-24' })
      await handOut(db, 'far', { due: '2027-02-01' })
      const mail = await mailServer()
      const { reminders, outbox } = server(db, mail)
      await reminders.run()
      await handOut(db, 'r1')
      await endMembership(db, { group: 'g', person: 'ben', now: moment, by: null })
      await reminders.run()
      await outbox.look()
      expect(mail.received).toEqual([])
      expect(await noticesOf(db, 'ben', 10)).toEqual([])
    })

    test('[M17] a change of the date moves the reminder, also one that waits for the mail server', async () => {
      const { db } = store
      await populate(db)
      await handOut(db, 'r1')
      const mail = await mailServer()
      mail.mood = 'busy'
      const { reminders, outbox, clock } = server(db, mail)
      await reminders.run()
      await outbox.look()
      await change(db, 'r1', { due: '2026-11-30' })
      await reminders.run()
      expect(await db.sql.select().from(db.t.mails)).toEqual([])
      mail.mood = 'takes'
      clock.now = at('2026-11-29T08:00:00Z')
      await reminders.run()
      await outbox.look()
      expect(mail.received).toHaveLength(1)
      expect((await noticesOf(db, 'ben', 10)).map(({ text }) => text)).toEqual([
        'Your reading for Club (Sec. 3) is due on Mon, 30 Nov 2026.',
        'Your reading for Club (Sec. 3) is due on Thu, 26 Nov 2026.',
      ])
    })

    test('[M18] each member is reminded by the way they chose, and in the app where no mail is sent', async () => {
      const { db } = store
      await populate(db)
      await handOut(db, 'r1', { member: 'ada', role: 'presenter', due: '2026-12-02' })
      await handOut(db, 'r2', { member: 'ben' })
      await setReminderSettings(db, 'ada', settings({ presenting: { way: 'app', days: [7] } }), 1)
      await setReminderSettings(db, 'ben', settings({ reading: { way: 'mail', days: [1] } }), 1)
      const mail = await mailServer()
      const first = server(db, mail)
      await first.reminders.run()
      await first.outbox.look()
      expect(mail.received.map(({ to }) => to)).toEqual([['ben@example.org']])
      expect(await noticesOf(db, 'ben', 10)).toEqual([])
      expect((await noticesOf(db, 'ada', 10)).map(({ title }) => title)).toEqual(['You present “On Boards” in 7 days'])
      await first.close()
      await handOut(db, 'r3', { member: 'ben' })
      const second = server(db, null)
      await second.reminders.run()
      expect(await noticesOf(db, 'ben', 10)).toHaveLength(1)
      expect(mail.received).toHaveLength(1)
    })

    test('[M21] who wants to hear of sessions hears of those that take place, with the hour, and until they begin', async () => {
      const { db } = store
      await populate(db)
      const session = { group: 'g', day: '2026-11-26', time: '16:00', minutes: 60, title: '', place: '', by: 'ada', at: 1 }
      await db.sql.insert(db.t.groupSessions).values([
        { ...session, key: 's1', cancelled: false },
        { ...session, key: 's2', cancelled: true },
      ])
      await db.sql.insert(db.t.sessionPapers).values({ group: 'g', session: 's1', paper: 'p', position: 1, part: '', at: 1 })
      // Due with its session; the other one does not take place.
      await handOut(db, 'r1', { role: 'presenter', session: 's1', due: null })
      await presents(db, 's1', 'ben')
      await handOut(db, 'r2', { role: 'presenter', session: 's2', due: null })
      await setReminderSettings(db, 'ben', settings({ session: { way: 'app', days: [1, 0] } }), 1)
      const { reminders, clock } = server(db, null)
      await reminders.run()
      const titles = async () => (await noticesOf(db, 'ben', 10)).map(({ title, text }) => `${title}. ${text}`).sort()
      expect(await titles()).toEqual([
        'Club meets tomorrow. On Boards: Thu, 26 Nov 2026, at 16:00 (Europe/Berlin).',
        'You present “On Boards” tomorrow. In Club on Thu, 26 Nov 2026, at 16:00 (Europe/Berlin), Sec. 3.',
      ])
      clock.now = at('2026-11-26T15:00:00Z')
      await reminders.run()
      expect(await titles()).toHaveLength(2)
      clock.now -= 1
      await reminders.run()
      expect(await titles()).toHaveLength(3)
      expect(await noticesOf(db, 'ada', 10)).toEqual([])
    })

    test('[M26] who presents without a paper of their own is reminded of the session, who was asked of the answer, and who skips reads', async () => {
      const { db } = store
      await populate(db)
      const session = { group: 'g', day: '2026-11-26', time: null, minutes: 60, title: 'Open floor', place: '', cancelled: false, by: 'ada', at: 1 }
      await db.sql.insert(db.t.groupSessions).values([
        { ...session, key: 's1' },
        { ...session, key: 's2', title: '' },
      ])
      await presents(db, 's1', 'ben')
      await presents(db, 's2', 'ada', true)
      await handOut(db, 'r1', { role: 'presenter', session: 's2', due: null })
      const { reminders } = server(db, null)
      await reminders.run()
      const titles = async (of: string) => (await noticesOf(db, of, 10)).map(({ title }) => title).sort()
      expect(await titles('ada')).toEqual(['You are asked to present tomorrow'])
      expect(await titles('ben')).toEqual(['You present “Open floor” tomorrow', '“On Boards” is due tomorrow'])
    })

    test('[M19] after restarts nothing is said twice', async () => {
      const { db } = store
      await populate(db)
      for (let n = 0; n < 5; n++) await handOut(db, `r${n}`)
      const mail = await mailServer()
      for (let n = 0; n < 3; n++) {
        const one = server(db, mail)
        await one.reminders.run()
        await one.outbox.look()
        await one.close()
      }
      expect(mail.received).toHaveLength(5)
      expect(await noticesOf(db, 'ben', 10)).toHaveLength(5)
    })
  })

  onPostgres(store => {
    test('[M20] of several servers that remind at once, each reminder comes once; when the one that does is gone, another goes on', async () => {
      const { db } = store
      await populate(db)
      for (let n = 0; n < 20; n++) await handOut(db, `r${n}`)
      const mail = await mailServer()
      const servers = [server(db, mail), server(await store.another(), mail), server(await store.another(), mail)]
      const given = await Promise.all([...servers, ...servers].map(({ reminders }) => reminders.run()))
      await Promise.all(servers.map(({ outbox }) => outbox.look()))
      expect(mail.received).toHaveLength(20)
      expect(new Set(mail.received.map(({ headers }) => headers.get('message-id'))).size).toBe(20)
      // Who starts takes the lease, and all else is done by them.
      expect(given.filter(n => n > 0).length).toBeLessThanOrEqual(1)
      await handOut(db, 'late')
      for (const one of servers) await one.close()
      const next = server(await store.another(), mail)
      await next.reminders.run()
      await next.outbox.look()
      expect(mail.received).toHaveLength(21)
      expect(await noticesOf(db, 'ben', 50)).toHaveLength(21)
    })
  })
})
