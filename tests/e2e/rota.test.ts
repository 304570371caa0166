/** An organizer and two members settle who presents: proposals, swaps, standing in, skips, roles. In real browsers. */
import { fileURLToPath } from 'node:url'
import { addDays, type Day, formatDay, weekday } from '@paperboard/shared/days'
import { ruleWords } from '@paperboard/shared/schedule'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FollowUp, startFollowUp } from '../../apps/server/src/followUp.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { joinBy, makeInvitation, openBrowser, type Reader, saved, sitDown, startInstallation, violations } from '../support/browser.ts'
import { startServer, type TestServer, todayAt } from '../support/server.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const dayShort = (day: Day) => formatDay(day, undefined, 'en-GB')
const dayBrief = (day: Day) => formatDay(day, { weekday: 'short', day: 'numeric', month: 'short' }, 'en-GB').replace(',', '')

describe('the rota', () => {
  let server: TestServer
  let followUp: FollowUp
  let browser: Browser
  let alice: Reader
  let bob: Reader
  let cy: Reader
  const tomorrow = addDays(todayAt(Date.now()), 1)

  /** Chooses from the menu of the nth coming session. */
  const choose = async (reader: Reader, n: number, name: string | RegExp) => {
    await turn(reader, n)
      .getByRole('button', { name: /^More about/ })
      .click()
    await reader.page.getByRole('menuitem', { name }).click()
  }
  /** The row of the nth coming session. */
  const turn = ({ page }: Reader, n: number) => page.getByRole('list', { name: 'Coming sessions' }).getByRole('listitem').nth(n)

  beforeAll(async () => {
    server = await startServer({ web: fileURLToPath(new URL('../../apps/web/dist', import.meta.url)) })
    const { db, rooms } = server
    followUp = startFollowUp({ db, rooms, log: createLogger('silent', { write: () => undefined }), now: () => Date.now(), times: { asked: 200 } })
    browser = await openBrowser()
    ;[alice, bob, cy] = await Promise.all([sitDown(browser, 'Alice'), sitDown(browser, 'Bob', { width: 390 }), sitDown(browser, 'Cy')])
    await startInstallation(alice, server.url, 'Journal club')
    const link = await makeInvitation(alice)
    for (const reader of [bob, cy]) {
      // Its clock stands still: of equals, whoever joined first is next.
      server.clock.now += 1_000
      await joinBy(reader, link)
    }
    const group = new URL(alice.page.url()).pathname.split('/')[2]
    for (const { page } of [alice, bob, cy]) await page.goto(`${server.url}/g/${group}/rota`)
  })
  afterAll(async () => {
    await browser.close()
    await followUp.close()
    await server.close()
  })

  test('[J50] an organizer says how often the group meets, and all have its sessions at once, each with who is next and why', async () => {
    const { page } = alice
    await page.getByText('No session is planned yet').waitFor()
    await page.getByRole('button', { name: 'New schedule…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('First day').fill(tomorrow)
    await dialog.getByLabel('How often').selectOption({ label: ruleWords(`FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekdays[weekday(tomorrow)]}`) })
    await dialog.getByText(/^Every second \w+ at 14:00, Europe\/Berlin/).waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Plan these sessions' }).click()
    for (const reader of [alice, bob, cy]) await turn(reader, 0).getByText('has not presented yet').waitFor()
    expect(await turn(bob, 0).innerText()).toContain('Alice')
    expect(await violations(page)).toEqual([])
  })

  test('[J51] who is asked agrees, asks another to swap, and both have moved once that one accepts; so does who stands in', async () => {
    await turn(alice, 0).getByRole('button', { name: 'I will' }).click()
    await choose(alice, 1, /^Bob/)
    await turn(bob, 1).getByRole('button', { name: 'I will present' }).click()
    await turn(alice, 1).getByText('asked, not yet agreed').waitFor({ state: 'detached' })
    await turn(bob, 1).getByRole('button', { name: 'Skip or swap…' }).click()
    await bob.page
      .getByRole('menuitem', { name: /^Alice/ })
      .first()
      .click()
    await alice.page.getByText('Bob asks to swap').waitFor()
    await alice.page.getByRole('button', { name: 'Accept' }).click()
    await turn(cy, 0).getByText('Bob').waitFor()
    await turn(cy, 1).getByText('Alice').waitFor()
    expect(await turn(cy, 0).innerText()).toContain('by a swap')
    await turn(alice, 1).getByRole('button', { name: 'Skip or swap…' }).click()
    await alice.page.getByRole('menuitem', { name: 'Cy', exact: true }).click()
    await cy.page.getByText('Alice asks you to present instead of them').waitFor()
    await cy.page.getByRole('button', { name: 'Accept' }).click()
    await turn(bob, 1).getByText('standing in').waitFor()
    expect(await turn(bob, 1).innerText()).toContain('Cy')
  })

  test('[J70] who asked to swap sees so and takes it back, and is told when it was declined', async () => {
    const asked = async () => {
      await turn(bob, 0).getByRole('button', { name: 'Skip or swap…' }).click()
      await bob.page.getByRole('menuitem', { name: /^Cy, / }).click()
      await cy.page.getByText('Bob asks to swap').waitFor()
    }
    await asked()
    await bob.page.getByRole('button', { name: 'Take back' }).click()
    await cy.page.getByText('Bob asks to swap').waitFor({ state: 'detached' })
    await asked()
    await cy.page.getByRole('button', { name: 'Decline' }).click()
    await bob.page.getByText('Cy cannot swap: you still present on').waitFor()
    await bob.page.getByRole('button', { name: 'Understood' }).click()
    await bob.page.getByText('Cy cannot swap').waitFor({ state: 'detached' })
  })

  test('[J52] who skips says why and is not asked for that session; a day is left out, and a row of the ledger hidden, for all at once', async () => {
    await turn(bob, 0).getByRole('button', { name: 'Skip or swap…' }).click()
    await bob.page.getByRole('menuitem', { name: 'Skip…' }).click()
    await bob.page.getByRole('dialog').getByLabel('Why').fill('Exams')
    await bob.page.getByRole('button', { name: 'Skip', exact: true }).click()
    await turn(cy, 0).getByText('Bob skips: Exams').waitFor()
    await choose(cy, 0, /^You/)
    await turn(alice, 0).getByText('Cy').first().waitFor()
    const left = addDays(tomorrow, 28)
    await alice.page.getByRole('button', { name: 'Days…' }).click()
    const dialog = alice.page.getByRole('dialog')
    await dialog.getByRole('button', { name: `Do not meet on ${dayShort(left)}` }).click()
    await dialog.getByText('Does not take place').waitFor()
    expect(await violations(alice.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Done' }).click()
    await cy.page.getByRole('button', { name: `More about ${dayBrief(left)}` }).waitFor({ state: 'detached' })
    await cy.page.getByRole('button', { name: 'Hide my row from others' }).click()
    await bob.page.getByText('1 member not shown').waitFor()
    expect(await bob.page.getByRole('rowheader', { name: 'Cy' }).count()).toBe(0)
    await cy.page.getByRole('button', { name: 'Show my row to others' }).click()
  })

  test('[J53] roles of a template are proposed with reasons, changed by hand, and with everybody at once', async () => {
    const { page } = alice
    await choose(alice, 0, 'Hand out roles…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Who is Presenter').waitFor()
    expect(await dialog.getByLabel('Who is Presenter').locator('option:checked').innerText()).toBe('Cy')
    await dialog.getByText('presents at this session').waitFor()
    await dialog.getByText('has had no role yet').first().waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByLabel('Who is Hacker').selectOption({ label: 'Bob' })
    await dialog.getByText('Chosen by you').waitFor()
    await dialog.getByRole('button', { name: /^Hand out \d roles/ }).click()
    await page.getByText(/roles handed out/).waitFor()
    await saved(page)
    await bob.page.getByRole('link', { name: 'Readings' }).first().click()
    await bob.page.getByText('Runs the code, or builds the core of it small').waitFor()
  })

  test('[J59] no page logs an error on the way', () => {
    expect([...alice.errors, ...bob.errors, ...cy.errors]).toEqual([])
  })
})
