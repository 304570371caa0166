/** Papers that are looked up, in the windows of two members: nobody reloads. */
import { fileURLToPath } from 'node:url'
import { addDays } from '@paperboard/shared/days'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { anotherScreen, joinBy, makeInvitation, openBrowser, type Reader, sitDown, startInstallation } from '../support/browser.ts'
import { startPaperServices } from '../support/paperServices.ts'
import { startServer, todayAt } from '../support/server.ts'

const web = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))
const id = '2611.01234'
const work = {
  title: 'Notes on the Analytical Engine',
  authors: ['Ada Lovelace', 'Luigi Menabrea'],
  abstract: 'What an engine can do, and what it cannot: it originates nothing.',
  published: '2026-11-02T10:00:00Z',
}

const row = (page: Page, text: string | RegExp) => page.locator('li[data-paper]').filter({ hasText: text })
const add = async ({ page }: Reader, text: string) => {
  await page
    .getByRole('button', { name: /^(Paste|Add) papers/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill(text)
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await dialog.getByRole('button', { name: /^Add \d+ paper/ }).click()
}

test('[W26] a draft says how its lookup stands, and its title arrives on both screens; so do corrections, and a newer version', async () => {
  const services = await startPaperServices()
  const server = await startServer({ env: services.env, web })
  onTestFinished(() => server.close())
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const [alice, bob] = [await sitDown(browser, 'Alice'), await sitDown(browser, 'Bob')]
  const both = [alice, bob]
  await startInstallation(alice, server.url, 'Journal club')
  await joinBy(bob, await makeInvitation(alice))
  await alice.page.goBack()

  services.fault = 503
  await add(alice, `${id}\n2611.09999`)
  for (const { page } of both) {
    const draft = row(page, `arXiv:${id}`)
    await draft.getByText(/arXiv cannot be reached\. Next try at \d\d:\d\d/).waitFor()
  }
  services.fault = null
  services.arxiv.set(id, work)
  server.clock.now += 120_000
  server.lookups?.wake()
  for (const { page } of both) {
    await row(page, work.title).getByText('Ada Lovelace, Luigi Menabrea').waitFor()
    await row(page, 'arXiv:2611.09999').getByText('Not found on arXiv.').waitFor()
  }

  // What nobody knows is filled in by hand, and what is wrong is corrected.
  await row(alice.page, 'arXiv:2611.09999').getByRole('button', { name: 'Fill it in' }).click()
  const dialog = alice.page.getByRole('dialog', { name: 'Correct this paper' })
  await dialog.getByLabel('Title').fill('A paper of ours')
  await dialog.getByLabel('Authors').fill('Grace Hopper\nMary Jackson')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row(bob.page, 'A paper of ours').getByText('Grace Hopper, Mary Jackson').waitFor()

  // Bob takes it back.
  await row(bob.page, 'A paper of ours').getByRole('heading').getByRole('link').click()
  await bob.page.getByRole('button', { name: 'Correct this paper' }).click()
  const theirs = bob.page.getByRole('dialog', { name: 'Correct this paper' })
  await theirs.getByText(/Alice corrected the title and authors/).waitFor()
  await theirs.getByRole('button', { name: 'Undo' }).click()
  await row(alice.page, 'arXiv:2611.09999').getByText('Not found on arXiv.').waitFor()
  await theirs.getByText(/Bob took back a correction of the title and authors/).waitFor()
  await theirs.getByRole('button', { name: 'Cancel' }).click()

  // A version comes out after the discussion.
  await row(bob.page, work.title).getByRole('heading').getByRole('link').click()
  await bob.page.getByLabel('Write a comment').fill('It weaves patterns.')
  await bob.page.getByRole('button', { name: 'Comment', exact: true }).last().click()
  await row(alice.page, work.title).getByRole('button', { name: '1 comment' }).waitFor()
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.comments)).length).toBe(1)
  const later = addDays(todayAt(server.clock.now), 2)
  services.arxiv.set(id, { ...work, version: 2, updated: `${later}T10:00:00Z` })
  server.clock.now += 4 * 86_400_000
  server.lookups?.wake()
  for (const { page } of both) await row(page, work.title).getByRole('link', { name: 'v2 since you discussed v1' }).first().waitFor()
  expect([...alice.errors, ...bob.errors]).toEqual([])

  const { SHOTS_DIR } = process.env
  if (SHOTS_DIR !== undefined) {
    services.fault = 503
    await add(alice, '2611.07777\n10.1145/3292500.3330701')
    await row(alice.page, 'arXiv:2611.07777')
      .getByText(/cannot be reached/)
      .waitFor()
    for (const [name, width, dark] of [
      ['light', 1440, false],
      ['dark', 1440, true],
      ['phone', 390, false],
      ['phone-dark', 390, true],
    ] as const) {
      const reader = await anotherScreen(browser, alice, { width, dark })
      await reader.page.goto(alice.page.url().split('?')[0] ?? '')
      await row(reader.page, 'arXiv:2611.07777')
        .getByText(/cannot be reached/)
        .waitFor()
      await reader.page.screenshot({ path: `${SHOTS_DIR}/board-${name}.png` })
      await row(reader.page, '2611.09999').getByRole('button', { name: 'Fill it in' }).click()
      await reader.page.getByText(/took back a correction/).waitFor()
      await reader.page.screenshot({ path: `${SHOTS_DIR}/correct-${name}.png` })
      await reader.page.getByText(/took back a correction/).scrollIntoViewIfNeeded()
      await reader.page.screenshot({ path: `${SHOTS_DIR}/history-${name}.png` })
      await reader.context.close()
    }
  }
})
