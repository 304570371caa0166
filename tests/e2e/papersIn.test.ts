/** Papers in, in real browsers: from a mixed paste and from dropped files to a board that two members watch. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anotherScreen, joinBy, makeInvitation, openBrowser, type Reader, sitDown, startInstallation, violations } from '../support/browser.ts'
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

/** Where screenshots go, to be looked at; nowhere unless asked for. */
const shots = process.env.SHOTS
const shoot = async (page: Page, name: string) => {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) })
}

const mixed = `2206.03382v2
this line names nothing
@article{sand, title = {Casta{\\~n}ets, \\emph{sand} and $O(n)$}, author = {Lovelace, Ada}, year = 1843}
TY  - JOUR
TI  - Catalogues of the sea
AU  - Noether, Emmy
ER  - 
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2308.12066v1</id><title>A feed speaks</title><summary>x</summary></entry></feed>
`
const many = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => `{"id": "2206.${10_000 + n}", "title": "Paper number ${n}", "authors": ["Ada Lovelace"], "summary": "An abstract."}`,
  ).join('\n')

describe('papers in', { timeout: 120_000 }, () => {
  let dataDir: string
  let server: ServerProcess
  let browser: Browser
  let alice: Reader
  let bob: Reader

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'paperboard-e2e-'))
    server = await startServerProcess({ dataDir })
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
    await rm(dataDir, { recursive: true, force: true })
  })

  const titles = (page: Page) => page.locator('li[data-paper] h2')

  test('[U50] a mixed text says what it is taken for while it is written, is previewed, and both members see its papers arrive', async () => {
    const { page } = alice
    await page.getByRole('button', { name: 'Paste papers' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(mixed)
    await dialog.getByText(/BibTeX \(1\).*RIS \(1\).*: 4 papers · 1 line cannot be read/).waitFor()
    await shoot(page, 'box')
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText('Several formats: 4 papers').waitFor()
    await dialog.getByText('Line 2', { exact: true }).waitFor()
    await shoot(page, 'preview')
    expect(await violations(page, 'dialog')).toEqual([])
    await dialog.getByRole('button', { name: /^Add 4 papers/ }).click()
    for (const { page: screen } of [alice, bob]) {
      await titles(screen).filter({ hasText: 'Catalogues of the sea' }).waitFor()
      await titles(screen).filter({ hasText: 'A feed speaks' }).waitFor()
      expect(await titles(screen).count()).toBe(4)
    }
  })

  test('[U103] Escape and a press beside a dialog ask before what was typed is lost, and leave the focus where it came from', async () => {
    const { page } = alice
    const opener = page.getByRole('button', { name: /^Add papers/ }).first()
    const dialog = page.getByRole('dialog', { name: 'Add papers' })
    const question = page.getByRole('alertdialog', { name: 'Discard what you entered?' })
    const field = dialog.getByLabel('Title')
    await opener.click()
    await dialog.getByRole('radio', { name: 'By hand' }).check()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await opener.click()
    await dialog.getByRole('radio', { name: 'By hand' }).check()
    await field.fill('A paper of mine')
    const byKey = () => page.keyboard.press('Escape')
    // What a browser does after several Escapes in a row, or for the gesture that goes back.
    const byItself = () => dialog.evaluate((element: HTMLDialogElement) => element.close())
    for (const way of [byKey, byItself]) {
      await way()
      await question.waitFor()
      await page.keyboard.press('Escape')
      await question.waitFor({ state: 'detached' })
      expect(await field.isVisible()).toBe(true)
      expect(await field.inputValue()).toBe('A paper of mine')
    }
    await page.mouse.click(5, 5)
    await question.getByRole('button', { name: 'Discard' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await opener.evaluate(button => button === document.activeElement)).toBe(true)
    await titles(page).first().getByRole('link').focus()
    await page.keyboard.press('#')
    const tags = page.getByRole('dialog', { name: 'Tags' })
    await tags.getByLabel('Add a tag').fill('marine')
    await page.keyboard.press('Escape')
    await question.getByRole('button', { name: 'Go on' }).click()
    // What is written is meant, also without a press on "Add".
    await tags.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Papers tagged marine' }).waitFor()
  })

  test('[U51] a file dropped on the board, in any encoding, is previewed, and both members see its papers arrive', async () => {
    const { page } = alice
    const bytes = [...Buffer.from('@article{x, title = {Caf\u00e9 society in Z\u00fcrich}, author = {Ren\u00e9, M.}}\n', 'latin1')]
    const transfer = await page.evaluateHandle(given => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(given)], 'library.bib'))
      return data
    }, bytes)
    await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer })
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Café society in Zürich').waitFor()
    await dialog.getByRole('button', { name: /^Add 1 paper / }).click()
    for (const { page: screen } of [alice, bob]) await titles(screen).filter({ hasText: 'Café society in Zürich' }).waitFor()
  })

  test('[U52] of hundreds of papers in a file only those in sight are drawn, one is left out, and the rest arrive', async () => {
    const { page } = alice
    await page
      .getByRole('button', { name: /^Add papers/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type=file]').setInputFiles({ name: 'day.jsonl', mimeType: 'application/json', buffer: Buffer.from(many(600)) })
    await dialog.getByText('Records as JSON: 600 papers').waitFor()
    expect(await dialog.getByRole('checkbox').count()).toBeLessThan(40)
    await dialog.getByRole('checkbox').nth(1).uncheck()
    await shoot(page, 'many')
    await dialog.getByRole('button', { name: /^Add 599 papers/ }).click()
    await dialog.waitFor({ state: 'detached', timeout: 45_000 })
    await titles(bob.page).filter({ hasText: 'Paper number 0' }).first().waitFor()
    // With the four and the one of before.
    await page.getByText('604 papers').first().waitFor()
  })

  test('[U53] no page logs an error on the way of papers in', () => {
    expect([...alice.errors, ...bob.errors]).toEqual([])
  })

  test.skipIf(shots === undefined)('screenshots of the box on a phone and at night', async () => {
    const phone = await anotherScreen(browser, alice, { width: 390, dark: true })
    await phone.page.goto(alice.page.url())
    await phone.page
      .getByRole('button', { name: /Add papers/ })
      .first()
      .click()
    const dialog = phone.page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill(mixed)
    await dialog.getByText(/4 papers/).waitFor()
    await shoot(phone.page, 'box-phone')
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText('Line 2', { exact: true }).waitFor()
    await shoot(phone.page, 'preview-phone')
  })
})
