/** The plan in three windows: of two organizers who plan at once, and of a reader on a phone. */
import { castVote } from '@paperboard/shared/board'
import { addDays } from '@paperboard/shared/days'
import { planSession } from '@paperboard/shared/groupSessions'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, saved, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { todayAt } from '../support/server.ts'

describe('the plan of a group', () => {
  let board: LongBoard
  let browser: Browser
  let alice: Reader
  let bob: Reader
  let cleo: Reader
  let sessions: string[]

  const sessionOn = (page: Page, n: number) => page.locator(`[data-session="${sessions[n]}"]`)
  const titlesIn = (page: Page, n: number) => sessionOn(page, n).locator('[data-place] a').allInnerTexts()
  const undoable = (page: Page, message: string | RegExp) => page.getByRole('region', { name: 'Messages' }).getByText(message).waitFor()

  beforeAll(async () => {
    const today = todayAt(Date.now())
    board = await longBoard({ papers: 4, members: 3, day: today })
    const people = { bob: await board.join('Bob', 'organizer'), cleo: await board.join('Cleo') }
    const session = { time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at: board.server.clock.now }
    const room = groupRoom(board.group)
    sessions = await board.server.rooms.edit(room, doc => [1, 3].map(days => planSession(doc, board.alice.id, { ...session, day: addDays(today, days) })))
    browser = await openBrowser()
    ;[alice, bob, cleo] = [await seat(browser, board.alice), await seat(browser, people.bob), await seat(browser, people.cleo, { width: 390 })]
    await Promise.all(
      [alice, bob, cleo].map(async ({ page }) => {
        await page.goto(`${board.server.url}/g/${board.group}/plan`)
        await sessionOn(page, 1).waitFor()
      }),
    )
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[R70] two organizers put papers into one session at once, by mouse and by a list, and all three see both', async () => {
    const carried = alice.page.getByRole('list', { name: 'Papers to plan' }).getByText('part 1', { exact: false }).first()
    await carried.waitFor()
    const [from, to] = [await carried.boundingBox(), await sessionOn(alice.page, 0).boundingBox()]
    if (from === null || to === null) throw new Error('Nothing to carry, or nowhere to')
    await alice.page.mouse.move(from.x + 20, from.y + 8)
    await alice.page.mouse.down()
    await alice.page.mouse.move(to.x + 200, to.y + 20, { steps: 4 })
    await sessionOn(bob.page, 0).getByRole('button', { name: 'Choose a paper…' }).click()
    await alice.page.mouse.up()
    await bob.page
      .getByRole('dialog')
      .getByRole('button', { name: /part 2/ })
      .click()
    for (const { page } of [alice, bob, cleo]) {
      await sessionOn(page, 0)
        .getByText(/part 1$/)
        .waitFor()
      await sessionOn(page, 0)
        .getByText(/part 2$/)
        .waitFor()
    }
  })

  test('[R71] while one is offline and moves a paper by key, another puts a reader down for it: both are kept', async () => {
    await saved(alice.page)
    await alice.context.setOffline(true)
    await sessionOn(alice.page, 0)
      .getByRole('link', { name: /part 1$/ })
      .focus()
    await alice.page.keyboard.press('ArrowRight')
    await undoable(alice.page, /^Moved .*part 1” to/)
    await sessionOn(bob.page, 0)
      .getByRole('link', { name: /part 1$/ })
      .focus()
    await bob.page.keyboard.press('r')
    await bob.page.getByRole('combobox', { name: 'Who' }).fill('cl')
    await bob.page.keyboard.press('Enter')
    await undoable(bob.page, 'Put Cleo down as reader')
    await saved(bob.page)
    await alice.context.setOffline(false)
    for (const { page } of [alice, bob, cleo]) {
      await sessionOn(page, 1)
        .getByText(/part 1$/)
        .waitFor()
      await sessionOn(page, 1).getByText('0/1 ready').waitFor()
      expect(await titlesIn(page, 0)).toHaveLength(1)
    }
  })

  test('[R72] one’s own last step is undone and done again by key, and another’s stays; the focus goes with the paper', async () => {
    board.server.clock.now += 60_000
    await alice.page.keyboard.press('Control+z')
    await undoable(alice.page, /^Undone: Moved/)
    await sessionOn(bob.page, 0)
      .getByText(/part 1$/)
      .waitFor()
    expect(await titlesIn(bob.page, 0)).toHaveLength(2)
    await alice.page.waitForFunction(session => document.activeElement?.closest<HTMLElement>('[data-session]')?.dataset.session === session, sessions[0])
    board.server.clock.now += 60_000
    await alice.page.keyboard.press('Control+Shift+z')
    await sessionOn(cleo.page, 1)
      .getByText(/part 1$/)
      .waitFor()
    await bob.page.getByRole('button', { name: 'History of the plan' }).click()
    await bob.page
      .getByRole('dialog')
      .getByText(/^Alice moved .*part 1” from .* to /)
      .first()
      .waitFor()
    await bob.page.keyboard.press('Escape')
  })

  test('[R76] a paper of a board is put into a session from there, and everybody is put down to read it, in one step', async () => {
    const { page } = bob
    await page.goto(board.url)
    const row = page.locator('li[data-paper]').filter({ hasText: /part 3/ })
    await row.getByRole('button', { name: /^More about/ }).click()
    await page.getByRole('menuitem', { name: /^Plan for a session/ }).click()
    await page.getByLabel('Session', { exact: true }).selectOption(sessions[1] ?? '')
    await page.getByRole('button', { name: 'Put it in' }).click()
    await page.goto(`${board.server.url}/g/${board.group}/plan`)
    const paper = sessionOn(page, 1)
      .locator('[data-place]')
      .filter({ hasText: /part 3/ })
    await paper.getByRole('button', { name: /^More about/ }).click()
    await page.getByRole('menuitem', { name: 'Everybody reads it' }).click()
    await paper.getByText(/^0\/5 ready/).waitFor()
    await page.keyboard.press('Control+z')
    await paper.getByText(/ready/).waitFor({ state: 'detached' })
    await saved(page)
    // On the phone too, whose next steps look for what is theirs to read.
    await sessionOn(cleo.page, 1)
      .getByText(/^0\/5 ready/)
      .waitFor({ state: 'detached' })
  })

  test('[R73] a reader says on a phone how far they are, and cannot move what organizers plan', async () => {
    await sessionOn(cleo.page, 1)
      .locator('[data-place]')
      .filter({ hasText: /part 1/ })
      .getByRole('button', { name: /^You.*not begun/ })
      .click()
    await cleo.page.getByRole('menuitemcheckbox', { name: 'Ready to discuss' }).click()
    for (const { page } of [alice, cleo]) await sessionOn(page, 1).getByText('1/1 ready').waitFor()
    await sessionOn(cleo.page, 1)
      .getByRole('link', { name: /part 1$/ })
      .focus()
    await cleo.page.keyboard.press('ArrowLeft')
    await cleo.page.getByText('Your role in this group does not allow that.').waitFor()
    expect(await titlesIn(cleo.page, 1)).toHaveLength(2)
  })

  test('[R75] a reader’s own list tells the time that is left, and keeps a private note, also one that was written offline', async () => {
    const { page, context } = cleo
    await saved(page)
    await page.goto(`${board.server.url}/readings`)
    await page
      .getByRole('region', { name: 'Done' })
      .getByText(/part 1$/)
      .waitFor()
    await page.getByLabel('How far you are').selectOption({ label: 'Reading' })
    await page.getByText(/(hours?|days?) left$/).waitFor()
    await context.setOffline(true)
    await page.getByRole('button', { name: /^Note on/ }).click()
    await page.getByRole('textbox', { name: /^Private note on/ }).fill('Ask about eq. 3')
    await page.getByText(/kept in this browser, and saved as soon as that is possible/).waitFor()
    await context.setOffline(false)
    await page.getByText('Only you see this. Saved.').waitFor()
    await page.reload()
    await page.getByText('Ask about eq. 3').waitFor()
  })

  test('[R94] a paper of an agenda is handed out by the key of boards while it has the focus, and put into a session; elsewhere the key says that one is ready', async () => {
    const { page } = alice
    await board.server.rooms.edit(boardRoom(board.group, board.day), doc =>
      castVote(doc, { paper: idOf('paper', 0), me: board.alice.id, value: 1, now: board.server.clock.now }),
    )
    await board.server.rooms.boardsWritten(board.group)
    const { body } = await board.alice.post<{ id: string }>(`/api/groups/${board.group}/meetings`, { title: 'Tuesday' })
    await page.goto(`${board.server.url}/g/${board.group}/meetings/${body.id}`)
    const title = page
      .getByRole('region', { name: /^Agenda/ })
      .locator('ol > li')
      .getByRole('link', { name: /part 0$/ })
    await title.focus()
    await page.keyboard.press('r')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Who').selectOption({ label: 'Cleo' })
    await dialog.getByRole('radio', { name: 'Reader' }).check()
    await dialog.getByRole('button', { name: 'Hand it to Cleo' }).click()
    await cleo.page
      .getByRole('region', { name: 'Without a date' })
      .getByText(/part 0$/)
      .waitFor()
    await page.getByRole('heading', { name: 'Lobby' }).click()
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'You are ready' }).waitFor()
    await page.getByRole('button', { name: /^More about .*part 0/ }).click()
    await page.getByRole('menuitem', { name: /^Plan for a session/ }).click()
    await dialog.getByRole('button', { name: 'Put it in' }).click()
    await sessionOn(bob.page, 0)
      .getByText(/part 0$/)
      .waitFor()
  })

  test('[R95] a message over a dialog can be pressed there, and the dialog stays', async () => {
    const { page } = alice
    await page
      .getByRole('link', { name: /part 0$/ })
      .first()
      .focus()
    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'Plan for a session' })
    await dialog.getByRole('button', { name: 'Undo' }).click()
    await sessionOn(bob.page, 0)
      .getByText(/part 0$/)
      .waitFor({ state: 'detached' })
    await dialog.getByText(/^Undone: Put/).waitFor()
    await page.keyboard.press('Escape')
  })

  test('[R74] axe finds no violation on the plan and on a reader’s list, and no page has logged an error', async () => {
    for (const { page } of [alice, cleo]) {
      expect(await violations(page)).toEqual([])
    }
    expect([alice, bob, cleo].flatMap(({ errors }) => errors)).toEqual([])
  })
})
