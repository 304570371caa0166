/** What a meeting left to do, in two windows: the meeting, and somebody's readings. */
import { addDays } from '@paperboard/shared/days'
import { addAction } from '@paperboard/shared/decisions'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { meetingRoom } from '@paperboard/shared/room'
import { expect, onTestFinished, test } from 'vitest'
import { openBrowser, seat, violations } from '../support/browser.ts'
import { webDist } from '../support/longBoard.ts'
import { Person, startServer, todayAt } from '../support/server.ts'

test('[H47] what a meeting left me to do is found with my readings as soon as it is written down, and marked done there, and the meeting shows it; without a connection it says that it cannot be', async () => {
  const server = await startServer({ web: webDist })
  const browser = await openBrowser()
  onTestFinished(async () => {
    await browser.close()
    await server.close()
  })
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const bob = await new Person(server, 'Bob').signUp((await alice.invite(group)).token)
  const { id } = (await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })).body
  await alice.post(`/api/groups/${group}/meetings/${id}/start`)
  const { now } = server.clock
  const today = todayAt(now)
  await server.rooms.edit(meetingRoom(group, id), doc => {
    const action = { me: alice.id, now, paper: null, kind: 'task' as const, assignee: bob.id }
    addAction(doc, { ...action, text: 'Mail the authors', due: addDays(today, -3) })
    addAction(doc, { ...action, text: 'Book a room', due: null })
  })
  const [hers, his] = [await seat(browser, alice), await seat(browser, bob, { width: 390 })]
  await hers.page.goto(`${server.url}/g/${group}/meetings/${id}?item=closing`)
  await his.page.goto(`${server.url}/readings`)
  const list = his.page.getByRole('region', { name: 'To do from meetings' })
  await list.getByRole('listitem').nth(1).waitFor()
  const first = list.getByRole('listitem').first()
  expect((await first.innerText()).split('\n').filter(Boolean)).toEqual([
    expect.any(String),
    '2 days late',
    'Mail the authors',
    expect.stringMatching(/^Reading group · Tuesday$/),
  ])
  await first.getByRole('checkbox', { name: 'Mail the authors' }).check()
  await hers.page.locator('input[aria-label="Done: Mail the authors"]:checked').waitFor()
  // What is done goes behind what is not.
  await list.getByRole('listitem').filter({ hasText: 'Mail the authors' }).getByText('Done', { exact: true }).waitFor()
  await server.rooms.edit(meetingRoom(group, id), doc =>
    addAction(doc, { me: alice.id, now, paper: null, kind: 'task', assignee: bob.id, text: 'Bring cake', due: null }),
  )
  await list.getByRole('checkbox', { name: 'Bring cake' }).waitFor({ timeout: 15_000 })
  await his.context.setOffline(true)
  const second = list.getByRole('checkbox', { name: 'Book a room' })
  await second.click()
  await his.page.getByRole('region', { name: 'Messages' }).getByText('You are offline.').waitFor()
  await expect.poll(() => second.isChecked()).toBe(false)
  expect(await violations(his.page)).toEqual([])
  expect([...hers.errors, ...his.errors]).toEqual([])
  await his.context.setOffline(false)
  await list.getByRole('link', { name: 'Tuesday' }).last().click()
  await his.page.getByRole('checkbox', { name: 'Done: Book a room' }).waitFor()
})
