/** Members in real browsers: headless Chromium, one context each, so that nothing is shared but the server. */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Person } from './server.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
// Without these Chromium talks to its maker at every start, or needs a sandbox that root does not have.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args, headless: true })

/** Somebody at a screen. */
export interface Reader {
  name: string
  email: string
  context: BrowserContext
  page: Page
  /** Errors that the page logged or threw; a test at the end expects none. */
  errors: string[]
}

export const password = 'correct horse battery'

/** Chromium logs requests that fail while there is no connection; that is not the page's fault. */
const expected = /net::ERR_|WebSocket connection|Failed to load resource/

interface ScreenOptions {
  width?: number
  dark?: boolean
  touch?: boolean
}

export const sitDown = async (browser: Browser, name: string, options: ScreenOptions = {}): Promise<Reader> => {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: 900 },
    hasTouch: options.touch ?? false,
    colorScheme: options.dark ? 'dark' : 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !expected.test(message.text())) errors.push(message.text())
  })
  return { name, email: `${name.toLowerCase()}@example.org`, context, page, errors }
}

/** Signs somebody in who has an account, without the form. */
export const signIn = async ({ context }: Pick<Reader, 'context'>, { cookie, server }: Pick<Person, 'cookie' | 'server'>) => {
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Lax' }])
}

/** Somebody who has an account, signed in at a screen of their own. */
export const seat = async (browser: Browser, person: Person, options: ScreenOptions = {}): Promise<Reader> => {
  const reader = await sitDown(browser, person.name, options)
  await signIn(reader, person)
  return reader
}

/** Another screen of somebody who is signed in. */
export const anotherScreen = async (browser: Browser, { name, context }: Reader, options: ScreenOptions): Promise<Reader> => {
  const reader = await sitDown(browser, name, options)
  await reader.context.addCookies(await context.cookies())
  return reader
}

/** What axe finds wrong with a page, or with a part of it: the rule, and each place. */
export const violations = async (page: Page, part?: string): Promise<string[]> => {
  const axe = new AxeBuilder({ page })
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** First run: account, group, and today's board. */
export const startInstallation = async ({ page, name, email }: Reader, url: string, group: string) => {
  await page.goto(url)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByLabel('Name of the group').fill(group)
  await page.getByRole('button', { name: /Open today/ }).click()
  await page.getByText('What shall we read?').waitFor()
}

/** The link into the group that `page` shows, made in its members page. */
export const makeInvitation = async ({ page }: Reader): Promise<string> => {
  await page.getByRole('link', { name: 'Members' }).first().click()
  await page.getByRole('button', { name: 'Invite by link' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByLabel('Invitation link').inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  return link
}

/** Follows an invitation with a new account. */
export const joinBy = async ({ page, name, email }: Reader, link: string) => {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.waitForURL(/\/g\//)
}

/** Until everything that was changed in this browser is stored. A change that is on its way for a moment is not shown so: the word alone may be of before. */
export const saved = async (page: Page) => {
  await page.waitForFunction(() => !Object.keys(localStorage).some(key => key.startsWith('paperboard:unsaved:')))
  await page.getByRole('status', { name: /^Saved/ }).waitFor()
}

/** Until everything that was changed in this browser is written down in it: what comes later in the same stores has to wait for that. */
export const keptHere = (page: Page) =>
  page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('paperboard:')) continue
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      const stores = db.transaction([...db.objectStoreNames], 'readwrite')
      await new Promise(resolve => {
        stores.oncomplete = resolve
      })
      db.close()
    }
  })
