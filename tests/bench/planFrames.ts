/** A plan of 220 weeks, all of them open: how soon it is drawn again after a key, and how evenly while a paper is carried over it. */
import type { Browser, Page } from 'playwright-core'
import { seat } from '../support/browser.ts'
import { longPlan } from '../support/longPlan.ts'

/** Presses a key so many times; for each, ms until the frame that it led to was drawn. */
const press = (page: Page, key: string, presses: number): Promise<number[]> =>
  page.evaluate(
    async ({ key, presses }) => {
      const took: number[] = []
      const drawn = () =>
        new Promise<void>(resolve =>
          requestAnimationFrame(() => {
            const after = new MessageChannel()
            after.port1.onmessage = () => resolve()
            after.port2.postMessage(null)
          }),
        )
      for (let n = 0; n < presses; n++) {
        await drawn()
        const from = performance.now()
        const target = document.activeElement ?? document.body
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
        await drawn()
        took.push(performance.now() - from)
      }
      return took
    },
    { key, presses },
  )

/** Carries the first paper up and down over the sessions in sight; ms between one frame and the next. */
const carry = async (page: Page): Promise<number[]> => {
  const paper = page.locator('[data-place]').first()
  await paper.scrollIntoViewIfNeeded()
  const box = await paper.boundingBox()
  if (box === null) throw new Error('No paper is in sight')
  await page.evaluate(() => {
    const gaps: number[] = []
    let last = performance.now()
    const frame = (now: number) => {
      gaps.push(now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    Object.assign(window, { gaps: () => gaps })
  })
  await page.mouse.move(box.x + 200, box.y + 12)
  await page.mouse.down()
  for (let n = 0; n < 60; n++) await page.mouse.move(box.x + 200, box.y + 12 + Math.abs((n % 40) - 20) * 18)
  if ((await page.locator('[data-place][data-dragged]').count()) === 0) throw new Error('Nothing was carried')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  return page.evaluate(() => Reflect.get(window, 'gaps')())
}

const rowOf = (name: string, took: readonly number[]) => {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  return `| ${name} | ${took.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`
}

/** A table in Markdown. */
export async function planFrames(browser: Browser): Promise<string[]> {
  const { board, url } = await longPlan({ today: new Date().toISOString().slice(0, 10) })
  try {
    const { context, page } = await seat(browser, board.alice)
    await page.goto(url)
    await page.locator('[data-session]').first().waitFor()
    const more: number[] = []
    const earlier = page.getByRole('button', { name: /^(Earlier|Later) weeks/ }).first()
    while ((await earlier.count()) > 0) {
      await earlier.focus()
      const from = performance.now()
      const label = await earlier.innerText()
      await page.keyboard.press('Enter')
      await page.waitForFunction(label => ![...document.querySelectorAll('button')].some(({ innerText }) => innerText === label), label)
      more.push(performance.now() - from)
    }
    const rows = [rowOf('twelve more weeks', more)]
    await press(page, 'j', 3)
    for (const [key, name] of [
      ['j', 'to the next paper'],
      ['k', 'to the one before'],
      ['ArrowRight', 'a paper to the next session'],
      ['ArrowLeft', '… and back'],
    ] as const)
      rows.push(rowOf(name, await press(page, key, 30)))
    rows.push(rowOf('between frames while a paper is carried', await carry(page)))
    await context.close()
    return ['| a plan of 220 weeks, all open | times | p50, ms | p95 | most |', '| --- | --- | --- | --- | --- |', ...rows]
  } finally {
    await board.server.close()
  }
}
