/** Two members write the notes of a meeting at once. */
import { moveTo } from '@paperboard/shared/meetingFloor'
import { meetingRoom } from '@paperboard/shared/room'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { todayAt } from '../support/server.ts'

describe('the notes of a meeting', () => {
  let board: LongBoard
  let browser: Browser
  let alice: Reader
  let bob: Reader
  let room: string

  const note = ({ page }: Reader) => page.getByRole('textbox', { name: /^Notes on/ })

  beforeAll(async () => {
    board = await longBoard({ papers: 3, members: 2, day: todayAt(Date.now()) })
    const person = await board.join('Bob')
    browser = await openBrowser()
    ;[alice, bob] = [await seat(browser, board.alice), await seat(browser, person, { width: 390 })]
    const { body } = await board.alice.post<{ id: string }>(`/api/groups/${board.group}/meetings`, { title: 'Thursday' })
    room = meetingRoom(board.group, body.id)
    await Promise.all([alice, bob].map(({ page }) => page.goto(`${board.server.url}/g/${board.group}/meetings/${body.id}`)))
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[Z11] what two type at once is on both screens, each with the other’s cursor and name', async () => {
    await note(alice).click()
    await alice.page.keyboard.type('# Plan\n\nWe')
    await note(bob).getByText('Plan').click()
    await bob.page.keyboard.press('Control+End')
    await alice.page.keyboard.press('Control+Home')
    await alice.page.keyboard.press('End')
    await Promise.all([alice.page.keyboard.type(' for today'), bob.page.keyboard.type(' read slowly.')])
    for (const who of [alice, bob]) {
      await note(who).getByText('Plan for today').waitFor()
      await note(who).getByText('We read slowly.').waitFor()
    }
    await alice.page.locator('.cm-writer-name', { hasText: 'Bob' }).waitFor({ state: 'attached' })
    await bob.page.getByText('Alice writes here now.').waitFor()
  })

  test('[Z12] keys make words bold and lines a checklist; members and papers are offered as one types', async () => {
    await note(alice).click()
    await alice.page.keyboard.press('Control+End')
    await alice.page.keyboard.type('\nask @bo')
    await alice.page.getByRole('option', { name: '@Bob' }).click()
    await alice.page.keyboard.press('Control+Shift+9')
    await alice.page.keyboard.press('Enter')
    await alice.page.keyboard.press('Control+b')
    await alice.page.keyboard.type('read')
    await alice.page.keyboard.press('End')
    await alice.page.keyboard.type(' [[')
    await alice.page.getByRole('listbox', { name: 'Completions' }).getByRole('option').first().click()
    await bob.page.getByRole('radio', { name: 'Read', exact: true }).check({ force: true })
    await bob.page.getByRole('checkbox', { name: 'ask @Bob' }).waitFor()
    expect(await bob.page.locator('[data-note] strong', { hasText: 'read' }).count()).toBe(1)
    expect(await bob.page.locator('[data-note] a[href^="/g/"]').count()).toBe(1)
  })

  test('[Z13] a box that is ticked where one reads is ticked in the text', async () => {
    await bob.page.getByRole('checkbox', { name: 'ask @Bob' }).click()
    await note(alice).getByText('[x]').waitFor()
    await bob.page.getByRole('checkbox', { name: 'ask @Bob', checked: true }).waitFor()
  })

  test('[Z14] what is written without a connection comes to the others once it is back', async () => {
    await alice.context.setOffline(true)
    await note(alice).click()
    await alice.page.keyboard.press('Control+End')
    await alice.page.keyboard.type('\nOn a train.')
    await alice.page
      .getByText(/1 unsaved change/)
      .first()
      .waitFor()
    await alice.context.setOffline(false)
    await bob.page.getByText('On a train.').waitFor()
  })

  test('[Z41] what is pasted from a page comes as Markdown, and one takes back one’s own steps alone', async () => {
    await note(alice).click()
    await alice.page.keyboard.press('Control+End')
    // Apart from what was typed before.
    await alice.page.keyboard.press('Enter')
    await note(alice).evaluate(element => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'It scales. See it.')
      clipboardData.setData('text/html', '<p>It <b>scales</b>. <a href="https://example.org/x">See it</a>.</p>')
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    await bob.page.getByRole('radio', { name: 'Write', exact: true }).check({ force: true })
    await note(bob).getByText('It **scales**. [See it](https://example.org/x).').waitFor()
    await note(bob).click()
    await bob.page.keyboard.press('Control+End')
    await bob.page.keyboard.type(' Does it?')
    await note(alice).getByText('Does it?').waitFor()
    await alice.page.getByRole('button', { name: 'Undo my last step' }).click()
    await note(bob).getByText('It **scales**').waitFor({ state: 'hidden' })
    expect(await note(bob).innerText()).toContain('Does it?')
    await alice.page.getByRole('button', { name: 'Redo it' }).click()
    await note(bob)
      .getByText(/It \*\*scales\*\*/)
      .waitFor()
    await bob.page.getByRole('radio', { name: 'Read', exact: true }).check({ force: true })
  })

  test('[Z35] who writes when the meeting goes on stays in their note until they leave it', async () => {
    await board.alice.post(`/api/groups/${board.group}/meetings/${room.split('/').at(-1)}/start`)
    await note(alice).click()
    const paper = idOf('paper', 1)
    const now = board.server.clock.now
    await board.server.rooms.edit(room, doc => moveTo(doc, { item: paper, now, minutes: 15 }))
    await alice.page.getByText(/The meeting went on\. You still write on: the meeting/).waitFor()
    await alice.page.keyboard.press('Control+End')
    await alice.page.keyboard.type(' And more.')
    await bob.page.getByRole('radio', { name: 'Meeting', exact: true }).check({ force: true })
    await bob.page.getByText(/And more\./).waitFor()
    await alice.page.getByRole('button', { name: 'Go along' }).click()
    await alice.page.getByRole('textbox', { name: /^Notes on Attention/ }).waitFor()
  })

  test('[Z15] axe finds no violation where notes are written and where they are read, and no page has logged an error', async () => {
    for (const { page } of [alice, bob]) {
      expect(await violations(page)).toEqual([])
    }
    expect([alice, bob].flatMap(({ errors }) => errors)).toEqual([])
  })
})
