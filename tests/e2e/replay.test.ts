/** A member goes back through a board and a meeting. */
import { castVote } from '@paperboard/shared/board'
import { moveTo } from '@paperboard/shared/meetingFloor'
import { noteOf } from '@paperboard/shared/notes'
import { boardRoom, meetingRoom } from '@paperboard/shared/room'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Reader, seat, violations } from '../support/browser.ts'
import { idOf, type LongBoard, longBoard } from '../support/longBoard.ts'
import { todayAt } from '../support/server.ts'

describe('how things came about', () => {
  let board: LongBoard
  let browser: Browser
  let reader: Reader
  const day = todayAt(Date.now())
  const later = () => {
    board.server.clock.now += 60_000
    return board.server.clock.now
  }

  beforeAll(async () => {
    board = await longBoard({ papers: 3, members: 2, day })
    const { server, group, alice } = board
    for (const value of [1, -1] as const)
      await server.rooms.edit(boardRoom(group, day), doc => castVote(doc, { paper: idOf('paper', 2), me: alice.id, value, now: later() }))
    browser = await openBrowser()
    reader = await seat(browser, alice)
  })
  afterAll(async () => {
    await browser?.close()
    await board?.server.close()
  })

  test('[Z27] a board is gone through by key and by slider, and each step says what it changed', async () => {
    const { page } = reader
    await page.goto(`${board.server.url}/g/${board.group}/${day}/replay`)
    const slider = page.getByRole('slider', { name: 'Moment' })
    await slider.press('End')
    const said = page.getByRole('region', { name: 'What changed here' })
    await said.getByText(/^Paperboard voted down on/).waitFor()
    await page.getByRole('button', { name: 'One step back' }).click()
    await said.getByText(/^Paperboard voted up on/).waitFor()
    expect(page.url()).toContain('?at=')
    await page.reload()
    await said.getByText(/^Paperboard voted up on/).waitFor()
  })

  test('[Z28] a meeting is played from its beginning to its notes', async () => {
    const { page } = reader
    const { server, group, alice } = board
    const { body } = await alice.post<{ id: string }>(`/api/groups/${group}/meetings`, { title: 'Thursday' })
    const room = meetingRoom(group, body.id)
    const paper = idOf('paper', 1)
    later()
    await alice.post(`/api/groups/${group}/meetings/${body.id}/start`)
    await server.rooms.edit(room, doc => moveTo(doc, { item: paper, now: later() }))
    await server.rooms.edit(room, doc => noteOf(doc, paper).insert(0, `**Sound**, says ${later() > 0 ? 'Ada' : ''}.`))
    await page.goto(`${server.url}/g/${group}/meetings/${body.id}/replay`)
    const then = page.getByRole('region', { name: 'As it stood then' })
    await then.getByRole('heading', { name: 'Lobby' }).waitFor()
    await page.getByRole('button', { name: /^Play/ }).click()
    await then.locator('strong', { hasText: 'Sound' }).waitFor()
    await page.getByRole('button', { name: /^Play/ }).waitFor()
  })

  test('[Z29] axe finds no violation there, and no page has logged an error', async () => {
    expect(await violations(reader.page)).toEqual([])
    expect(reader.errors).toEqual([])
  })
})
