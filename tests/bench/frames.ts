/**
 * A board of 500 papers and 60 members in headless Chromium: how evenly it is drawn while it scrolls, while the filter is
 * typed into, and while others vote. And a plan of 220 weeks. `npm run frames`. Markdown on stdout.
 *
 * Headless Chromium draws without a graphics card, and the whole machine is its CPU: what is measured is the page's own work.
 */
import { loadavg } from 'node:os'
import { castVote } from '@paperboard/shared/board'
import { boardRoom } from '@paperboard/shared/room'
import type { Page } from 'playwright-core'
import { openBrowser, seat } from '../support/browser.ts'
import { idOf, longBoard } from '../support/longBoard.ts'
import { planFrames } from './planFrames.ts'

interface Drawn {
  /** ms between one frame and the next. */
  gaps: number[]
  /** ms of pieces of work of more than 50. */
  long: number[]
}

/** Draws until the returned function is called, and notes each frame and each long piece of work. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const drawn: Drawn = { gaps: [], long: [] }
    let last = performance.now()
    let going = true
    const frame = (now: number) => {
      drawn.gaps.push(now - last)
      last = now
      if (going) requestAnimationFrame(frame)
    }
    const observer = new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) drawn.long.push(duration)
    })
    observer.observe({ entryTypes: ['longtask'] })
    requestAnimationFrame(frame)
    Object.assign(window, {
      drawnSoFar: () => {
        going = false
        observer.disconnect()
        return drawn
      },
    })
  })

const drawn = (page: Page): Promise<Drawn> => page.evaluate(() => Reflect.get(window, 'drawnSoFar')())

const settled = (page: Page) =>
  page.evaluate(async () => {
    for (let n = 0; n < 30; n++) await new Promise(requestAnimationFrame)
  })

/** Turns the wheel, a notch each frame, from top to bottom. */
const wheel = async (page: Page, notch: number, turns: number) => {
  for (let n = 0; n < turns; n++) {
    await page.mouse.wheel(0, notch)
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
}

const board = await longBoard({ day: new Date().toISOString().slice(0, 10) })
const browser = await openBrowser()
const rows: string[] = []
try {
  for (const width of [1440, 390]) {
    const { context, page } = await seat(browser, board.alice, { width })
    await page.goto(board.url)
    await page.locator(`li[data-paper="${idOf('paper', 0)}"]`).waitFor()
    await page.mouse.move(width / 2, 500)
    await settled(page)
    const work: [string, () => Promise<void>][] = [
      ['nothing happens', () => settled(page)],
      ['the wheel turns, 100 px a frame', () => wheel(page, 100, 200)],
      ['… back up, 600 px a frame', () => wheel(page, -600, 60)],
      [
        'typing into the filter',
        async () => {
          await page.keyboard.press('Control+f')
          await page.keyboard.type('attention of', { delay: 60 })
          for (let n = 0; n < 12; n++) await page.keyboard.press('Backspace', { delay: 60 })
          await page.keyboard.press('Escape')
          await settled(page)
        },
      ],
      [
        'others vote, 100 votes',
        async () => {
          for (let n = 0; n < 100; n++) {
            const vote = { paper: idOf('paper', n % 20), me: idOf('member', n % 50), value: n % 3 === 0 ? (-1 as const) : (1 as const), now: Date.now() }
            await board.server.rooms.edit(boardRoom(board.group, board.day), doc => castVote(doc, vote))
          }
          await settled(page)
        },
      ],
    ]
    for (const [name, act] of work) {
      await watch(page)
      await act()
      const { gaps, long } = await drawn(page)
      const sorted = gaps.toSorted((a, b) => a - b)
      const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
      const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0)
      rows.push(
        `| ${name}, ${width} px | ${gaps.length} | ${dropped} | ${at(0.5)} / ${at(0.99)} / ${at(1)} | ${long.length} (${Math.max(0, ...long).toFixed(0)}) |`,
      )
    }
    await context.close()
  }
  process.stdout.write(
    `${['| a board of 500 papers, 60 members | frames | dropped | gap p50 / p99 / most, ms | pieces of work over 50 ms (the longest) |', '| --- | --- | --- | --- | --- |', ...rows, '', ...(await planFrames(browser))].join('\n')}\n\nload average ${loadavg()[0]?.toFixed(1)}, ${process.version}, Chromium ${browser.version()}\n`,
  )
} finally {
  await browser.close()
  await board.server.close()
}
