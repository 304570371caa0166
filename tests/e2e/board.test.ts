/**
 * The way from a fresh installation to two members on one board, in real browsers. The rules build on one another and
 * share one server and two windows.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anotherScreen, joinBy, keptHere, makeInvitation, openBrowser, type Reader, saved, sitDown, startInstallation, violations } from '../support/browser.ts'
import { freePort } from '../support/kept.ts'
import { samplePage, titles } from '../support/samplePage.ts'
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

const [first = '', second = '', third = ''] = titles

describe('two members on one board', () => {
  let dataDir: string
  let server: ServerProcess
  let browser: Browser
  let alice: Reader
  let bob: Reader
  let boardUrl: string

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'paperboard-e2e-'))
    // It comes back on its port, which nobody else may have been given meanwhile.
    server = await startServerProcess({ dataDir, env: { PORT: String(await freePort()) } })
    browser = await openBrowser()
    alice = await sitDown(browser, 'Alice')
    bob = await sitDown(browser, 'Bob')
  })
  afterAll(async () => {
    await browser.close()
    await server.kill()
    await rm(dataDir, { recursive: true, force: true })
  })

  const row = (page: Page, title: string) => page.locator('li[data-paper]').filter({ hasText: title })
  const net = (page: Page, title: string, value: string) =>
    row(page, title)
      .getByRole('button', { name: `Net ${value}.` })
      .first()
      .waitFor()
  const openPaper = async (page: Page, title: string) => {
    await row(page, title).getByRole('link', { name: title }).first().click()
    await page.getByRole('complementary', { name: `Discussion of ${title}` }).waitFor()
  }

  const openSheet = async (page: Page, title: string) => {
    await row(page, title).getByRole('link', { name: title }).first().click()
    await page.getByRole('dialog', { name: `Discussion of ${title}` }).waitFor()
  }

  test('[U1] the first visitor creates the first account, names a group and is on its empty board', async () => {
    await startInstallation(alice, server.url, 'Journal club')
    await alice.page.getByRole('button', { name: 'Paste papers' }).waitFor()
  })

  test('[U2] who follows an invitation creates an account and is on the board of the group', async () => {
    const link = await makeInvitation(alice)
    await joinBy(bob, link)
    await bob.page.getByText('What shall we read?').waitFor()
  })

  test('[U3] a pasted page is shown as it was understood, and its papers come to the board it names, on both screens', async () => {
    const { page } = alice
    await page.goBack()
    await page.getByRole('button', { name: 'Paste papers' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(samplePage)
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText(first, { exact: true }).waitFor()
    const day = await dialog.getByLabel('Board', { exact: true }).inputValue()
    expect(day).toMatch(/-08-27$/)
    await dialog.getByRole('button', { name: /^Add 3 papers/ }).click()
    await row(page, third).waitFor()
    boardUrl = page.url()
    expect(boardUrl).toContain(day)
    await bob.page.goto(boardUrl)
    await row(bob.page, third).waitFor()
    const shown = await bob.page.locator('li[data-paper] h2').allInnerTexts()
    expect(shown.map(text => text.replace(/\s*Unread$/, ''))).toEqual(titles)
    await row(bob.page, first).getByText('<kernel>').first().waitFor()
  })

  test("[U4] a vote is on the other member's screen at once, and a second press withdraws it", async () => {
    await row(alice.page, first)
      .getByRole('button', { name: `Vote up ${first}` })
      .click()
    await net(bob.page, first, '+1')
    await row(bob.page, first)
      .getByRole('button', { name: `Vote up ${first}` })
      .click()
    await net(alice.page, first, '+2')
    await row(bob.page, first)
      .getByRole('button', { name: `Vote up ${first}` })
      .click()
    await net(alice.page, first, '+1')
    await saved(alice.page)
  })

  test('[U5] a comment, and a reply to it, are on both screens', async () => {
    await openPaper(alice.page, first)
    await alice.page.getByLabel('Write a comment').fill('Is **Theorem 2** tight?')
    await alice.page.getByRole('button', { name: 'Comment', exact: true }).last().click()
    await openPaper(bob.page, first)
    const comment = bob.page.getByRole('article', { name: 'Comment by Alice' })
    await comment.locator('strong', { hasText: 'Theorem 2' }).waitFor()
    await comment.getByRole('button', { name: 'Reply' }).click()
    await bob.page.getByLabel('Reply to Alice').fill('Only for convex losses.')
    await bob.page.getByRole('button', { name: 'Reply' }).last().click()
    await alice.page.getByRole('article', { name: 'Comment by Bob' }).getByText('Only for convex losses.').waitFor()
  })

  test('[U6] a reading that is handed out is on the screen of its reader', async () => {
    await alice.page.getByRole('complementary').getByRole('button', { name: 'Assign a reading' }).click()
    const dialog = alice.page.getByRole('dialog')
    await dialog.getByLabel('Who').selectOption({ label: 'Bob' })
    await dialog.getByLabel('Part').fill('Sec. 3')
    await dialog.getByRole('button', { name: 'Hand it to Bob' }).click()
    await bob.page.getByRole('complementary').getByText('Sec. 3').first().waitFor()
    await saved(alice.page)
  })

  test('[U7] after a reload everything is as it was', async () => {
    await bob.page.reload()
    await net(bob.page, first, '+1')
    await bob.page.getByRole('article', { name: 'Comment by Alice' }).waitFor()
    await bob.page.getByRole('complementary').getByText('Sec. 3').first().waitFor()
  })

  test('[U8] both come back by themselves when the server was restarted, and nothing is lost', async () => {
    const port = new URL(server.url).port
    await server.stop()
    await bob.page.getByRole('status', { name: /^Offline/ }).waitFor()
    server = await startServerProcess({ dataDir, env: { PORT: port } })
    await saved(alice.page)
    await saved(bob.page)
    await row(bob.page, second)
      .getByRole('button', { name: `Vote down ${second}` })
      .click()
    await net(alice.page, second, '−1')
  })

  test('[U9] what both change offline is counted, survives a reload, and merges when they are back', async () => {
    // What came before is stored, and both know it.
    for (const { page } of [alice, bob]) await saved(page)
    // Without a connection pages come from what the first visit keeps, which it does when it has time.
    await bob.page.evaluate(async () => void (await navigator.serviceWorker.ready))
    await Promise.all([alice.context.setOffline(true), bob.context.setOffline(true)])
    const port = new URL(server.url).port
    await server.stop()
    await row(alice.page, third)
      .getByRole('button', { name: `Vote up ${third}` })
      .click()
    await row(bob.page, third)
      .getByRole('button', { name: `Vote up ${third}` })
      .click()
    await net(bob.page, third, '+1')
    await bob.page.getByLabel('Write a comment').fill('Written in the tunnel')
    await bob.page.getByRole('button', { name: 'Comment', exact: true }).last().click()
    await bob.page.getByRole('article').getByText('Written in the tunnel').waitFor()
    await bob.page.getByRole('status', { name: /2 unsaved changes/ }).waitFor()
    await keptHere(bob.page)
    await bob.page.reload()
    await net(bob.page, third, '+1')
    await bob.page.getByText('Written in the tunnel').waitFor()
    await bob.page.getByRole('status', { name: /2 unsaved changes/ }).waitFor()
    server = await startServerProcess({ dataDir, env: { PORT: port } })
    await Promise.all([alice.context.setOffline(false), bob.context.setOffline(false)])
    await net(alice.page, third, '+2')
    await net(bob.page, third, '+2')
    await alice.page.getByText('Written in the tunnel').waitFor()
    await saved(bob.page)
  })

  test('[U10] the board works by keyboard', async () => {
    const { page } = bob
    await page.keyboard.press('Escape')
    await page.goto(boardUrl)
    await row(page, second).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('u')
    await net(page, second, '+1')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: `Discussion of ${second}` }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keyboard' })
    await keys.getByText('Next paper').waitFor()
    await keys.getByText('Go to the readings').waitFor()
    await page.keyboard.press('Escape')
    await keys.waitFor({ state: 'detached' })
  })

  test.each([
    ['at a desk', 1440, false],
    ['on a phone, in the dark', 390, true],
  ] as const)('[U11] axe finds no violation on the board %s', async (_where, width, dark) => {
    const reader = await anotherScreen(browser, alice, { width, dark })
    await reader.page.goto(boardUrl)
    await row(reader.page, first).waitFor()
    expect(await violations(reader.page)).toEqual([])
    // Nothing stands out to the side of the screen.
    expect(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await reader.context.close()
  })

  test('[U104] on a phone the first paper begins in the upper quarter, and the name of the group is read while others are here', async () => {
    const { context, page } = await anotherScreen(browser, alice, { width: 390, touch: true })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(boardUrl)
    await row(page, first).waitFor()
    await page.getByRole('img', { name: /^Here now: Bob/ }).waitFor()
    const box = await page.locator('li[data-paper]').first().boundingBox()
    expect(box?.y).toBeLessThan(844 / 4)
    const name = page.getByText('Journal club', { exact: true })
    expect(await name.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth <= clientWidth && scrollHeight <= clientHeight)).toBe(
      true,
    )
    await context.close()
  })

  test('[U13] on a phone, menus and reactions open over the page of a paper', async () => {
    const { context, page } = await anotherScreen(browser, alice, { width: 390 })
    await page.goto(boardUrl)
    await openSheet(page, first)
    const comment = page.getByRole('article', { name: 'Comment by Alice' })
    await comment.getByRole('button', { name: 'Add a reaction' }).click()
    await page.getByRole('button', { name: 'To the point' }).click()
    await comment.getByText('To the point').waitFor({ state: 'attached' })
    await comment.getByRole('button', { name: 'More about this comment' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await page.getByLabel('Edit the comment').waitFor()
    await context.close()
  })

  test('[U12] no page logs an error on the way', () => {
    expect([...alice.errors, ...bob.errors]).toEqual([])
  })
})
