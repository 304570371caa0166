/** An organizer imports a schedule; a member is reminded of what it hands them, by mail and in the app. In real browsers, with a real mail server. */
import { fileURLToPath } from 'node:url'
import { addDays } from '@paperboard/shared/days'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../../apps/server/src/logger.ts'
import { type Reminding, startReminding } from '../../apps/server/src/reminding.ts'
import { joinBy, makeInvitation, openBrowser, type Reader, sitDown, startInstallation, violations } from '../support/browser.ts'
import { freePort } from '../support/kept.ts'
import { type MailServer, startMailServer } from '../support/mailServer.ts'
import { startServer, type TestServer, todayAt } from '../support/server.ts'

describe('reminders and schedules', () => {
  let mail: MailServer
  let server: TestServer
  let reminding: Reminding
  let browser: Browser
  let alice: Reader
  let bob: Reader
  const today = todayAt(Date.now())

  beforeAll(async () => {
    mail = await startMailServer()
    const port = await freePort()
    const publicUrl = `http://127.0.0.1:${port}`
    const env = { PORT: String(port), PUBLIC_URL: publicUrl, SMTP_URL: mail.url, MAIL_FROM: 'board@example.org' }
    server = await startServer({ env, web: fileURLToPath(new URL('../../apps/web/dist', import.meta.url)) })
    reminding = startReminding({
      db: server.db,
      env: { mail: { url: mail.url, from: env.MAIL_FROM } },
      log: createLogger('silent', { write: () => undefined }),
      now: () => Date.now(),
      rooms: server.rooms,
      publicUrl,
      times: { reminders: { every: 200 } },
    })
    browser = await openBrowser()
    alice = await sitDown(browser, 'Alice')
    bob = await sitDown(browser, 'Bob')
    await startInstallation(alice, server.url, 'Journal club')
    await joinBy(bob, await makeInvitation(alice))
  })
  afterAll(async () => {
    await browser.close()
    await reminding.close()
    await server.close()
    await mail.close()
  })

  test('[M22] a member says of what they are reminded, when and how', async () => {
    const { page } = bob
    await page.getByRole('button', { name: 'Notices' }).click()
    await page.getByText('Nothing yet.').waitFor()
    await page.getByRole('link', { name: 'Reminders and calendars' }).click()
    await page.getByText('Mail goes to bob@example.org.').waitFor()
    const saved = page.waitForResponse(response => response.url().endsWith('/api/reminders') && response.request().method() === 'PUT')
    await page.getByRole('group', { name: 'Presenting: how long before' }).getByLabel('On the day').check()
    await saved
    await page.getByRole('group', { name: 'Quiet hours' }).getByLabel('None').check()
    await page.getByLabel('From').waitFor({ state: 'detached' })
    await page.getByLabel('Time of day').fill('00:00')
    await page.getByLabel('Time of day').blur()
    await page.getByText('Saved').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.getByLabel('Time of day').waitFor()
    expect(await page.getByLabel('Time of day').inputValue()).toBe('00:00')
    expect(await page.getByRole('group', { name: 'Presenting: how long before' }).getByLabel('On the day').isChecked()).toBe(true)
    await page.getByRole('link', { name: 'Readings' }).first().click()
    expect(await page.getByRole('button', { name: 'Import a schedule…' }).count()).toBe(0)
  })

  test('[I16] an organizer sees what a schedule would become, chooses, and has it in the plan, live on the screens of all', async () => {
    const { page } = alice
    await page.getByRole('link', { name: 'Readings' }).first().click()
    await page.getByRole('button', { name: 'Import a schedule…' }).click()
    const dialog = page.getByRole('dialog')
    const text = [
      'Date,Paper,Presenter,Time',
      `${today},A Paper on Boards,Bob,23:59`,
      `${addDays(today, 7)},Another Paper,Grace Hopper,16:00-17:30`,
      `${addDays(today, 14)},A Third One,Grace Hopper,16:00`,
      '2026-02-31,No Such Day,Bob,',
      '2019-01-01,,Bob,',
    ].join('\n')
    await dialog.getByRole('textbox').fill(text)
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText('A table: 4 rows').waitFor()
    await dialog.getByText('“2026-02-31” is no day of the calendar.').waitFor()
    expect(await dialog.getByLabel('Bob').locator('option:checked').innerText()).toBe('Bob')
    expect(await dialog.getByLabel('Grace Hopper').locator('option:checked').innerText()).toBe('A guest')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('checkbox', { name: /A Third One/ }).uncheck()
    await dialog.getByRole('button', { name: 'Plan 2 sessions' }).click()
    await page.getByText('2 sessions planned, 1 reading handed out').waitFor()
    for (const reader of [alice, bob]) {
      const sessions = reader.page.getByRole('region', { name: 'Sessions' })
      await sessions.getByRole('link', { name: 'Another Paper' }).waitFor()
      expect(await sessions.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringContaining('Bob presents'),
        expect.stringContaining('Grace Hopper presents'),
      ])
    }
    expect(await violations(page)).toEqual([])
  })

  test('[M23] the reminder is in their mail and under the bell at once, and read there', async () => {
    const { page } = bob
    await page.getByRole('button', { name: 'Notices, 1 unread' }).waitFor()
    await mail.until(() => mail.received.length > 0)
    expect(mail.received).toHaveLength(1)
    const [letter] = mail.received
    expect(letter?.to).toEqual(['bob@example.org'])
    expect(letter?.headers.get('list-unsubscribe')).toContain(`${server.url}/unsubscribe/`)
    await page.getByRole('button', { name: 'Notices, 1 unread' }).click()
    await page.getByText('You present “A Paper on Boards” today').waitFor()
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    // Several looks later it is still one.
    for (let n = 0; n < 3; n++) await reminding.reminders.run()
    expect(mail.received).toHaveLength(1)
  })

  test('[M24] the link in the mail stops mails of that kind with one press, without signing in; to look at it changes nothing', async () => {
    const address = /<(http[^>]+)>/.exec(mail.received[0]?.headers.get('list-unsubscribe') ?? '')?.[1] ?? ''
    const reader = await sitDown(browser, 'Nobody')
    await reader.page.goto(address)
    expect(await violations(reader.page)).toEqual([])
    const way = async () => (await server.db.sql.select().from(server.db.t.reminderSettings))[0]?.settings.presenting.way
    expect(await way()).toBe('both')
    await reader.page.getByRole('button', { name: 'Send me no more' }).click()
    await reader.page.getByRole('heading', { name: 'You get no more of these mails' }).waitFor()
    expect(await way()).toBe('app')
    // As mail programs do it: from nowhere, with a form.
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
    expect(answer.status).toBe(200)
    expect((await fetch(`${address}x`, { method: 'POST' })).status).toBe(404)
    await reader.context.close()
  })

  test('[M25] no page logs an error on the way', () => {
    expect([...alice.errors, ...bob.errors]).toEqual([])
  })
})
