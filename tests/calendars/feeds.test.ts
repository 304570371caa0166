/** Calendars by private addresses, over HTTP. */
import type { Calendar, CreatedCalendar } from '@paperboard/shared/api'
import { assignReading, changeReading, setProgress } from '@paperboard/shared/group'
import { addMissing, extendSession, planSession } from '@paperboard/shared/groupSessions'
import { setPresenter } from '@paperboard/shared/presenters'
import { groupRoom } from '@paperboard/shared/room'
import { addSchedule, schedulesOf } from '@paperboard/shared/schedule'
import ical, { type VEvent } from 'node-ical'
import { describe, expect } from 'vitest'
import { wantedSessions } from '../../apps/server/src/schedules/recurring.ts'
import { codeOf, type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer({ upkeep: { idle: 3_600_000 } })

const subscribe = async (who: Person, group: string | null): Promise<CreatedCalendar> => {
  const { status, body } = await who.post<CreatedCalendar>('/api/calendars', { group })
  expect(status).toBe(201)
  return body
}
const ask = async (url: string, tag?: string) => {
  const response = await fetch(url, { headers: tag === undefined ? {} : { 'if-none-match': tag } })
  return { status: response.status, tag: response.headers.get('etag') ?? '', type: response.headers.get('content-type'), text: await response.text() }
}
const eventsIn = (text: string): VEvent[] => Object.values(ical.sync.parseICS(text)).filter((part): part is VEvent => part?.type === 'VEVENT')

/** Hands a paper to somebody, and waits until that is in its row. */
const handOut = async (server: TestServer, { group, by, to, due }: { group: string; by: Person; to: Person; due: string }): Promise<string> => {
  await server.db.sql
    .insert(server.db.t.papers)
    .values({ id: 'paper0000001', scope: group, title: 'On Boards', authors: [], abstract: '', links: [], createdAt: 1 })
    .onConflictDoNothing()
  const key = await server.rooms.edit(groupRoom(group), doc =>
    assignReading(doc, by.id, { paper: 'paper0000001', board: '2026-11-20', member: to.id, role: 'presenter', part: 'Sec. 3', due, at: server.clock.now }),
  )
  await projected(server, async () => (await server.db.sql.select().from(server.db.t.readings)).some(row => row.key === key))
  return key
}
const projected = async (server: TestServer, condition: () => Promise<boolean>) => {
  await expect.poll(condition).toBe(true)
  return server
}

describe('calendar feeds', () => {
  test('[E6] a member has a calendar of their own readings, and one of each group with everybody’s', async ({ server, alice, bob, group }) => {
    await handOut(server, { group, by: alice, to: bob, due: '2099-03-29' })
    const mine = await ask((await subscribe(bob, null)).url)
    expect(mine).toMatchObject({ status: 200, type: 'text/calendar; charset=utf-8' })
    expect(eventsIn(mine.text).map(({ summary }) => summary)).toEqual(['You present: On Boards (Sec. 3)'])
    expect(eventsIn((await ask((await subscribe(alice, null)).url)).text)).toEqual([])
    const theirs = await ask((await subscribe(alice, group)).url)
    expect(eventsIn(theirs.text).map(({ summary }) => summary)).toEqual(['Bob presents: On Boards (Sec. 3)'])
  })

  test('[E10] sessions stand in the calendars of all members, by the clock of the group; one that is cancelled says so', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    const session = {
      day: '2099-03-31',
      time: '16:00',
      minutes: 90,
      title: '',
      place: 'Room 2',
      cancelled: false,
      at: server.clock.now,
    }
    await handOut(server, { group, by: alice, to: alice, due: '2099-03-31' })
    const key = await server.rooms.edit(groupRoom(group), doc => {
      const planned = planSession(doc, alice.id, session)
      extendSession(doc, planned, { papers: ['paper0000001'], guests: ['Grace Hopper'], time: null, now: session.at })
      return planned
    })
    const { url } = await subscribe(bob, null)
    await projected(server, async () => eventsIn((await ask(url)).text).length === 1)
    const [event] = eventsIn((await ask(url)).text)
    expect(event).toMatchObject({ summary: 'Reading group: On Boards', location: 'Room 2', status: 'CONFIRMED', description: 'On Boards\nWith Grace Hopper' })
    expect([event?.start.toISOString(), event?.end?.toISOString()]).toEqual(['2099-03-31T14:00:00.000Z', '2099-03-31T15:30:00.000Z'])
    await server.rooms.edit(groupRoom(group), doc => doc.getMap('sessions').set(key, { ...session, cancelled: true }))
    await projected(server, async () => eventsIn((await ask(url)).text)[0]?.status === 'CANCELLED')
    expect(eventsIn((await ask(url)).text)[0]).toMatchObject({ uid: event?.uid, sequence: 1 })
  })

  test('[E7] an entry keeps its UID; moved to another day it has a higher number, and nothing else changes it', async ({ server, alice, bob, group }) => {
    const key = await handOut(server, { group, by: alice, to: bob, due: '2099-03-29' })
    const { url } = await subscribe(bob, null)
    const first = await ask(url)
    server.clock.now += 60_000
    await server.rooms.edit(groupRoom(group), doc => setProgress(doc, { reading: key, me: bob.id, state: 'reading', now: server.clock.now }))
    const same = await ask(url, first.tag)
    expect(same).toMatchObject({ status: 304, text: '' })
    expect((await ask(url, `W/${first.tag}`)).status).toBe(304)
    await server.rooms.edit(groupRoom(group), doc => changeReading(doc, key, { due: '2099-04-05' }, { me: alice.id, now: server.clock.now }))
    await projected(server, async () => (await ask(url, first.tag)).status === 200)
    const [before] = eventsIn(first.text)
    const [after] = eventsIn((await ask(url)).text)
    expect(after?.uid).toBe(before?.uid)
    expect([before?.sequence, after?.sequence]).toEqual([0, 1])
    expect(after?.lastmodified?.getTime()).toBeGreaterThan(before?.lastmodified?.getTime() ?? 0)
  })

  test('[E8] an address is shown once, and only its hash is stored; a new one ends the old one, and each can be ended', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    const old = await subscribe(alice, null)
    const ofGroup = await subscribe(alice, group)
    const fresh = await subscribe(alice, null)
    const token = fresh.url.split('/').at(-1)?.replace('.ics', '') ?? ''
    expect(JSON.stringify(await server.db.sql.select().from(server.db.t.feedTokens))).not.toContain(token)
    expect(server.logged.join('')).not.toContain(token)
    expect(await Promise.all([old, ofGroup, fresh].map(async ({ url }) => (await ask(url)).status))).toEqual([404, 200, 200])
    const { calendars } = (await alice.get<{ calendars: Calendar[] }>('/api/calendars')).body
    expect(calendars.map(({ id }) => id).sort()).toEqual([ofGroup.id, fresh.id].sort())
    expect(calendars.find(({ id }) => id === fresh.id)?.lastUsedAt).toBe(server.clock.now)
    expect(JSON.stringify(calendars)).not.toContain('url')
    expect(codeOf(await bob.delete(`/api/calendars/${fresh.id}`))).toBe('404 not-found')
    expect((await alice.delete(`/api/calendars/${fresh.id}`)).status).toBe(204)
    expect((await ask(fresh.url)).status).toBe(404)
    expect((await ask(`${server.url}/calendar/${'x'.repeat(43)}.ics`)).status).toBe(404)
  })

  test('[E9] who has left a group reads nothing of it any more, in no calendar', async ({ server, alice, bob, group }) => {
    await handOut(server, { group, by: alice, to: bob, due: '2099-03-29' })
    const [mine, theirs] = [await subscribe(bob, null), await subscribe(bob, group)]
    expect(eventsIn((await ask(theirs.url)).text)).toHaveLength(1)
    expect((await bob.post(`/api/groups/${group}/leave`)).status).toBe(204)
    expect(eventsIn((await ask(mine.url)).text)).toEqual([])
    expect((await ask(theirs.url)).status).toBe(404)
    expect(codeOf(await bob.post('/api/calendars', { group }))).toBe('404 not-found')
  })

  test('[E11] a session names who has agreed to present, with or without a paper; in their own calendar it says that they do', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    const now = server.clock.now
    const session = { day: '2099-03-31', time: '16:00', minutes: 90, title: 'Open floor', place: '', cancelled: false, at: now }
    await server.rooms.edit(groupRoom(group), doc => {
      const planned = planSession(doc, alice.id, session)
      const put = { session: planned, way: 'hand' as const, offer: null, me: alice.id, now }
      setPresenter(doc, { ...put, member: bob.id, asked: false })
      setPresenter(doc, { ...put, member: alice.id, asked: true })
    })
    const [his, hers, theirs] = [await subscribe(bob, null), await subscribe(alice, null), await subscribe(bob, group)]
    await projected(server, async () => (await server.db.sql.select().from(server.db.t.presenters)).length === 2)
    const told = async ({ url }: CreatedCalendar) => eventsIn((await ask(url)).text).map(({ summary, description }) => [summary, description])
    expect(await told(his)).toEqual([['Reading group: Open floor (you present)', 'Presented by Bob']])
    for (const calendar of [hers, theirs]) expect(await told(calendar)).toEqual([['Reading group: Open floor', 'Presented by Bob']])
  })

  test('[E12] sessions of a schedule keep their hour by the clock of the group when the clocks change, in the calendar of a member and of the group', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    const now = server.clock.now
    const rule = { rule: 'FREQ=WEEKLY;INTERVAL=1;BYDAY=TU', from: '2099-03-24', until: '2099-11-03', time: '14:00', minutes: 60, title: '', place: '', at: now }
    await server.rooms.edit(groupRoom(group), doc => {
      addSchedule(doc, alice.id, rule)
      for (const today of ['2099-03-20', '2099-10-15']) addMissing(doc, wantedSessions({ schedules: schedulesOf(doc), holidays: [] }, { today, now }))
    })
    await projected(server, async () => (await server.db.sql.select().from(server.db.t.groupSessions)).some(({ day }) => day === '2099-10-27'))
    const changes = ['2099-03-24', '2099-03-31', '2099-10-20', '2099-10-27']
    for (const calendar of [await subscribe(bob, null), await subscribe(bob, group)]) {
      const starts = eventsIn((await ask(calendar.url)).text).map(({ start }) => start.toISOString())
      expect(starts.filter(start => changes.includes(start.slice(0, 10)))).toEqual([
        '2099-03-24T13:00:00.000Z',
        '2099-03-31T12:00:00.000Z',
        '2099-10-20T12:00:00.000Z',
        '2099-10-27T13:00:00.000Z',
      ])
    }
  })
})
