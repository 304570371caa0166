/**
 * A whole meeting in real browsers: whoever leads, three members, a guest and a projector, on a server that runs as a
 * process of its own. The clocks of two devices are wrong; one member is offline for an item; whoever leads is lost; the
 * server is started anew in the middle.
 */
import { mkdtempSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lanAddresses } from '../../apps/server/src/lan.ts'
import { openBrowser, type Reader, signIn, sitDown, violations } from '../support/browser.ts'
import { freePort } from '../support/kept.ts'
import { longBoard } from '../support/longBoard.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { Person, todayAt } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

/** Shifts the clock of a device by so many ms. */
const skew = ({ context }: Reader, ms: number) =>
  context.addInitScript(shift => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + shift
  }, ms)

/** When each second of the clock came onto a screen, by the one clock that all pages of this machine share. */
const watchClock = (page: Page, seconds: number) =>
  page.evaluate(
    wanted =>
      new Promise<[shown: string, at: number][]>(resolve => {
        const seen: [string, number][] = []
        const timer = document.querySelector('[role=timer]')
        const watcher = new MutationObserver(() => {
          const shown = timer?.textContent ?? ''
          if (seen.at(-1)?.[0] !== shown) seen.push([shown, performance.timeOrigin + performance.now()])
          if (seen.length <= wanted) return
          watcher.disconnect()
          resolve(seen)
        })
        if (timer !== null) watcher.observe(timer, { childList: true, characterData: true, subtree: true })
      }),
    seconds,
  )

const hosts = new Set(['127.0.0.1', ...lanAddresses(networkInterfaces())])
/** The server is reached by phones in its network. */
const network = { HOST: '0.0.0.0' }

describe('a whole meeting', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paperboard-meeting-'))
  let server: ServerProcess
  let browser: Browser
  /** Between the server and whoever leads at first. */
  let cable: Relay
  let alice: Reader
  let bob: Reader
  let carol: Reader
  let dora: Reader
  let mia: Reader
  let wall: Reader
  let url: string
  let everybody: Reader[]
  let lead: Reader
  /** Where pages have asked for anything. */
  const asked = new Set<string>()

  const heading = ({ page }: Reader) => page.getByRole('heading', { level: 1 })
  const isAt = (readers: readonly Reader[], name: string | RegExp) =>
    Promise.all(readers.map(({ page }) => page.getByRole('heading', { level: 1, name }).waitFor()))
  /** One after another: side by side on two cores they take longer. */
  const isAccessible = async (...readers: Reader[]) => {
    for (const { page } of readers) {
      expect.soft(await violations(page)).toEqual([])
    }
  }
  /** Where whoever leads goes on, everybody else goes along. */
  const goOn = async () => {
    const before = await heading(lead).innerText()
    await lead.page.keyboard.press('n')
    await heading(lead).filter({ hasNotText: before }).waitFor()
    return heading(lead).innerText()
  }

  beforeAll(async () => {
    const day = todayAt(Date.now())
    const board = await longBoard({ papers: 15, members: 3, day, file: join(dataDir, 'paperboard.sqlite') })
    const { token } = await board.alice.invite(board.group)
    const people = [board.alice]
    for (const name of ['Bob', 'Carol', 'Dora']) people.push(await new Person(board.server, name).signUp(token))
    await board.server.close()
    server = await startServerProcess({ dataDir, env: { ...network, PORT: String(await freePort()) } })
    const { body } = await Object.assign(board.alice, { server }).post<{ id: string }>(`/api/groups/${board.group}/meetings`, { title: 'Thursday' })
    url = `${server.url}/g/${board.group}/meetings/${body.id}`
    cable = await startRelay([Number(new URL(server.url).port)], afterAll)
    browser = await openBrowser()
    ;[alice, bob, carol, dora, mia, wall] = [
      await sitDown(browser, 'Alice'),
      await sitDown(browser, 'Bob', { width: 390 }),
      await sitDown(browser, 'Carol', { dark: true }),
      await sitDown(browser, 'Dora'),
      await sitDown(browser, 'Mia', { width: 390 }),
      await sitDown(browser, 'Wall', { width: 1920 }),
    ]
    everybody = [alice, bob, carol, dora, mia, wall]
    lead = alice
    for (const { context, page } of everybody) {
      context.on('request', request => asked.add(request.url()))
      page.on('websocket', socket => asked.add(socket.url()))
    }
    await skew(bob, 95_000)
    await skew(carol, -200_000)
    for (const [reader, person] of [
      [alice, people[0]],
      [bob, people[1]],
      [carol, people[2]],
      [dora, people[3]],
      [wall, people[0]],
    ] as const) {
      if (person !== undefined) await signIn(reader, { cookie: person.cookie, server })
    }
  })
  afterAll(async () => {
    await browser?.close()
    await server?.kill()
  })

  test('[H15] all gather in the lobby, a guest by the code with only a name; when it starts, all screens go along', async () => {
    const ways = [url, url, url, url.replace(/:\d+/, `:${cable.port}`), `${url}/screen`]
    await Promise.all([bob, carol, dora, alice, wall].map(({ page }, n) => page.goto(ways[n] ?? url)))
    await alice.page.getByRole('button', { name: 'Let guests in' }).click()
    await wall.page.getByRole('img', { name: 'The link as a QR code' }).waitFor()
    // The machine's address in its network, where it has one: the projector was opened by one that only it knows.
    await mia.page.goto(
      await wall.page
        .getByText(/\/meet\//)
        .first()
        .innerText(),
    )
    await mia.page.getByLabel('Your name').fill('Mia')
    await mia.page.getByRole('button', { name: 'Come in' }).click()
    await isAt([mia], 'Lobby')
    await bob.page.getByRole('button', { name: /ready/ }).click()
    await alice.page.getByText('1 ready').waitFor()
    await wall.page.getByText(/Mia \(guest\)/).waitFor()
    await isAccessible(wall)
    await alice.page.getByRole('button', { name: 'Start the meeting' }).click()
    await alice.page.getByRole('button', { name: 'End…' }).waitFor()
    await isAt(everybody, await goOn())
  })

  test('[H27] the clocks of all screens agree within 100 ms, however wrong those of the devices are', async () => {
    const seen = await Promise.all([alice, bob, carol, mia, wall].map(({ page }) => watchClock(page, 3)))
    const [first = [], ...others] = seen.map(one => new Map(one.slice(1)))
    const apart = others.map(other => [...other].flatMap(([shown, at]) => (new Map(first).has(shown) ? [Math.abs(at - (new Map(first).get(shown) ?? 0))] : [])))
    const medians = apart.map(each => each.sort((a, b) => a - b)[Math.floor(each.length / 2)])
    console.info(
      `clocks of ${medians.length + 1} screens, two of devices that are wrong by minutes: apart by ${medians.map(ms => (ms ?? Number.NaN).toFixed(1)).join(', ')} ms (medians of 3 changes)`,
    )
    for (const median of medians) expect.soft(median).toBeLessThan(100)
  })

  test('[H16] takes are sealed, then revealed on all screens with their spread', async () => {
    for (const [{ page }, score, text] of [
      [alice, '2', 'Threadbare'],
      [mia, '5', 'Bold'],
    ] as const) {
      await page.getByRole('radio', { name: score, exact: true }).press('Space')
      await page.getByLabel('Your take in a line').fill(text)
      await page.getByRole('button', { name: 'Seal' }).click()
      await page.getByText('Sealed. Only you can see it until the reveal.').waitFor()
    }
    await wall.page.getByText('2 sealed takes').waitFor()
    expect(await mia.page.getByText('Threadbare').count()).toBe(0)
    await alice.page.getByRole('button', { name: 'Reveal all 2' }).click()
    await mia.page.getByText('Threadbare').waitFor()
    for (const { page } of [alice, bob, wall]) await page.getByText('Split between 2 and 5').waitFor()
  })

  test('[H17] hands, questions, polls, decisions and what is to do go to all screens', async () => {
    await mia.page.getByRole('button', { name: 'Raise hand' }).click()
    await wall.page.getByText('Next: Mia (guest)').waitFor()
    await alice.page.keyboard.press('w')
    await mia.page.getByText('You have the word', { exact: true }).waitFor()
    await bob.page.getByLabel('Ask about this paper').fill('Does it scale?')
    await bob.page.keyboard.press('Enter')
    await alice.page.getByRole('button', { name: /wants to hear the answer to “Does it scale\?”/ }).click()
    await wall.page.getByText('Does it scale?').waitFor()
    await alice.page.getByRole('button', { name: /^New poll/ }).click()
    await alice.page.getByLabel('Question', { exact: true }).fill('Again?')
    await alice.page.getByRole('checkbox', { name: /^Secret/ }).check()
    await alice.page.getByRole('button', { name: 'Start the poll' }).click()
    await mia.page.getByRole('radio', { name: 'Yes' }).check()
    await mia.page.getByRole('button', { name: 'Vote', exact: true }).click()
    await alice.page.getByText('Secret · 1 vote').waitFor()
    await alice.page.getByRole('button', { name: 'Close the poll' }).click()
    await mia.page.getByText('Secret · closed with 1 vote').waitFor()
    await alice.page.getByLabel('Write down a decision').fill('We reproduce it')
    await alice.page.keyboard.press('Enter')
    await carol.page.getByText('We reproduce it').waitFor()
    await alice.page.getByRole('radio', { name: 'Reading' }).press('Space')
    await alice.page.getByLabel('Who does it').last().selectOption({ label: 'Bob' })
    await alice.page.getByLabel(/^Which part/).fill('Sec. 3')
    await alice.page.keyboard.press('Enter')
    await bob.page.getByText(/Sec\. 3$/).waitFor()
    await alice.page.keyboard.press('Escape')
  })

  test('[H28] who is offline for an item lands where the meeting is, with what they wrote; of two who take a lost lead one gets it', async () => {
    await dora.context.setOffline(true)
    await dora.page.getByLabel('Ask about this paper').fill('Where are the data?')
    await dora.page.keyboard.press('Enter')
    const second = await goOn()
    await isAt([alice, bob, carol, mia, wall], second)
    expect(await heading(dora).innerText()).not.toBe(second)
    cable.cut()
    await Promise.all([bob, carol, mia].map(({ page }) => page.getByText(/Alice leads, and has lost the connection/).waitFor()))
    // Meanwhile the others go on.
    await dora.context.setOffline(false)
    await isAt([dora], second)
    await isAccessible(bob, carol, wall)
    // And what they saw before it began, while they wait.
    for (const { page } of [carol, mia]) await page.getByRole('navigation', { name: 'Agenda' }).getByRole('button', { name: 'Lobby' }).click()
    await isAt([carol, mia], 'Lobby')
    await isAccessible(carol, mia)
    for (const { page } of [carol, mia]) await page.getByRole('button', { name: 'Back to the meeting' }).click()
    const offered = [bob, carol].map(({ page }) => page.getByRole('button', { name: 'Take the lead', exact: true }))
    await Promise.all(offered.map(button => button.waitFor({ timeout: 25_000 })))
    // As they are now: whoever is a moment later presses what is gone already.
    const buttons = await Promise.all(offered.map(button => button.elementHandle()))
    await Promise.all(buttons.map(button => button?.evaluate(one => one instanceof HTMLElement && one.click())))
    const leads = mia.page.getByText(/^(Bob|Carol) leads$/)
    await leads.waitFor()
    lead = (await leads.innerText()).startsWith('Bob') ? bob : carol
    await lead.page.getByText('You lead', { exact: true }).waitFor()
    cable.mend()
    await alice.page.getByText(`${lead.name} leads`, { exact: true }).waitFor()
    await isAt([alice], second)
    await bob.page.getByRole('navigation', { name: 'Agenda' }).getByRole('button').nth(1).click()
    await bob.page.getByText('Where are the data?').waitFor()
    await bob.page.getByRole('button', { name: 'Back to the meeting' }).click()
  })

  test('[H50] whoever is writing about an item when the meeting goes on stays there until that is sent, and no letter becomes a key of the page', async () => {
    const before = await heading(mia).innerText()
    const line = mia.page.getByLabel('Ask about this paper')
    await line.pressSequentially('And w')
    const there = await goOn()
    await mia.page.getByText(/The meeting went on while you write here/).waitFor()
    await mia.page.keyboard.type('hat of the rest?')
    expect(await heading(mia).innerText()).toBe(before)
    await mia.page.keyboard.press('Enter')
    await isAt([mia], there)
    expect(await line.evaluate(field => field === document.activeElement)).toBe(true)
    expect(await mia.page.getByRole('button', { name: 'Raise hand' }).count()).toBe(1)
    await mia.page.getByRole('navigation', { name: 'Agenda' }).getByRole('button', { name: before }).click()
    await mia.page.getByText('And what of the rest?').waitFor()
    await mia.page.getByRole('button', { name: 'Back to the meeting' }).press('Enter')
    await isAt([mia], there)
    expect(await mia.page.getByRole('region', { name: 'What is shown' }).evaluate(shown => shown === document.activeElement)).toBe(true)
  })

  test('[H29] all are back by themselves when the server was started anew, and the meeting is where it was', async () => {
    const before = await heading(lead).innerText()
    await server.stop()
    server = await startServerProcess({ dataDir, env: { ...network, PORT: new URL(server.url).port } })
    await dora.page.reload()
    await isAt(everybody, before)
    await dora.page.getByRole('button', { name: 'Raise hand' }).click()
    for (const { page } of [wall, mia]) await page.getByText('Dora').first().waitFor({ timeout: 30_000 })
  })

  test('[H30] the phone of who leads is a remote: it gives the word, pauses, adds time, and takes everyone on', async () => {
    await lead.page.goto(`${url}/remote`)
    const press = (name: string | RegExp) => lead.page.getByRole('button', { name }).click()
    await press('Give the word to Dora')
    await wall.page.getByText('Next: Dora').waitFor({ state: 'hidden' })
    await wall.page.getByRole('region', { name: 'Who speaks' }).getByText(/Dora$/).waitFor()
    await press('Pause')
    await wall.page.getByText(/left, paused$/).waitFor()
    await press('+5 min')
    await wall.page.getByText(/^(19|20):\d\d left, paused$/).waitFor()
    await isAccessible(lead)
    const before = await heading(lead).innerText()
    await press('Next')
    await heading(mia).filter({ hasNotText: before }).waitFor()
    const there = await heading(lead).innerText()
    await isAt([alice, mia, wall], there)
  })

  test('[H19] when it ends all screens come to the closing, also after a reload, and what was to be read is handed out', async () => {
    await lead.page.getByRole('button', { name: 'Next' }).waitFor()
    const phone = lead.page
    // Somebody looks around: they come along.
    await dora.page.getByRole('navigation', { name: 'Agenda' }).getByRole('button').nth(1).click()
    const other = lead === bob ? carol : bob
    await alice.page.getByRole('button', { name: 'Lead it' }).click()
    await alice.page.getByRole('button', { name: 'End…' }).click()
    await alice.page.getByRole('button', { name: 'End the meeting' }).click()
    await isAt(everybody, 'The meeting has ended')
    expect(phone.url()).toMatch(/remote$/)
    for (const { page } of [alice, mia, wall, other]) await page.getByText('We reproduce it').waitFor()
    await dora.page.reload()
    await isAt([dora], 'The meeting has ended')
    for (const { page } of [dora, other]) {
      expect(await page.locator('textarea, [contenteditable=true]').count()).toBe(0)
      expect(await page.getByText('now', { exact: true }).count()).toBe(0)
    }
    await alice.page.getByRole('button', { name: 'Plan it' }).click()
    await wall.page.getByText(/Next meeting: /).waitFor()
    await dora.page.getByRole('link', { name: 'To the next meeting' }).waitFor()
    await isAccessible(mia, alice, wall)
    await dora.page.getByRole('link', { name: 'Minutes' }).click()
    await dora.page.getByRole('heading', { name: 'Decisions' }).waitFor()
    await bob.page.goto(`${url.replace(/meetings.*/, '')}readings`)
    await bob.page.getByText('Sec. 3').first().waitFor()
    expect(everybody.flatMap(({ errors }) => errors)).toEqual([])
  })

  test('[H38] without the internet nothing is lacking: no page of a meeting asks anybody but its server', () => {
    const elsewhere = [...asked].filter(url => /^(http|ws)/.test(url) && !hosts.has(new URL(url).hostname))
    expect(elsewhere).toEqual([])
    expect(asked.size).toBeGreaterThan(50)
  })
})
