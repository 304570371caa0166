/** Makes docs/board.png: two members on the sample board, with votes, a comment and a reading. `npm run screenshot`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { anotherScreen, joinBy, makeInvitation, openBrowser, saved, sitDown, startInstallation } from './browser.ts'
import { startServerProcess } from './serverProcess.ts'

const target = fileURLToPath(new URL('../../docs/board.png', import.meta.url))
const dataDir = await mkdtemp(join(tmpdir(), 'paperboard-shot-'))
const server = await startServerProcess({ dataDir })
const browser = await openBrowser()
const [mina, ben] = [await sitDown(browser, 'Mina'), await sitDown(browser, 'Ben')]
await startInstallation(mina, server.url, 'Program synthesis club')
await joinBy(ben, await makeInvitation(mina))
await mina.page.goBack()
await mina.page.getByRole('button', { name: 'Use the sample' }).click()
await mina.page.getByRole('button', { name: /^Add 77 papers/ }).click()
const rows = (page: typeof mina.page) => page.locator('li[data-paper]')
await rows(ben.page).nth(6).waitFor()
for (const [who, votes] of [
  [mina, ['up 0', 'up 2', 'down 3', 'up 4']],
  [ben, ['up 0', 'up 1', 'up 4']],
] as const) {
  for (const vote of votes) {
    const [way = '', place = '0'] = vote.split(' ')
    await rows(who.page)
      .nth(Number(place))
      .getByRole('button', { name: new RegExp(`^Vote ${way} `) })
      .click()
  }
}
await rows(ben.page).nth(0).getByRole('button', { name: 'Offer to present' }).click()
await rows(ben.page).nth(0).getByRole('heading').getByRole('link').click()
await ben.page
  .getByLabel('Write a comment')
  .fill('Does the pipelining still pay off when experts are **unbalanced**? Their $O(n \\log n)$ argument assumes they are not.')
await ben.page.getByRole('button', { name: 'Comment', exact: true }).last().click()
await rows(mina.page).nth(0).getByRole('heading').getByRole('link').click()
await mina.page.getByRole('article', { name: 'Comment by Ben' }).locator('.katex').waitFor()
await saved(mina.page)
await mina.page.getByText(/papers added/).waitFor({ state: 'hidden' })
await mina.page.screenshot({ path: target })
if (process.env.SHOTS_DIR !== undefined) {
  for (const [name, width, dark] of [
    ['dark', 1440, true],
    ['phone', 390, false],
    ['phone-dark', 390, true],
  ] as const) {
    const reader = await anotherScreen(browser, mina, { width, dark })
    await reader.page.goto(mina.page.url().split('?')[0] ?? '')
    await rows(reader.page).nth(3).waitFor()
    await saved(reader.page)
    await reader.page.screenshot({ path: join(process.env.SHOTS_DIR, `board-${name}.png`) })
    await reader.context.close()
  }
}
await browser.close()
await server.stop()
await rm(dataDir, { recursive: true, force: true })
