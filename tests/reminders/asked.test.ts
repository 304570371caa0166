/** What is asked of members in a group's document comes under their bell, and schedules become sessions, on a real server. */
import type { BoardOffers, Notices } from '@paperboard/shared/api'
import { addDays, dayAt } from '@paperboard/shared/days'
import { planSession, sessionsOf } from '@paperboard/shared/groupSessions'
import { agreeToPresent, setPresenter } from '@paperboard/shared/presenters'
import { groupRoom } from '@paperboard/shared/room'
import { addSchedule } from '@paperboard/shared/schedule'
import { answerSwap, askSwap } from '@paperboard/shared/swaps'
import { describe, expect, onTestFinished } from 'vitest'
import { startFollowUp } from '../../apps/server/src/followUp.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { connect } from '../support/peer.ts'
import { type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer({ upkeep: { idle: 3_600_000 } })

const follow = (server: TestServer) => {
  const { db, rooms, clock } = server
  const followUp = startFollowUp({ db, rooms, log: createLogger('silent', { write: () => undefined }), now: () => clock.now, times: { asked: 3_600_000 } })
  onTestFinished(() => followUp.close())
  return followUp
}
const session = (day: string, at: number) => ({ day, time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at })
const titles = async (who: Person) => (await who.get<Notices>('/api/notices')).body.notices.map(({ title }) => title)

describe('what is asked', () => {
  test('[J40] a member hears once that they are to present, of a swap they are asked for, and of the answer', async ({ server, alice, bob, group }) => {
    const followUp = follow(server)
    const now = server.clock.now
    const [a, b] = [await connect(server, alice, groupRoom(group)), await connect(server, bob, groupRoom(group))]
    const [one, other] = ['2099-03-03', '2099-03-10'].map(day => planSession(a.doc, alice.id, session(day, now)))
    if (one === undefined || other === undefined) throw new Error('Two sessions')
    const put = { way: 'rota' as const, offer: null, me: alice.id, now }
    setPresenter(a.doc, { ...put, session: one, member: alice.id, asked: false })
    setPresenter(a.doc, { ...put, session: other, member: bob.id, asked: true })
    await expect.poll(() => titles(bob)).toEqual(['Alice asks you to present on Tue, 10 Mar 2099'])
    await b.until(() => b.doc.getMap('presenters').size === 2)
    agreeToPresent(b.doc, { session: other, me: bob.id })
    const swap = askSwap(b.doc, bob.id, { mine: other, member: alice.id, theirs: one, note: 'I travel.', at: now })
    await expect.poll(() => titles(alice)).toEqual(['Bob asks to swap with you'])
    expect((await alice.get<Notices>('/api/notices')).body.notices[0]).toMatchObject({
      text: 'You would present on Tue, 10 Mar 2099, and they on Tue, 3 Mar 2099. I travel.',
      path: `/g/${group}/rota`,
    })
    await a.until(() => a.doc.getMap('swaps').has(swap))
    expect(answerSwap(a.doc, { swap, accepted: true, me: alice.id, now })).toBe(true)
    await a.saved()
    // Both are of the same moment by the server's clock, so that either may stand first.
    await expect.poll(() => titles(bob)).toContain('Alice swaps with you')
    expect(a.closed).toBeNull()
    await b.until(() => b.doc.getMap('presenters').has(`${one}:${bob.id}`))
    await followUp.run()
    await follow(server).run()
    expect([(await titles(alice)).length, (await titles(bob)).length]).toEqual([1, 2])
  })

  test('[J41] a schedule becomes sessions for everybody at once, and once where two servers look after it', async ({ server, alice, bob, group }) => {
    const [first, second] = [follow(server), follow(server)]
    const [a, b] = [await connect(server, alice, groupRoom(group)), await connect(server, bob, groupRoom(group))]
    const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'
    addSchedule(a.doc, alice.id, { rule, from: '2020-01-07', until: null, time: '14:00', minutes: 60, title: '', place: '', at: server.clock.now })
    await b.until(() => sessionsOf(b.doc).length > 0)
    await Promise.all([first.run(), second.run()])
    const days = sessionsOf(b.doc).map(({ day }) => day)
    expect(days.length).toBeGreaterThanOrEqual(13)
    expect(new Set(days).size).toBe(days.length)
  })

  test('[J55] offers on the boards of late are told to the group, the earliest first, but of those who have left', async ({ server, alice, bob, group }) => {
    const { db, clock } = server
    const today = dayAt(clock.now, 'Europe/Berlin')
    const offer = (member: Person, day: string, at: number) => ({ group, day, paper: 'paper0000001', member: member.id, at })
    await db.sql.insert(db.t.papers).values({ id: 'paper0000001', scope: group, title: 'On Boards', authors: [], abstract: '', links: [], createdAt: 1 })
    await db.sql.insert(db.t.offers).values([offer(bob, today, 2), offer(alice, addDays(today, -62), 1), offer(alice, addDays(today, -64), 1)])
    const told = async (who: Person) => (await who.get<BoardOffers>(`/api/groups/${group}/offers`)).body.offers?.map(({ member, at }) => [member, at])
    expect(await told(alice)).toEqual([
      [alice.id, 1],
      [bob.id, 2],
    ])
    expect((await bob.post(`/api/groups/${group}/leave`)).status).toBe(204)
    expect(await told(alice)).toEqual([[alice.id, 1]])
    expect(await told(bob)).toBeUndefined()
  })
})
