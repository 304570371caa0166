/** A meeting in three windows: of who leads, of a member on a phone, and of a projector. */
import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, sitDown } from '../support/browser.ts'
import { type LongBoard, longBoard } from '../support/longBoard.ts'
import { Person } from '../support/server.ts'

describe('the floor of a meeting', () => {
  let board: LongBoard
  let browser: Browser
  let lead: Reader
  let phone: Reader
  let projector: Reader

  const signIn = async ({ context }: Reader, person: Person) => {
    const [name = '', value = ''] = person.cookie.split('=')
    await context.addCookies([{ name, value, url: board.server.url, httpOnly: true, sameSite: 'Lax' }])
  }

  beforeAll(async () => {
    const today = new Date().toISOString().slice(0, 10)
    board = await longBoard({ papers: 4, members: 3, day: today })
    const bob = await new Person(board.server, 'Bob').signUp((await board.alice.invite(board.group)).token)
    browser = await openBrowser()
    ;[lead, phone, projector] = [
      await sitDown(browser, 'Alice'),
      await sitDown(browser, 'Bob', { width: 390 }),
      await sitDown(browser, 'Alice', { width: 1920 }),
    ]
    await signIn(lead, board.alice)
    await signIn(phone, bob)
    await signIn(projector, board.alice)
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[H15] a meeting is opened, started, and taken to a paper; all screens go along', async () => {
    await lead.page.goto(`${board.server.url}/g/${board.group}/meetings`)
    await lead.page.getByLabel('Title, or nothing').fill('Thursday')
    await lead.page.getByRole('button', { name: 'Open a meeting' }).click()
    await lead.page.getByRole('heading', { name: 'Lobby' }).waitFor()
    await Promise.all([phone.page.goto(lead.page.url()), projector.page.goto(`${lead.page.url()}/screen`)])
    await phone.page.getByText('Alice leads').waitFor()
    await phone.page.getByRole('button', { name: /ready/ }).click()
    await lead.page.getByText('1 ready').waitFor()
    await lead.page.getByRole('button', { name: 'Start the meeting' }).click()
    await lead.page.getByRole('button', { name: 'End…' }).waitFor()
    await lead.page.getByRole('navigation', { name: 'Agenda' }).getByRole('button').nth(1).click()
    await lead.page.getByRole('button', { name: 'Bring everyone here' }).click()
    const title = await lead.page.getByRole('heading', { level: 1 }).innerText()
    for (const { page } of [phone, projector]) {
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.getByText(/^1[45]:\d\d left$/).waitFor()
    }
  })

  test('[H16] takes are sealed, then revealed on all screens with their spread', async () => {
    for (const [{ page }, score, text] of [
      [lead, '2', 'Threadbare'],
      [phone, '5', 'Bold'],
    ] as const) {
      await page.getByRole('radio', { name: score, exact: true }).press('Space')
      await page.getByLabel('Your take in a line').fill(text)
      await page.getByRole('button', { name: 'Seal' }).click()
      await page.getByText('Sealed. Only you can see it until the reveal.').waitFor()
    }
    await projector.page.getByText('2 sealed takes').waitFor()
    expect(await phone.page.getByText('Threadbare').count()).toBe(0)
    await lead.page.getByRole('button', { name: 'Reveal all 2' }).click()
    await phone.page.getByText('Threadbare').waitFor()
    for (const { page } of [lead, phone, projector]) await page.getByText('Split between 2 and 5').waitFor()
  })

  test('[H17] hands, questions, polls, decisions and what is to do go to all screens', async () => {
    await phone.page.getByRole('button', { name: 'Raise hand' }).click()
    await projector.page.getByText('Next: Bob').waitFor()
    await lead.page.keyboard.press('w')
    await phone.page.getByText('You have the word').waitFor()
    await phone.page.getByLabel('Ask about this paper').fill('Does it scale?')
    await phone.page.keyboard.press('Enter')
    await lead.page.getByRole('button', { name: /wants to hear the answer to “Does it scale\?”/ }).click()
    await projector.page.getByText('Does it scale?').waitFor()
    await lead.page.getByRole('button', { name: /^New poll/ }).click()
    await lead.page.getByLabel('Question', { exact: true }).fill('Again?')
    await lead.page.getByRole('checkbox', { name: /^Secret/ }).check()
    await lead.page.getByRole('button', { name: 'Start the poll' }).click()
    await phone.page.getByRole('radio', { name: 'Yes' }).check()
    await phone.page.getByRole('button', { name: 'Vote', exact: true }).click()
    await lead.page.getByText('Secret · 1 vote').waitFor()
    await lead.page.getByRole('button', { name: 'Close the poll' }).click()
    await phone.page.getByText('Secret · closed with 1 vote').waitFor()
    await lead.page.getByLabel('Write down a decision').fill('We reproduce it')
    await lead.page.keyboard.press('Enter')
    await phone.page.getByText('We reproduce it').waitFor()
    await lead.page.getByRole('radio', { name: 'Reading' }).press('Space')
    await lead.page.getByLabel('Who does it').last().selectOption({ label: 'Bob' })
    await lead.page.getByLabel(/^Which part/).fill('Sec. 3')
    await lead.page.keyboard.press('Enter')
    await phone.page.getByText(/Sec\. 3$/).waitFor()
  })

  test('[H18] axe finds no violation in a meeting, on a screen and on a projector', async () => {
    // One after another: side by side on two cores they take longer.
    for (const { page } of [lead, projector]) {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    }
  })

  test('[H19] when it ends all screens say so, what was to be read is handed out, and no page has logged an error', async () => {
    const heading = phone.page.getByRole('heading', { level: 1 })
    const before = await heading.innerText()
    // Out of the field: keys of the page rest while one types.
    await lead.page.keyboard.press('Escape')
    await lead.page.keyboard.press('n')
    await heading.filter({ hasNotText: before }).waitFor()
    await lead.page.getByRole('button', { name: 'End…' }).click()
    await lead.page.getByRole('button', { name: 'End the meeting' }).click()
    await phone.page.getByText('The meeting has ended').waitFor()
    await phone.page.goto(`${board.server.url}/g/${board.group}/readings`)
    await phone.page.getByText('Sec. 3').first().waitFor()
    expect([lead, phone, projector].flatMap(({ errors }) => errors)).toEqual([])
  })
})
