/** Lists over several boards, tags, what is unread, and papers out, in a real browser with two members. */
import type { OpenedPapers } from '@paperboard/shared/api'
import { addComment, addPapers, castVote } from '@paperboard/shared/board'
import { addDays } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { todayAt } from '../support/server.ts'

/** A loaded machine takes longer than the second that a poll is given. */
const patience = { timeout: 15_000 }

describe('lists, tags and papers out', () => {
  let board: LongBoard
  let browser: Browser
  let alice: Reader
  let bob: Reader
  let today: string

  beforeAll(async () => {
    today = todayAt(Date.now())
    board = await longBoard({ papers: 120, members: 9, day: today })
    const old = addDays(today, -3)
    await board.server.rooms.edit(boardRoom(board.group, old), doc => {
      addPapers(doc, [idOf('paper', 0), idOf('paper', 1)], { member: board.alice.id, now: 1, source: 'ids' })
      castVote(doc, { paper: idOf('paper', 1), me: idOf('member', 1), value: 1, now: Date.now() - 3 * 86_400_000 })
    })
    const person = await board.join('Bob')
    browser = await openBrowser()
    alice = await seat(browser, board.alice)
    bob = await seat(browser, person)
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: board.server.url })
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  const row = (page: Page, n: number) => page.locator(`li[data-paper="${idOf('paper', n)}"]`)

  test('[U70] a tag that one member gives is on the screen of the other, and both narrow the board to it', async () => {
    await Promise.all([alice.page.goto(board.url), bob.page.goto(board.url)])
    await row(bob.page, 2).waitFor()
    await row(alice.page, 2).getByRole('heading').getByRole('link').focus()
    await alice.page.keyboard.press('#')
    const dialog = alice.page.getByRole('dialog', { name: 'Tags' })
    await dialog.getByLabel('Add a tag').fill('Vision Models')
    await alice.page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'vision-models' }).waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await row(bob.page, 2).getByRole('button', { name: 'Papers tagged vision-models' }).click()
    await bob.page.waitForURL(/tag=vision-models/)
    expect(await bob.page.locator('li[data-paper]').count()).toBe(1)
    await bob.page.getByRole('button', { name: 'Tag vision-models: show all tags' }).click()
    await row(bob.page, 3).waitFor()
  })

  test('[U71] what narrows and orders a list is in its address, goes along to other days, and comes back with it', async () => {
    const { page } = bob
    await page.getByRole('button', { name: 'Discussed' }).click()
    await page.getByRole('button', { name: /^Order/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Most votes' }).click()
    await page.getByLabel('Filter papers').fill('part')
    await page.waitForURL(url => ['sort=votes', 'show=discussed', 'q=part'].every(part => url.search.includes(part)))
    const shown = await page.locator('li[data-paper]').first().getAttribute('data-paper')
    await page.reload()
    await page.locator(`li[data-paper="${shown}"]`).waitFor()
    expect(await page.getByLabel('Filter papers').inputValue()).toBe('part')
    await page.getByRole('link', { name: 'Previous day' }).click()
    await page.waitForURL(url => url.pathname.endsWith(addDays(today, -1)) && url.search.includes('show=discussed'))
  })

  test('[U72] a paper is unread until it is opened, on every device of the member', async () => {
    const { page } = alice
    await page.goto(`${board.url}?show=unread`)
    await row(page, 4).getByText('Unread').waitFor({ state: 'attached' })
    await row(page, 4).getByRole('heading').getByRole('link').click()
    await page.getByRole('complementary').waitFor()
    await row(page, 4).getByText('Unread').waitFor({ state: 'detached' })
    const phone = await seat(browser, board.alice, { width: 390 })
    await phone.page.goto(`${board.url}?show=unread`)
    await row(phone.page, 5).waitFor()
    expect(await row(phone.page, 4).count()).toBe(0)
    await phone.context.close()
  })

  test('[U106] what others said on a paper since I looked is marked on the board and in its thread, until I look, on any device', async () => {
    const { page } = alice
    await page.goto(board.url)
    await row(page, 4).getByRole('button', { name: 'Comment', exact: true }).waitFor()
    await board.server.rooms.edit(boardRoom(board.group, today), doc => {
      for (const n of [4, 5]) addComment(doc, { paper: idOf('paper', n), me: idOf('member', 1), text: 'Look here', now: board.server.clock.now + 60_000 })
    })
    // Of a paper that was never opened all is unread, and its dot says so.
    await row(page, 5).getByRole('button', { name: '1 comment', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Unread', exact: true }).click()
    await row(page, 4).getByRole('button', { name: '1 comment, 1 new' }).click()
    await page.getByRole('article', { name: 'Comment by Member 1' }).getByText(/· new/).waitFor()
    await row(page, 4).getByRole('button', { name: '1 comment', exact: true }).waitFor()
    const phone = await seat(browser, board.alice, { width: 390 })
    await expect
      .poll(async () => (await board.alice.get<OpenedPapers>(`/api/groups/${board.group}/opened`)).body.papers[0]?.at, patience)
      .toBeGreaterThan(board.server.clock.now + 59_999)
    await phone.page.goto(board.url)
    await row(phone.page, 5).getByText('Unread').waitFor({ state: 'attached' })
    await row(phone.page, 4).getByRole('button', { name: '1 comment', exact: true }).waitFor()
    await phone.context.close()
    await page.keyboard.press('Escape')
    // By a link, as a mention in a mail has it.
    await board.server.rooms.edit(boardRoom(board.group, today), doc => {
      addComment(doc, { paper: idOf('paper', 4), me: idOf('member', 2), text: 'And there', now: board.server.clock.now + 120_000 })
    })
    await page.goto(`${board.url}?paper=${idOf('paper', 4)}`)
    await page.getByRole('article', { name: 'Comment by Member 2' }).getByText(/· new/).waitFor()
    await row(page, 4).getByRole('button', { name: '2 comments', exact: true }).waitFor()
  })

  test('[U73] a paper of an earlier board says so, and leads to that thread', async () => {
    const { page } = alice
    await page.goto(board.url)
    await row(page, 1)
      .getByRole('link', { name: /\+1 from 1 vote/ })
      .click()
    await page.waitForURL(new RegExp(`${addDays(today, -3)}\\?paper=${idOf('paper', 1)}`))
    await page.getByRole('complementary').waitFor()
  })

  test('[U74] the page of a paper has what was said on each board, and takes comments there', async () => {
    const { page } = alice
    await page.goto(`${board.server.url}/g/${board.group}/papers/${idOf('paper', 0)}`)
    await page
      .getByRole('article', { name: /^Comment by/ })
      .first()
      .waitFor()
    expect(
      await page
        .getByRole('region')
        .filter({ has: page.getByLabel(/^Write a comment on the board of/) })
        .count(),
    ).toBe(2)
    const field = page.getByLabel(/^Write a comment on the board of/).first()
    await field.fill('From its own page')
    await page.getByRole('button', { name: 'Comment', exact: true }).first().click()
    await bob.page.goto(`${board.url}?paper=${idOf('paper', 0)}`)
    await bob.page.getByText('From its own page').waitFor()
    expect(await page.locator('head meta[name="citation_title"]').count()).toBe(1)
    expect(await violations(page)).toEqual([])
  })

  test('[U75] a paper, a board and the library are copied in a format', async () => {
    const { page } = alice
    await page.goto(board.url)
    await row(page, 3).getByRole('heading').getByRole('link').focus()
    await page.keyboard.press('x')
    const dialog = page.getByRole('dialog', { name: 'Export this paper' })
    await expect.poll(() => dialog.getByLabel('What is copied').inputValue(), patience).toContain('@misc{')
    await dialog.getByText('CSV').click()
    await expect.poll(() => dialog.getByLabel('What is copied').inputValue(), patience).toContain('key,title,authors')
    expect(await violations(page)).toEqual([])
    await dialog.getByText('RIS', { exact: true }).click()
    await expect.poll(() => dialog.getByLabel('What is copied').inputValue(), patience).toContain('TY  - ')
    await dialog.getByRole('button', { name: 'Copy' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('ER  -')
    await page.goto(`${board.server.url}/g/${board.group}/library`)
    await page.getByRole('button', { name: 'Export the library' }).click()
    const download = page.waitForEvent('download')
    const library = page.getByRole('dialog', { name: 'Export the library' })
    await expect.poll(() => library.getByLabel('What is copied').inputValue(), patience).toContain('TY  - ')
    await library.getByRole('button', { name: 'Save the file' }).click()
    expect((await download).suggestedFilename()).toBe('library.ris')
  })

  test('[U105] what is copied is copied also where the browser gives pages no clipboard, as it does without https', async () => {
    const { page } = alice
    const read = () => page.evaluate(() => (Reflect.get(window, 'kept') as Clipboard).readText())
    await page.goto(board.url)
    await page.evaluate(() => {
      Object.assign(window, { kept: navigator.clipboard })
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
    })
    await row(page, 5).getByRole('heading').getByRole('link').focus()
    await page.keyboard.press('x')
    const dialog = page.getByRole('dialog', { name: 'Export this paper' })
    await dialog.getByText('Markdown').click()
    await expect.poll(() => dialog.getByLabel('What is copied').inputValue(), patience).toContain('part 5')
    await dialog.getByRole('button', { name: 'Copy' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await read()).toContain('part 5')
    await page.getByRole('button', { name: 'More about this board' }).click()
    await page.getByRole('menuitem', { name: 'Copy link' }).click()
    await page.getByText('Link copied').waitFor()
    expect(await read()).toBe(board.url)
  })

  test.each([
    ['week', 'since', 1440, false],
    ['library', 'recent', 390, true],
  ] as const)('[U76] axe finds no violation on the pages of %s and %s, and nothing stands out to the side', async (one, other, width, dark) => {
    const reader = await seat(browser, board.alice, { width, dark })
    for (const page of [one, other]) {
      await reader.page.goto(`${board.server.url}/g/${board.group}/${page === 'week' ? `week/${today}` : page}`)
      await reader.page
        .getByText(/part \d/)
        .first()
        .waitFor()
      expect(await violations(reader.page)).toEqual([])
      expect(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    }
    await reader.context.close()
    expect(reader.errors).toEqual([])
  })

  test('[U101] a list over boards follows the votes of others, and keeps its order while one is at work in it', async () => {
    const { page } = alice
    const allVote = (n: number, value: 1 | -1) =>
      board.server.rooms.edit(boardRoom(board.group, today), doc => {
        for (let member = 0; member < 8; member++) castVote(doc, { paper: idOf('paper', n), me: idOf('member', member), value, now: Date.now() })
      })
    const first = () => page.locator('li[data-index="0"]').getAttribute('data-paper')
    await page.mouse.move(5, 5)
    await page.goto(`${board.server.url}/g/${board.group}/library?sort=votes`)
    await page.locator('li[data-index="0"]').waitFor()
    await allVote(100, 1)
    await expect.poll(first, patience).toBe(idOf('paper', 100))
    await row(page, 100).getByRole('heading').getByRole('link').focus()
    await allVote(100, -1)
    const again = page.getByRole('button', { name: 'The order has changed: sort again' })
    await again.waitFor()
    expect(await first()).toBe(idOf('paper', 100))
    await again.click()
    await expect.poll(first, patience).not.toBe(idOf('paper', 100))
  })

  test('[U77] no page logs an error on the way', () => {
    expect([...alice.errors, ...bob.errors]).toEqual([])
  })
})
