/** A long board in a real browser: 500 papers, 60 members. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { todayAt } from '../support/server.ts'

const papers = 500

describe('a board of 500 papers', () => {
  let board: LongBoard
  let browser: Browser
  let reader: Reader

  beforeAll(async () => {
    board = await longBoard({ papers, day: todayAt(Date.now()) })
    browser = await openBrowser()
    reader = await seat(browser, board.alice)
    await reader.page.goto(board.url)
    await row(0).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  const row = (n: number, page: Page = reader.page) => page.locator(`li[data-paper="${idOf('paper', n)}"]`)
  const rowsOn = (page: Page) => page.locator('li[data-paper]').count()
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper)
  const scrollTo = async (page: Page, share: number) => page.evaluate(to => window.scrollTo(0, document.documentElement.scrollHeight * to), share)

  test('[U60] only rows near the screen are in the page, and each says which of how many it is', async () => {
    const { page } = reader
    expect(await rowsOn(page)).toBeLessThan(40)
    expect(await row(3).getAttribute('aria-posinset')).toBe('4')
    expect(await row(3).getAttribute('aria-setsize')).toBe(String(papers))
    await scrollTo(page, 0.5)
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('li[data-index]')?.dataset.index) > 150)
    expect(await rowsOn(page)).toBeLessThan(40)
    const places = await page.locator('li[data-paper]').evaluateAll(all => all.map(each => Number(each.getAttribute('aria-posinset'))))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    await scrollTo(page, 0)
    await row(0).waitFor()
  })

  /** Presses j so many times, each as soon as the one before has moved the focus; gives where the focus was. */
  const walk = (page: Page, presses: number) =>
    page.evaluate(async presses => {
      const visited: { id: string | undefined; rows: number }[] = []
      for (let n = 0; n < presses; n++) {
        const before = document.activeElement
        before?.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
        await new Promise(done => setTimeout(done))
        for (let wait = 0; wait < 60 && document.activeElement === before; wait++) await new Promise(requestAnimationFrame)
        visited.push({
          id: document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper,
          rows: document.querySelectorAll('li[data-paper]').length,
        })
      }
      return visited
    }, presses)

  test('[U61] j goes through the papers one by one to the last, and the row with the focus is in sight', async () => {
    const { page } = reader
    const inSight = () =>
      page.waitForFunction(() => {
        const box = document.activeElement?.getBoundingClientRect()
        return box !== undefined && box.top > 56 && box.bottom < innerHeight
      })
    const first = await walk(page, 90)
    await inSight()
    await page.goto(`${board.url}?paper=${idOf('paper', papers - 60)}`)
    await row(papers - 60).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForFunction(id => document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper === id, idOf('paper', papers - 60))
    const last = await walk(page, 59)
    await inSight()
    expect(first.map(({ id }) => id)).toEqual(first.map((_, n) => idOf('paper', n)))
    expect(last.map(({ id }) => id)).toEqual(last.map((_, n) => idOf('paper', papers - 59 + n)))
    expect(Math.max(...[...first, ...last].map(({ rows }) => rows))).toBeLessThan(45)
    await page.keyboard.press('j')
    expect(await focused(page)).toBe(idOf('paper', papers - 1))
    await page.keyboard.press('k')
    await page.waitForFunction(id => document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper === id, idOf('paper', papers - 2))
  })

  test('[U62] a row with the focus that is scrolled away keeps it, and the next key goes on from there', async () => {
    const { page } = reader
    await scrollTo(page, 0)
    await row(0).waitFor()
    expect(await focused(page)).toBe(idOf('paper', papers - 2))
    await page.keyboard.press('k')
    await page.waitForFunction(id => document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper === id, idOf('paper', papers - 3))
  })

  test('[U63] an address that names a paper opens it with its row in sight', async () => {
    const { page } = reader
    await page.goto(`${board.url}?paper=${idOf('paper', 320)}`)
    await row(320).waitFor()
    await page.waitForFunction(
      id => {
        const box = document.querySelector(`[data-paper="${id}"]`)?.getBoundingClientRect()
        return box !== undefined && box.top > 0 && box.top < innerHeight
      },
      idOf('paper', 320),
    )
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    await page.waitForFunction(id => document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper === id, idOf('paper', 320))
  })

  test('[U64] a board is left and come back to, and reloaded, at the row where it was', async () => {
    const { page } = reader
    await page.goto(board.url)
    await row(0).waitFor()
    await scrollTo(page, 0.6)
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('li[data-index]')?.dataset.index) > 200)
    /** The row at the top, once the rows around it are measured and stand still. */
    const top = () =>
      page.evaluate(async () => {
        const first = () => [...document.querySelectorAll<HTMLElement>('li[data-paper]')].find(each => each.getBoundingClientRect().bottom > 120)
        const place = () => `${first()?.dataset.paper} ${Math.round(first()?.getBoundingClientRect().top ?? 0)}`
        for (let still = 0, was = ''; still < 10; was = place()) {
          await new Promise(requestAnimationFrame)
          still = place() === was ? still + 1 : 0
        }
        return first()?.dataset.paper
      })
    await page.waitForFunction(() => document.querySelectorAll('li[data-paper] h2').length > 10)
    const was = await top()
    // Not by a press on the link: to reach it in its sticky bar, Playwright would scroll.
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByRole('heading', { level: 1, name: 'Readings' }).waitFor()
    await page.goBack()
    await page.locator(`li[data-paper="${was}"]`).waitFor()
    const near = (id: string | undefined) => Math.abs(Number(id?.slice(5)) - Number(was?.slice(5)))
    expect(near(await top())).toBeLessThanOrEqual(1)
    await page.reload()
    await page.locator(`li[data-paper="${was}"]`).waitFor()
    expect(near(await top())).toBeLessThanOrEqual(1)
  })

  test('[U65] the key that finds in a page goes to the filter, which finds what is out of sight', async () => {
    const { page } = reader
    await page.goto(board.url)
    await row(0).waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('part 444')
    await row(444).waitFor()
    expect(await rowsOn(page)).toBe(1)
    await page.keyboard.press('Escape')
    await row(0).waitFor()
  })

  test('[U66] axe finds no violation on a long board', async () => {
    expect(await violations(reader.page)).toEqual([])
    expect(reader.errors).toEqual([])
  })
})
