/** The agenda of a meeting in two windows: of an organizer, and of a member who looks on. */
import { castVote } from '@paperboard/shared/board'
import { boardRoom } from '@paperboard/shared/room'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { type Person, todayAt } from '../support/server.ts'

describe('the agenda of a meeting', () => {
  const today = todayAt(Date.now())
  let board: LongBoard
  let browser: Browser
  let lead: Reader
  let phone: Reader
  let bob: Person
  let tuesday = ''

  const rows = ({ page }: Reader) => page.getByRole('region', { name: /^Agenda/ }).locator('ol > li')
  /** The papers of the agenda, as their numbers on the board. */
  const order = async (reader: Reader) => (await rows(reader).getByRole('link').allInnerTexts()).map(title => title.split(' ').at(-1)).join(' ')
  const hasOrder = (reader: Reader, expected: string) => expect.poll(() => order(reader)).toBe(expected)
  const vote = (member: string, papers: readonly number[]) =>
    board.server.rooms.edit(boardRoom(board.group, today), doc => {
      for (const n of papers) castVote(doc, { paper: idOf('paper', n), me: member, value: 1, now: board.server.clock.now })
    })

  beforeAll(async () => {
    board = await longBoard({ papers: 4, members: 1, day: today })
    bob = await board.join('Bob')
    await vote(board.alice.id, [1, 2])
    await vote(bob.id, [2])
    browser = await openBrowser()
    ;[lead, phone] = [await seat(browser, board.alice), await seat(browser, bob, { width: 390 })]
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[Y30] the lobby shows the papers as votes stand, and goes along with them; why each is there is told', async () => {
    const { body } = await board.alice.post<{ id: string }>(`/api/groups/${board.group}/meetings`, { title: 'Tuesday' })
    tuesday = body.id
    for (const { page } of [lead, phone]) await page.goto(`${board.server.url}/g/${board.group}/meetings/${body.id}`)
    await hasOrder(phone, '2 1')
    await vote(bob.id, [3, 1])
    await vote(board.alice.id, [3])
    await board.server.rooms.boardsWritten(board.group)
    // Both have voted at the same time by the clock, which stands still.
    await phone.page
      .getByText(/^2 votes: (Alice and Bob|Bob and Alice) are for it\.$/)
      .nth(2)
      .waitFor()
    expect(await rows(phone).getByRole('button', { name: /^Move/ }).count()).toBe(0)
  })

  test('[Y31] whoever leads moves a paper by the arrows and by dragging, takes it off and puts it back; all see it', async () => {
    await hasOrder(lead, '1 2 3')
    await rows(lead).nth(2).getByRole('button', { name: /^Move/ }).press('ArrowUp')
    await hasOrder(phone, '1 3 2')
    const [from, to] = [await rows(lead).nth(0).getByRole('button', { name: /^Move/ }).boundingBox(), await rows(lead).nth(2).boundingBox()]
    if (from === null || to === null) throw new Error('The rows are not in sight')
    await lead.page.mouse.move(from.x + 5, from.y + 5)
    await lead.page.mouse.down()
    await lead.page.mouse.move(to.x + 20, to.y + to.height - 4, { steps: 4 })
    await lead.page.mouse.up()
    await hasOrder(phone, '2 3 1')
    await rows(lead)
      .nth(0)
      .getByRole('button', { name: /^More about/ })
      .click()
    await lead.page.getByRole('menuitem', { name: 'Take it off' }).click()
    await hasOrder(phone, '3 1')
    await lead.page.getByText('1 paper taken off').click()
    await lead.page.getByRole('button', { name: 'Put back' }).click()
    await expect.poll(() => rows(phone).count()).toBe(3)
  })

  test('[Y34] under ranked choice members put papers in order, by the arrows and by a finger; what a rule would bring is seen when it is chosen, and how a place was won afterwards', async () => {
    const { body } = await board.alice.post<{ id: string }>(`/api/groups/${board.group}/meetings`, { title: 'Wednesday' })
    const finger = await seat(browser, bob, { width: 390, touch: true })
    for (const { page } of [lead, finger]) await page.goto(`${board.server.url}/g/${board.group}/meetings/${body.id}`)
    await lead.page.getByRole('button', { name: 'Change…' }).click()
    await lead.page.getByLabel('Rule', { exact: true }).selectOption({ label: 'Ranked choice' })
    expect(await lead.page.getByRole('region', { name: 'What that would bring' }).getByRole('listitem').count()).toBe(3)
    await lead.page.getByRole('button', { name: 'Save' }).click()
    // It gives the focus back when it closes.
    await lead.page.getByRole('dialog').waitFor({ state: 'hidden' })
    const mine = ({ page }: Reader) => page.getByRole('region', { name: /^Your order/ })
    const handles = (reader: Reader) => mine(reader).getByRole('button', { name: /^Move/ })
    const own = async (reader: Reader) =>
      (await handles(reader).evaluateAll(all => all.map(({ ariaLabel }) => /part (\d+)/.exec(ariaLabel ?? '')?.[1]))).join(' ')
    await expect.poll(() => own(lead)).toBe('1 2 3')
    // The focus stays with what is moved.
    await handles(lead).nth(2).focus()
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowUp']) await lead.page.keyboard.press(key)
    await expect.poll(() => own(lead)).toBe('3 1 2')
    // What the other ordered has come, so that nothing moves under the finger.
    await rows(finger)
      .first()
      .getByText(/ in round [2-9]/)
      .waitFor()
    await handles(finger).nth(2).scrollIntoViewIfNeeded()
    const [from, to] = [await handles(finger).nth(2).boundingBox(), await handles(finger).nth(0).boundingBox()]
    if (from === null || to === null) throw new Error('The rows are not in sight')
    const touch = await finger.context.newCDPSession(finger.page)
    const at = (y: number) => [{ x: from.x + 8, y }]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from.y + 10) })
    for (const y of [from.y, (from.y + to.y) / 2, to.y + 2]) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(y) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect.poll(() => own(finger)).toBe('3 1 2')
    for (const reader of [lead, finger]) await hasOrder(reader, '3 1 2')
    await rows(finger).first().getByText('How it won place 1').click()
    await rows(finger).first().getByText('Round 1: 2 ballots, more than 1 win.').waitFor()
    await mine(finger).getByRole('button', { name: 'As I voted' }).click()
    await expect.poll(() => own(finger)).toBe('1 2 3')
    expect(await violations(finger.page)).toEqual([])
    expect([lead, finger].flatMap(({ errors }) => errors)).toEqual([])
    await finger.context.close()
    await lead.page.goto(`${board.server.url}/g/${board.group}/meetings/${tuesday}`)
  })

  test('[Y32] once the meeting has started later votes change nothing', async () => {
    const before = await order(phone)
    await lead.page.getByRole('button', { name: 'Start the meeting' }).click()
    await phone.page.getByRole('heading', { name: /^Agenda \d/ }).waitFor()
    await vote(bob.id, [0])
    await vote(board.alice.id, [0])
    await phone.page.reload()
    await hasOrder(phone, before)
  })

  test('[Y33] at the end there are minutes, a next meeting is planned at one press, and the archive has the meeting', async () => {
    await lead.page.getByRole('navigation', { name: 'Agenda' }).getByRole('button', { name: 'Closing' }).click()
    await lead.page.getByLabel('Write down a decision').fill('We meet in the garden')
    await lead.page.keyboard.press('Enter')
    await lead.page.getByRole('button', { name: 'End…' }).click()
    await lead.page.getByRole('button', { name: 'End the meeting' }).click()
    await lead.page.getByRole('button', { name: 'Plan it' }).click()
    await lead.page.getByText(/^Planned for/).waitFor()
    await lead.page.getByRole('link', { name: 'Minutes' }).click()
    await lead.page.getByText('We meet in the garden').first().waitFor()
    await lead.page.getByRole('button', { name: 'Edit' }).click()
    await lead.page.getByLabel('Minutes, in Markdown').fill('# Tuesday\n\nIn the **garden**, if it is dry\n')
    await lead.page.getByRole('button', { name: 'Save' }).click()
    expect(await violations(lead.page)).toEqual([])
    await phone.page.goto(`${board.server.url}/g/${board.group}/meetings`)
    await phone.page.getByRole('region', { name: 'Past meetings' }).getByRole('link', { name: 'Tuesday' }).click()
    await phone.page.getByText('garden', { exact: true }).waitFor()
    expect([lead, phone].flatMap(({ errors }) => errors)).toEqual([])
  })

  test('[Y35] after the meeting one sees why its papers won, and goes through the votes as they came in', async () => {
    const { page } = phone
    await page.getByRole('link', { name: 'Why these papers won' }).click()
    await rows(phone).first().waitFor()
    await page.getByText('Watch the votes come in').click()
    const then = page.getByRole('list', { name: 'The agenda by these votes' }).getByRole('listitem')
    await expect.poll(() => then.count()).toBe(3)
    await page.getByRole('slider', { name: 'Votes that have come in' }).fill('1')
    await expect.poll(() => then.count()).toBe(1)
    await page.getByText(/^1 of 6$/).waitFor()
    await page.getByText('Who voted when').first().click()
    await page
      .getByRole('link', { name: /^the board of/ })
      .first()
      .waitFor()
    expect(phone.errors).toEqual([])
  })
})
