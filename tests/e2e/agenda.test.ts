/** The agenda of a meeting in two windows: of an organizer, and of a member who looks on. */
import AxeBuilder from '@axe-core/playwright'
import { castVote } from '@paperboard/shared/board'
import { boardRoom } from '@paperboard/shared/room'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, sitDown } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { Person } from '../support/server.ts'

describe('the agenda of a meeting', () => {
  const today = new Date().toISOString().slice(0, 10)
  let board: LongBoard
  let browser: Browser
  let lead: Reader
  let phone: Reader
  let bob: Person

  const rows = ({ page }: Reader) => page.getByRole('region', { name: /^Agenda/ }).locator('ol > li')
  /** The papers of the agenda, as their numbers on the board. */
  const order = async (reader: Reader) => (await rows(reader).getByRole('link').allInnerTexts()).map(title => title.split(' ').at(-1)).join(' ')
  const hasOrder = (reader: Reader, expected: string) => expect.poll(() => order(reader), { timeout: 10_000 }).toBe(expected)
  const vote = (member: string, papers: readonly number[]) =>
    board.server.rooms.edit(boardRoom(board.group, today), doc => {
      for (const n of papers) castVote(doc, { paper: idOf('paper', n), me: member, value: 1, now: board.server.clock.now })
    })

  beforeAll(async () => {
    board = await longBoard({ papers: 4, members: 1, day: today })
    bob = await new Person(board.server, 'Bob').signUp((await board.alice.invite(board.group)).token)
    await vote(board.alice.id, [1, 2])
    await vote(bob.id, [2])
    browser = await openBrowser()
    ;[lead, phone] = [await sitDown(browser, 'Alice'), await sitDown(browser, 'Bob', { width: 390 })]
    await board.signIn(lead.context)
    const [name = '', value = ''] = bob.cookie.split('=')
    await phone.context.addCookies([{ name, value, url: board.server.url, httpOnly: true, sameSite: 'Lax' }])
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[Y30] the lobby shows the papers as votes stand, and goes along with them; why each is there is told', async () => {
    const { body } = await board.alice.post<{ id: string }>(`/api/groups/${board.group}/meetings`, { title: 'Tuesday' })
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
    const { violations } = await new AxeBuilder({ page: lead.page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    await phone.page.goto(`${board.server.url}/g/${board.group}/meetings`)
    await phone.page.getByRole('region', { name: 'Past meetings' }).getByRole('link', { name: 'Tuesday' }).click()
    await phone.page.getByText('garden', { exact: true }).waitFor()
    expect([lead, phone].flatMap(({ errors }) => errors)).toEqual([])
  })
})
