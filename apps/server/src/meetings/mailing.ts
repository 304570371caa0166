/** Minutes go to members once each, by mail or in the app, as each has set it. */
import { newId } from '@paperboard/shared/ids'
import { markdownHtml } from '@paperboard/shared/markdownText'
import { minutesBrief } from '@paperboard/shared/minutes'
import { defaultReminders } from '@paperboard/shared/reminders'
import type { Database } from '../db/database.ts'
import { membersOf } from '../db/groups.ts'
import { queueMail } from '../db/mails.ts'
import { type MinutesRow, minutesToMail, noteMailed } from '../db/minutes.ts'
import { addNotice } from '../db/notices.ts'
import { reminderSettingsOf } from '../db/reminders.ts'
import { button } from '../mail/message.ts'

const dayMs = 86_400_000

export interface Mailing {
  db: Database
  now: () => number
  /** Where members reach the app; null where no mail is sent, and what was to come by mail comes in the app. */
  mailsFrom: string | null
  /** These people have something new in the app. */
  tell: (people: readonly string[]) => void
}

/** Sends the minutes whose time has come. Again, whoever has got them gets them no more. */
export async function sendMinutes(options: Mailing): Promise<void> {
  for (const minutes of await minutesToMail(options.db, options.now())) await send(options, minutes)
}

async function send({ db, now, mailsFrom, tell }: Mailing, minutes: MinutesRow): Promise<void> {
  const members = (await membersOf(db, minutes.group)).filter(({ gone, role }) => !gone && role !== 'guest').map(({ id }) => id)
  const settings = await reminderSettingsOf(db, members)
  const path = `/g/${minutes.group}/meetings/${minutes.meeting}/minutes`
  const words = { title: `Minutes: ${minutes.facts.title}`, text: `${minutesBrief(minutes.facts)}.` }
  const told = new Set<string>()
  for (const person of members) {
    const way = settings.get(person)?.minutes ?? defaultReminders.minutes
    if (way === 'none') continue
    const [inApp, byMail] = [way !== 'mail' || mailsFrom === null, way !== 'app' && mailsFrom !== null]
    const name = { person, kind: 'minutes', thing: minutes.meeting, occasion: 'ended' }
    await db.transaction(async tx => {
      const fresh = await addNotice(tx, { ...name, id: newId(), group: minutes.group, ...words, path, inApp, at: now() })
      if (fresh && inApp) told.add(person)
      if (byMail) await queueMail(tx, { ...name, id: newId(), ...asMail(minutes, `${mailsFrom}${path}`), now: now(), expiresAt: now() + 7 * dayMs })
    })
  }
  await noteMailed(db, minutes.meeting, now())
  if (told.size > 0) tell([...told])
}

const asMail = ({ edited, generated, facts }: MinutesRow, href: string) => {
  const text = edited ?? generated
  return {
    subject: `Minutes: ${facts.title}`,
    text: `${text}\nRead and mend them: ${href}\n`,
    html: `${markdownHtml(text)}\n${button({ label: 'Read and mend them', href })}\n`,
  }
}
