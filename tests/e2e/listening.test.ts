/** A guest of a group whose guests listen, on a phone. */
import { setEntry } from '@paperboard/shared/agenda'
import type { GuestDoor } from '@paperboard/shared/guests'
import { moveTo } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { putPoll } from '@paperboard/shared/polls'
import { ask } from '@paperboard/shared/questions'
import { meetingRoom } from '@paperboard/shared/room'
import { expect, onTestFinished, test } from 'vitest'
import { insertPapers } from '../../apps/server/src/db/papers.ts'
import { openBrowser, sitDown, violations } from '../support/browser.ts'
import { paperRow, webDist } from '../support/longBoard.ts'
import { Person, startServer } from '../support/server.ts'

test('[H49] a guest who listens follows it all, and is told that guests listen by each button that is not for them', async () => {
  const server = await startServer({ web: webDist })
  const browser = await openBrowser()
  onTestFinished(async () => {
    await browser.close()
    await server.close()
  })
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const me = alice.id
  const { now } = server.clock
  const paper = paperRow(group, 1)
  await insertPapers(server.db, [paper], now)
  expect((await alice.patch(`/api/groups/${group}`, { settings: { guests: 'listen' } })).status).toBe(200)
  const path = `/api/groups/${group}/meetings`
  const { id } = (await alice.post<MeetingSummary>(path, { title: 'Tuesday' })).body
  const room = meetingRoom(group, id)
  await server.rooms.edit(room, doc => setEntry(doc, paper.id, { place: 1 }, { me, now }))
  const { token } = (await alice.send<GuestDoor>('PUT', `${path}/${id}/guest-link`)).body
  const { page, errors } = await sitDown(browser, 'Mia', { width: 390 })
  await page.goto(`${server.url}/meet/${token}`)
  await page.getByLabel('Your name').fill('Mia')
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Lobby' }).waitFor()
  await alice.post(`${path}/${id}/start`)
  await server.rooms.edit(room, doc => {
    moveTo(doc, { item: paper.id, now })
    ask(doc, { paper: paper.id, text: 'Does it scale?', me, now })
    putPoll(doc, { paper: paper.id, question: 'Again?', options: ['Yes', 'No'], many: false, secret: false, me, now })
  })
  await page.getByText('Does it scale?').waitFor()
  const why = 'Guests of this group listen in meetings.'
  for (const name of ['I’m ready', 'Raise hand', /wants to hear the answer to “Does it scale\?”/]) {
    const button = page.getByRole('button', { name })
    expect.soft([name, await button.getAttribute('aria-disabled'), await button.getAttribute('aria-description')]).toEqual([name, 'true', why])
  }
  await page.getByPlaceholder(why).waitFor()
  for (const key of ['r', 'h']) await page.keyboard.press(key)
  expect(await page.getByRole('radio', { name: 'Yes' }).count()).toBe(0)
  expect(await violations(page)).toEqual([])
  expect(errors).toEqual([])
})
