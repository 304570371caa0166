/** Sources in real browsers: an organizer adds one and fetches it, and another member sees the papers arrive. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joinBy, makeInvitation, openBrowser, type Reader, sitDown, startInstallation, violations } from '../support/browser.ts'
import { type FeedServer, startFeedServer } from '../support/feedServer.ts'
import { todayAt } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

describe('sources of a group', () => {
  let dataDir: string
  let feeds: FeedServer
  let server: ServerProcess
  let browser: Browser
  let alice: Reader
  let bob: Reader

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'paperboard-e2e-'))
    feeds = await startFeedServer('when closed')
    feeds.listing = {
      day: todayAt(Date.now()),
      papers: [
        { id: '2611.01001', title: 'Parsing with graphs', authors: ['Grace Hopper', 'Ada Lovelace'] },
        { id: '2611.01002', title: 'A survey of everything' },
        { id: '2611.01003', title: 'Counting what is read' },
      ],
    }
    server = await startServerProcess({ dataDir, env: feeds.env })
    browser = await openBrowser()
    alice = await sitDown(browser, 'Alice')
    bob = await sitDown(browser, 'Bob')
    await startInstallation(alice, server.url, 'Journal club')
    await joinBy(bob, await makeInvitation(alice))
    await alice.page.goBack()
  })
  afterAll(async () => {
    await browser.close()
    await server.kill()
    await feeds.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('[F40] an empty board leads an organizer to the sources, where one is tried with its rules and added', async () => {
    const { page } = alice
    await page.getByRole('link', { name: 'Add a source' }).click()
    await page.getByRole('heading', { name: 'No source yet' }).waitFor()
    await page.getByRole('button', { name: 'Add a source' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a source' })
    await dialog.getByRole('radio', { name: 'arXiv' }).check()
    await dialog.getByRole('textbox', { name: 'Categories' }).fill('cs.CL')
    await dialog.getByRole('button', { name: 'Have a look' }).click()
    await dialog.getByText('3 found, 3 match, 3 new to the group.').waitFor()
    await dialog.getByRole('button', { name: 'Add a rule' }).click()
    await dialog.getByLabel('What rule 1 does').selectOption('exclude')
    await dialog.getByLabel('Words of rule 1').fill('survey, review')
    await dialog.getByText('left out by “survey”').waitFor()
    await dialog.getByRole('button', { name: 'Add a rule' }).click()
    await dialog.getByLabel('What rule 2 does').selectOption('highlight')
    await dialog.getByLabel('Words of rule 2').fill('G. Hopper')
    await dialog.getByRole('group', { name: 'Where rule 2 looks' }).getByRole('checkbox', { name: 'Authors' }).check()
    await dialog.getByRole('textbox', { name: 'Name of rule 2' }).fill('Our friends')
    await dialog.getByText('3 found, 2 match, 2 new to the group.').waitFor()
    await dialog.locator('mark', { hasText: 'Our friends' }).waitFor()
    expect(await violations(page, 'dialog')).toEqual([])
    await dialog.getByRole('button', { name: 'Add the source' }).click()
    await page.getByRole('heading', { name: 'arXiv cs.CL' }).waitFor()
    await page.getByText(/^Weekdays at 07:30 · next/).waitFor()
  })

  test('[F41] what is fetched arrives on the open board of another member, with its source and what highlights it', async () => {
    await bob.page.getByText('What shall we read?').waitFor()
    expect(await bob.page.getByRole('link', { name: 'Add a source' }).count()).toBe(0)
    await alice.page.getByRole('button', { name: 'Fetch now' }).click()
    const row = bob.page.locator('li[data-paper]').filter({ hasText: 'Parsing with graphs' })
    await row.getByText('from arXiv cs.CL').waitFor()
    await row.getByText('Our friends').waitFor()
    expect(await bob.page.locator('li[data-paper] h2 a').allInnerTexts()).toEqual([
      expect.stringContaining('Parsing with graphs'),
      expect.stringContaining('Counting what is read'),
    ])
    await alice.page.getByText('3 found, 2 match, 2 new on the board').waitFor()
  })

  test('[F42] everyone reads the log; who may not change sources is told why', async () => {
    const { page } = bob
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.getByRole('heading', { name: 'arXiv cs.CL' }).waitFor()
    expect(await page.getByRole('button', { name: 'Fetch now' }).getAttribute('aria-disabled')).toBe('true')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Log' }).click()
    const log = page.getByRole('dialog', { name: 'Log of arXiv cs.CL' })
    await log.getByText(/by hand · 3 found, 2 match, 2 new on the board · \d/).waitFor()
    await log.getByText('The rule “survey” left out 1').waitFor()
    await page.keyboard.press('Escape')
    await log.waitFor({ state: 'detached' })
  })

  test('[F43] a source is paused and removed, and its papers stay', async () => {
    const { page } = alice
    await page.getByRole('button', { name: 'More about arXiv cs.CL' }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await page.getByText('paused', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'More about arXiv cs.CL' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await page.getByRole('button', { name: 'Remove arXiv cs.CL' }).click()
    await page.getByRole('heading', { name: 'No source yet' }).waitFor()
    await page.goto(server.url)
    await page.getByText('from arXiv cs.CL').first().waitFor()
    expect([...alice.errors, ...bob.errors]).toEqual([])
  })
})
