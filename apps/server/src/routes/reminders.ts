import { type Notices, ReadNotices, type Reminders, type UnreadNotices } from '@paperboard/shared/api'
import { type ReminderKind, ReminderSettings, reminderKinds } from '@paperboard/shared/reminders'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { noticesOf, readNotices, unreadOf } from '../db/notices.ts'
import { reminderSettingsFor, setReminderSettings } from '../db/reminders.ts'
import type { Env } from '../env.ts'
import { createUnsubscriber } from '../mail/unsubscribe.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'tell'>
  env: Pick<Env, 'mail'>
  now: () => number
}

/** Notices that are told: what is older is of the past. */
const most = 50

/** What was said to a person in the app, and how they want to be reminded. */
export const remindersRoutes = ({ db, rooms, env, now }: Parts) =>
  new Hono<AppEnv>()
    .get('/notices', signedIn, async c => {
      const { id } = c.var.me
      const answer: Notices = { notices: await noticesOf(db, id, most), unread: await unreadOf(db, id) }
      return c.json(answer)
    })
    .get('/notices/unread', signedIn, async c => {
      const answer: UnreadNotices = { unread: await unreadOf(db, c.var.me.id) }
      return c.json(answer)
    })
    .post('/notices/read', signedIn, json(ReadNotices), async c => {
      const { id } = c.var.me
      await readNotices(db, id, c.req.valid('json'), now())
      rooms.tell({ kind: 'notices', people: [id] })
      const answer: Notices = { notices: await noticesOf(db, id, most), unread: await unreadOf(db, id) }
      return c.json(answer)
    })
    .get('/reminders', signedIn, async c => {
      const answer: Reminders = { settings: await reminderSettingsFor(db, c.var.me.id), mail: env.mail !== null }
      return c.json(answer)
    })
    .put('/reminders', signedIn, json(ReminderSettings), async c => {
      await setReminderSettings(db, c.var.me.id, c.req.valid('json'), now())
      const answer: Reminders = { settings: await reminderSettingsFor(db, c.var.me.id), mail: env.mail !== null }
      return c.json(answer)
    })

/**
 * The links in mails, beside the API: mail programs press them (RFC 8058) without a cookie, and from nowhere. A look at one
 * changes nothing, since programs that look for harmful links open them all.
 */
export const unsubscribeRoutes = ({ db, now }: Pick<Parts, 'db' | 'now'>) => {
  const unsubscriber = createUnsubscriber(db)
  return new Hono<AppEnv>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      c.header('X-Robots-Tag', 'noindex')
      await next()
    })
    .get('/:token', async c => {
      const kind = kindOf(await unsubscriber.read(c.req.param('token')))
      if (kind === null) return c.html(page('This link does not work', 'It is not one of ours, or not whole. Sign in to change your reminders.'), 404)
      return c.html(
        page(
          'No more of these mails?',
          `You will get no more mail ${words[kind]}. In the app they still come.`,
          html`<form method="post"><button>Send me no more</button></form>`,
        ),
      )
    })
    .post('/:token', async c => {
      const asked = await unsubscriber.read(c.req.param('token'))
      const kind = kindOf(asked)
      if (asked === null || kind === null)
        return c.html(page('This link does not work', 'It is not one of ours, or not whole. Sign in to change your reminders.'), 404)
      await stopMails(db, { person: asked.person, kind }, now())
      return c.html(page('You get no more of these mails', `No more mail ${words[kind]} will come. You can change that in your reminders.`))
    })
}

/** What mails are about that one can stop. */
type MailKind = ReminderKind | 'minutes'
const words: Record<MailKind, string> = {
  reading: 'about readings that are due',
  presenting: 'before you present',
  session: 'before sessions of your groups',
  minutes: 'with the minutes of meetings',
}

const kindOf = (asked: { kind: string } | null): MailKind | null => ([...reminderKinds, 'minutes'] as const).find(kind => kind === asked?.kind) ?? null

/** Mail of that kind comes in the app alone from now on. */
async function stopMails(db: Database, { person, kind }: { person: string; kind: MailKind }, now: number): Promise<void> {
  const settings = await reminderSettingsFor(db, person)
  const way = kind === 'minutes' ? settings.minutes : settings[kind].way
  if (way === 'app' || way === 'none') return
  const stopped = kind === 'minutes' ? { minutes: 'app' as const } : { [kind]: { ...settings[kind], way: 'app' } }
  await setReminderSettings(db, person, { ...settings, ...stopped }, now)
}

const page = (title: string, text: string, more: ReturnType<typeof html> | '' = '') => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>:root { color-scheme: light dark } body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem } button { font: inherit; padding: 0.5rem 1rem; margin-right: 1rem }</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p>${more}<p><a href="/account/reminders">Your reminders</a></p></main></body>
</html>`
