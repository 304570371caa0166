/** Finding things again, in a real browser with two members: the palette by keys alone, the page, what is near. */
import { addComment, castVote } from '@paperboard/shared/board'
import { boardRoom } from '@paperboard/shared/room'
import type { SearchAnswer } from '@paperboard/shared/search'
import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser, type Reader, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { type Person, todayAt } from '../support/server.ts'

describe('search', () => {
  let board: LongBoard
  let browser: Browser
  let alice: Reader
  let bob: Person

  const change = (act: Parameters<typeof board.server.rooms.edit>[1]) => board.server.rooms.edit(boardRoom(board.group, board.day), act)
  /** Until a query finds as many as that. */
  const indexed = (q: string, total: number) =>
    vi.waitFor(
      async () => {
        await board.server.indexing?.caughtUp()
        const found = await board.alice.get<SearchAnswer>(`/api/groups/${board.group}/search?${new URLSearchParams({ q })}`)
        expect(found.body.total).toBe(total)
      },
      { timeout: 20_000 },
    )
  const option = (page: Page, name: RegExp) => page.getByRole('option', { name })

  beforeAll(async () => {
    board = await longBoard({ papers: 12, members: 2, day: todayAt(Date.now()), search: true })
    bob = await board.join('Bob')
    await change(doc => {
      castVote(doc, { paper: idOf('paper', 1), me: board.alice.id, value: 1, now: Date.now() })
      addComment(doc, { paper: idOf('paper', 3), me: bob.id, text: 'Is the curriculum **annealed**?', now: Date.now() })
    })
    await indexed('kind:papers part', 12)
    await indexed('annealed', 1)
    browser = await openBrowser()
    alice = await seat(browser, board.alice)
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[U89] a misspelt title is found as one types, and opened by keys alone, from any page', async () => {
    const { page } = alice
    await page.goto(`${board.server.url}/g/${board.group}/members`)
    await page.getByRole('heading', { name: 'Members' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('atention kernel')
    await option(page, /^Attention kernel of memory, part 1\b/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Attention kernel of memory, part 1', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toContain('/papers/')
  })

  test('[U90] what another member wrote is found, and its thread opens at the comment', async () => {
    const { page } = alice
    await page.keyboard.press('Control+k')
    await page.keyboard.type('annea')
    await option(page, /annealed/).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').getByText('annealed').waitFor()
    expect(await page.locator('[data-named]').count()).toBe(1)
  })

  test('[U91] the palette goes to pages and days, and before anything is typed to the papers opened last', async () => {
    const { page } = alice
    await page.keyboard.press('Control+k')
    await page
      .getByRole('group', { name: 'Opened last' })
      .getByRole('option', { name: /part 1\b/ })
      .waitFor()
    await page.keyboard.type('24 nov 2026')
    await option(page, /^Board of Tuesday, 24 November 2026/).waitFor()
    await page.getByRole('combobox').fill('setti')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/settings$/)
  })

  test('[U92] the page of the search has its question in the address, its fields as chips, and how many there are of each kind', async () => {
    const { page } = alice
    const { votes } = board.server.db.t
    const voted = await board.server.db.sql.$count(votes, eq(votes.member, board.alice.id))
    expect(voted).toBeLessThan(12)
    await page.keyboard.press('/')
    await page.keyboard.type('author:ben voted:me')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/search\?q=/)
    await page.locator(`li[data-paper="${idOf('paper', 1)}"]`).waitFor()
    await page.getByRole('tab', { name: `Papers ${voted}`, exact: true }).waitFor()
    await page.getByRole('button', { name: 'voted for by you: take it away' }).click()
    await page.getByRole('tab', { name: 'Papers 12' }).waitFor()
    await page.reload()
    await page.getByRole('tab', { name: 'Papers 12' }).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('author:ben')
    await page.getByRole('searchbox').fill('annealed')
    await page.getByRole('tab', { name: 'Comments 1', selected: true }).waitFor()
    await page.getByRole('searchbox').fill('no such thing')
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
  })

  test('[U98] what was found is handed to a member by key or pointer, on the page of the search and in the palette, and is on their screen', async () => {
    const { page } = alice
    const reader = await seat(browser, bob)
    await reader.page.goto(`${board.server.url}/g/${board.group}/readings`)
    const handOver = async (part: number) => {
      const dialog = page.getByRole('dialog', { name: 'Assign a reading' })
      await dialog.getByText(`part ${part}`).waitFor()
      await dialog.getByLabel('Who').selectOption({ label: 'Bob' })
      await dialog.getByRole('button', { name: 'Hand it to Bob' }).click()
      await reader.page.getByRole('link', { name: new RegExp(`part ${part}\\b`) }).waitFor()
    }
    await page.goto(`${board.server.url}/g/${board.group}/search`)
    await page.getByRole('searchbox').fill('title:"part 5"')
    await page.keyboard.press('Enter')
    await page.locator(`li[data-paper="${idOf('paper', 5)}"] h2 a:focus`).waitFor()
    await page.keyboard.press('r')
    await handOver(5)
    await page.keyboard.press('/')
    await page.keyboard.type('title:"part 6"')
    await option(page, /part 6\b/).waitFor()
    await page.keyboard.press('Alt+r')
    await handOver(6)
    await page.keyboard.press('/')
    await page.keyboard.type('title:"part 7"')
    const seventh = page.locator('dialog[open] [role=presentation]', { has: option(page, /part 7\b/) })
    const assign = seventh.locator('[aria-label="Assign a reading"]')
    // What the server found moves what the browser had: the pointer follows, as a hand would.
    await expect
      .poll(async () => {
        await page.mouse.move(0, 0)
        await seventh.hover()
        return assign.isVisible()
      })
      .toBe(true)
    await assign.click()
    await handOver(7)
    await reader.context.close()
    expect(reader.errors).toEqual([])
  })

  test('[U99] without a connection the search says so, shows what this browser has, and goes on by itself when there is one', async () => {
    const { page, context } = alice
    await page.goto(`${board.server.url}/g/${board.group}/library`)
    await page.locator(`li[data-paper="${idOf('paper', 2)}"]`).waitFor()
    await page.goto(`${board.server.url}/g/${board.group}/search?q=annealed`)
    await page.getByRole('tab', { name: 'Comments 1', selected: true }).waitFor()
    await context.setOffline(true)
    await page.getByRole('searchbox').fill('title:"part 2"')
    const kept = page.getByRole('region', { name: '1 paper kept in this browser' })
    await kept.getByRole('link', { name: /part 2\b/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await page.keyboard.type('part 4')
    await page
      .getByRole('group', { name: 'Kept in this browser' })
      .getByRole('option', { name: /part 4\b/ })
      .waitFor()
    await context.setOffline(false)
    await page
      .getByRole('group', { name: 'Papers' })
      .getByRole('option', { name: /part 4\b/ })
      .waitFor()
    await page.keyboard.press('Escape')
    await page.locator(`li[data-paper="${idOf('paper', 2)}"]`).waitFor()
  })

  test('[U110] a server that is starting anew is asked again by itself until it answers, also from the page of the search', async () => {
    const { page } = alice
    const starting = page.getByRole('heading', { name: 'The search did not work' })
    await page.route('**/search?*', route => route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: 'The server is starting.' } } }))
    await page.goto(`${board.server.url}/g/${board.group}/search?q=kernel`)
    await starting.waitFor()
    await page.unroute('**/search?*')
    await page
      .getByRole('link', { name: /part 1\b/ })
      .first()
      .waitFor()
    expect(await starting.count()).toBe(0)
  })

  test('[U111] what a busy server does not answer, the search and what is suggested to the group, is asked again when it says', async () => {
    const { page } = alice
    const busy = { status: 429, headers: { 'Retry-After': '1' }, json: { error: { code: 'too-many-requests', message: 'That was too often.' } } }
    let refuses = true
    await page.route(/\/api\/groups\/[^/]+\/(search|for-you)\?/, route => (refuses ? route.fulfill(busy) : route.fallback()))
    await page.goto(`${board.server.url}/g/${board.group}/search?q=kernel+annealed`)
    await page.getByRole('heading', { name: 'The search did not work' }).waitFor()
    await page.getByText('That was too often. It is tried again by itself.').waitFor()
    await page.getByRole('searchbox').fill('annealed')
    refuses = false
    await page.getByRole('tab', { name: 'Comments 1', selected: true }).waitFor()
    refuses = true
    await page.goto(`${board.server.url}/g/${board.group}/library`)
    const suggested = page.getByRole('group').filter({ has: page.getByRole('heading', { name: 'For this group' }) })
    await suggested.getByRole('alert').getByText('That was too often.').waitFor()
    refuses = false
    await suggested
      .getByText(/Because you voted for|Nothing to suggest now/)
      .first()
      .waitFor()
    await page.unrouteAll()
  })

  test.each([
    [1440, false],
    [390, true],
  ] as const)('[U93] axe finds no violation on the page of the search, %i px wide', async (width, dark) => {
    const reader = await seat(browser, board.alice, { width, dark })
    await reader.page.goto(`${board.server.url}/g/${board.group}/search?q=sparse+author:ada`)
    await reader.page
      .getByText(/part \d/)
      .first()
      .waitFor()
    expect(await violations(reader.page)).toEqual([])
    expect(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await reader.context.close()
    expect([...reader.errors, ...alice.errors]).toEqual([])
  })
})
