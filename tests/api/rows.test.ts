/** People, groups, invitations, papers and boards as rows: every function of db/ that reads or writes them, on each engine. */

import { defaultSettings } from '@paperboard/shared/members'
import { expect, test } from 'vitest'
import { boardDays, boardsWith, dayCounts } from '../../apps/server/src/db/boards.ts'
import type { Database } from '../../apps/server/src/db/database.ts'
import {
  addGroup,
  addMember,
  changeGroup,
  endMembership,
  findGroup,
  findMembership,
  groupsOf,
  membersOf,
  removedAt,
  rolesIn,
  setRole,
} from '../../apps/server/src/db/groups.ts'
import {
  addInvitation,
  findOpenInvitation,
  invitationsOf,
  invitedRole,
  revokeInvitation,
  revokeInvitationsBy,
  useInvitation,
} from '../../apps/server/src/db/invitations.ts'
import { findNamed, findPapers, insertPapers, updatePaper } from '../../apps/server/src/db/papers.ts'
import { addPerson, anyPeople, anyPeopleBut, findPerson, findPersonByEmail, renamePerson, setPassword } from '../../apps/server/src/db/people.ts'
import { project } from '../../apps/server/src/db/projections.ts'
import {
  addSession,
  findSession,
  prolongSession,
  removeExpiredSessions,
  removeSession,
  removeSessionsOf,
  sessionsOf,
  validSessions,
} from '../../apps/server/src/db/sessions.ts'
import { paperRow } from '../support/paperRow.ts'
import { onEachStore } from '../support/stores.ts'

const person = (id: string) => ({ id, email: `${id}@example.org`, name: id, passwordHash: 'x', createdAt: 1 })
const group = (id: string, name = id) => ({ id, name, timeZone: 'UTC', settings: defaultSettings, createdAt: 1 })
const paper = (id: string, change: Parameters<typeof paperRow>[0] = {}) => paperRow({ id, title: id, titleKey: id, ...change })
const invitation = (id: string, change: Partial<Parameters<typeof addInvitation>[1]> = {}) => ({
  id,
  group: 'g',
  tokenHash: `hash of ${id}`,
  role: 'member' as const,
  createdBy: 'alice',
  createdAt: 1,
  expiresAt: 100,
  uses: 1,
  ...change,
})

/** Alice owns the group `g`. */
async function settle(db: Database) {
  await addPerson(db, person('alice'))
  await addGroup(db, { ...group('g'), owner: 'alice' })
}

onEachStore(store => {
  test('[D20] one e-mail address has one account, and letters of another case or form are other letters', async () => {
    const { db } = store
    expect(await anyPeople(db)).toBe(false)
    expect(await addPerson(db, person('a'))).toBe(true)
    expect(await addPerson(db, { ...person('b'), email: 'a@example.org' })).toBe(false)
    for (const email of ['A@example.org', 'é@example.org', 'e\u0301@example.org']) expect(await addPerson(db, { ...person(email), email })).toBe(true)
    expect((await findPersonByEmail(db, 'A@example.org'))?.id).toBe('A@example.org')
    expect((await findPersonByEmail(db, 'é@example.org'))?.id).toBe('é@example.org')
    expect(await findPersonByEmail(db, 'É@example.org')).toBeNull()
    expect(await anyPeopleBut(db, ['a@example.org'])).toBe(true)
    await renamePerson(db, 'a', 'Ada ❤️ \\u0041 "quoted" \u{1F600}')
    await setPassword(db, 'a', '$argon2id$y')
    expect(await findPerson(db, 'a')).toEqual({ ...person('a'), name: 'Ada ❤️ \\u0041 "quoted" \u{1F600}', passwordHash: '$argon2id$y' })
  })

  test('[D21] of two who sign up at once where nobody has an account, one is the first', async () => {
    const { db } = store
    const enter = (id: string) =>
      db.transaction(async tx => {
        const first = !(await anyPeople(tx))
        await addPerson(tx, person(id))
        return first
      })
    const firsts = await Promise.all(['a', 'b', 'c', 'd'].map(enter))
    expect(firsts.filter(first => first)).toHaveLength(1)
    expect(await anyPeopleBut(db, ['a@example.org', 'b@example.org', 'c@example.org'])).toBe(true)
  })

  test('[D22] sessions are found until they are ended or have run out', async () => {
    const { db } = store
    for (const id of ['alice', 'bob']) await addPerson(db, person(id))
    for (const id of ['s1', 's2', 's3']) await addSession(db, { id, person: 'alice', expiresAt: 10 })
    await addSession(db, { id: 's4', person: 'bob', expiresAt: 30 })
    expect(await findSession(db, 's1')).toEqual({
      session: { id: 's1', person: 'alice', expiresAt: 10 },
      person: { id: 'alice', name: 'alice', email: 'alice@example.org' },
      isGuest: false,
    })
    await prolongSession(db, 's1', 2 ** 45)
    expect([...(await validSessions(db, ['s1', 's2', 's4', 'none'], 20))].sort()).toEqual(['s1', 's4'])
    await removeSession(db, 's2')
    expect((await sessionsOf(db, 'alice')).map(({ id }) => id).sort()).toEqual(['s1', 's3'])
    await removeExpiredSessions(db, 10)
    expect(await findSession(db, 's3')).toBeNull()
    await addSession(db, { id: 's5', person: 'alice', expiresAt: 10 })
    expect(await removeSessionsOf(db, 'alice', 's1')).toEqual(['s5'])
    expect(await removeSessionsOf(db, 'alice')).toEqual(['s1'])
    expect(await findSession(db, 's4')).not.toBeNull()
  })

  test('[D23] groups and members are in the same order everywhere: by bytes, whatever language the database speaks', async () => {
    const { db } = store
    await addPerson(db, person('alice'))
    for (const [n, name] of ['ä', 'a', 'Z', 'b', 'B', '_'].entries()) await addGroup(db, { ...group(`g${n}`, name), owner: 'alice' })
    expect((await groupsOf(db, 'alice')).map(({ name }) => name)).toEqual(['B', 'Z', '_', 'a', 'b', 'ä'])
    for (const id of ['b', 'B', 'a']) {
      await addPerson(db, person(id))
      await addMember(db, { group: 'g0', person: id, role: 'member', now: 5 })
    }
    expect((await membersOf(db, 'g0')).map(({ id }) => id)).toEqual(['alice', 'B', 'a', 'b'])
  })

  test('[D24] a membership ends and begins again in its row', async () => {
    const { db } = store
    await settle(db)
    await addPerson(db, person('bob'))
    await addMember(db, { group: 'g', person: 'bob', role: 'member', now: 5 })
    await setRole(db, { group: 'g', person: 'bob', role: 'organizer' })
    expect(await findMembership(db, 'g', 'bob')).toMatchObject({ role: 'organizer', group: { id: 'g', settings: defaultSettings } })
    await endMembership(db, { group: 'g', person: 'bob', now: 2 ** 42, by: null })
    expect([await findMembership(db, 'g', 'bob'), await groupsOf(db, 'bob')]).toEqual([null, []])
    expect((await membersOf(db, 'g'))[1]).toEqual({ id: 'bob', name: 'bob', role: 'organizer', joinedAt: 5, gone: true })
    expect(await rolesIn(db, ['g', 'none'])).toEqual(new Map([['g', new Map([['alice', 'owner']])]]))
    await addMember(db, { group: 'g', person: 'bob', role: 'member', now: 9 })
    expect((await membersOf(db, 'g'))[1]).toEqual({ id: 'bob', name: 'bob', role: 'member', joinedAt: 9, gone: false })
    const { createdAt: _, ...changed } = { ...group('g', 'New'), settings: { ...defaultSettings, voteBudget: 7 } }
    await changeGroup(db, changed)
    expect(await findGroup(db, 'g')).toEqual(changed)
    expect(await findGroup(db, 'none')).toBeNull()
  })

  test('[D25] of many who take the last uses of an invitation at once, as many get in as it has', async () => {
    const { db } = store
    await settle(db)
    await addInvitation(db, invitation('i', { uses: 2 }))
    const people = ['b', 'c', 'd', 'e', 'f']
    for (const id of people) await addPerson(db, person(id))
    const results = await Promise.all(people.map(id => useInvitation(db, { tokenHash: 'hash of i', person: id, now: 5 })))
    expect(results.filter(result => result !== 'closed')).toEqual([1, 2].map(() => ({ id: 'g', name: 'g', role: 'member' })))
    expect(await membersOf(db, 'g')).toHaveLength(3)
    expect(await findOpenInvitation(db, 'hash of i', 5)).toBeNull()
    expect(await useInvitation(db, { tokenHash: 'hash of i', person: 'alice', now: 5 })).toBe('closed')
  })

  test('[D26] an invitation is open until it is used up, has run out or is revoked', async () => {
    const { db } = store
    await settle(db)
    await addPerson(db, person('bob'))
    await addInvitation(db, invitation('i1'))
    await addInvitation(db, invitation('i2', { createdAt: 2, role: 'organizer' }))
    await addInvitation(db, invitation('i3', { createdAt: 2, createdBy: 'bob' }))
    await addInvitation(db, invitation('i4', { expiresAt: 4 }))
    await expect(addInvitation(db, invitation('i5', { tokenHash: 'hash of i1' }))).rejects.toThrow()
    expect((await invitationsOf(db, 'g', 5)).map(({ id }) => id)).toEqual(['i3', 'i2', 'i1'])
    expect(await findOpenInvitation(db, 'hash of i2', 5)).toEqual({
      id: 'i2',
      role: 'organizer',
      group: { id: 'g', name: 'g' },
      invitedBy: 'alice',
      createdAt: 2,
      expiresAt: 100,
    })
    expect(await findOpenInvitation(db, 'hash of i4', 4)).toBeNull()
    expect([await invitedRole(db, 'g', 'i2'), await invitedRole(db, 'other', 'i2')]).toEqual(['organizer', null])
    await revokeInvitation(db, 'i1', 5)
    await revokeInvitationsBy(db, { group: 'g', person: 'bob', now: 5 })
    expect((await invitationsOf(db, 'g', 5)).map(({ id }) => id)).toEqual(['i2'])
    expect(await invitedRole(db, 'g', 'i1')).toBeNull()
  })

  test('[D27] an identifier is once in its scope; works without one are as many as there are', async () => {
    const { db } = store
    await insertPapers(db, [paper('p1', { arxivId: '2401.00001', doi: '10.1/x' }), paper('p2'), paper('p3')], 1)
    await expect(insertPapers(db, [paper('p4', { arxivId: '2401.00001' })], 1)).rejects.toThrow()
    await expect(insertPapers(db, [paper('p4'), paper('p5', { doi: '10.1/x' })], 1)).rejects.toThrow()
    expect(await findPapers(db, ['p4', 'p5'])).toEqual([])
    await insertPapers(
      db,
      [paper('p4', { scope: 'g', arxivId: '2401.00001', url: 'https://example.org/x' }), paper('p5', { scope: 'h', url: 'https://example.org/x' })],
      1,
    )
    const found = await findNamed(db, 'g', { arxivIds: ['2401.00001'], dois: ['10.1/x', '10.1/X'], titleKeys: ['p2', 'P3'], urls: ['https://example.org/x'] })
    expect(found.map(({ id }) => id).sort()).toEqual(['p1', 'p2', 'p4'])
  })

  test('[D28] papers come in the order that is asked for, with what a database could spoil', async () => {
    const { db } = store
    const odd = paper('odd', {
      title: null,
      titleKey: null,
      authors: ['O’Brien "Bo"', 'back\\slash \\u0000 {curly}', '漢字 \u{1F600} e\u0301', ''],
      abstract: "$\\alpha$\n\ttab, null and %s and '; DROP TABLE papers; --",
      arxivVersion: 12,
      links: [{ label: 'Größe', url: 'https://example.org/?a=1&b={}' }],
    })
    const many = Array.from({ length: 1_200 }, (_, n) => paper(`p${n}`))
    await insertPapers(db, [odd, ...many], 2 ** 43)
    const ids = ['p1199', 'odd', 'none', 'p0', ...many.map(({ id }) => id).reverse(), 'odd']
    expect((await findPapers(db, ids)).map(({ id }) => id)).toEqual(ids.filter(id => id !== 'none'))
    expect(await findPapers(db, ['odd'])).toEqual([odd])
    const changed = { ...odd, title: 'Known now', authors: [], links: [], doi: '10.1/odd' }
    await updatePaper(db, changed)
    expect(await findPapers(db, ['odd'])).toEqual([changed])
  })

  test('[D29] what no engine can hold in a text does not stop it: a NUL goes or stays, half a character becomes the sign for it', async () => {
    const { db } = store
    await addPerson(db, { ...person('a'), name: 'a\0b' })
    expect((await findPerson(db, 'a'))?.name.replace('\0', '')).toBe('ab')
    await insertPapers(db, [paper('p', { title: 'x\ud83d', authors: ['a\0b', 'c'] })], 1)
    const [row] = await findPapers(db, ['p'])
    expect([row?.title, row?.authors.map(author => author.replace('\0', ''))]).toEqual(['x\ufffd', ['ab', 'c']])
  })

  test('[D30] boards over days are told in board order, with votes and comments counted from their rows', async () => {
    const { db } = store
    await settle(db)
    await insertPapers(
      db,
      ['p1', 'p2', 'p3'].map(id => paper(id)),
      1,
    )
    const days = ['2026-11-23', '2026-11-24', '2026-12-01']
    for (const [n, day] of days.entries()) {
      await db.sql.insert(db.t.rooms).values({ id: n + 1, name: `board/g/${day}`, group: 'g', version: 1, projectedSeq: 0 })
      const added = { by: 'AAAAAAAAAAAA', at: 1, source: 'ids' }
      const records = [
        { root: 'papers', key: 'p1', record: { ...added, order: 2 ** 40 } },
        { root: 'papers', key: 'p2', record: { ...added, order: 1 } },
        { root: 'votes', key: 'p1:BBBBBBBBBBBB', record: { value: 1, at: 1 } },
        { root: 'votes', key: 'p1:CCCCCCCCCCCC', record: { value: -1, at: 1 } },
        { root: 'votes', key: 'p1:DDDDDDDDDDDD', record: { value: -1, at: 1 } },
        { root: 'comments', key: 'NNNNNNNNNNNN:BBBBBBBBBBBB', record: { paper: 'PPPPPPPPPPPP', parent: null, text: 'x', at: 1, edited: null } },
      ]
      expect(await project(db, { room: n + 1, name: { kind: 'board', group: 'g', day }, seq: 1, whole: true, records })).toBe(true)
    }
    const span = { from: '2026-11-23', to: '2026-11-30' }
    const board = await boardDays(db, 'g', span)
    expect(board.map(({ day }) => day)).toEqual(days.slice(0, 2))
    expect(board[0]?.papers.map(({ paper, net, votes }) => [paper.id, net, votes])).toEqual([
      ['p2', 0, 0],
      ['p1', -1, 3],
    ])
    expect(await dayCounts(db, 'g', span)).toEqual(days.slice(0, 2).map(day => ({ day, papers: 2, votes: 3, comments: 0 })))
    expect((await boardsWith(db, 'g', ['p1', 'p3'])).map(({ paper, day }) => `${paper} ${day}`).sort()).toEqual(days.map(day => `p1 ${day}`))
  })

  test('[D48] who was removed comes back by an invitation that was made after that, and by no older one', async () => {
    const { db } = store
    await settle(db)
    await addPerson(db, person('bob'))
    await addMember(db, { group: 'g', person: 'bob', role: 'member', now: 5 })
    await endMembership(db, { group: 'g', person: 'bob', now: 10, by: 'alice' })
    expect([await removedAt(db, 'g', 'bob'), await removedAt(db, 'g', 'alice')]).toEqual([10, null])
    await addInvitation(db, invitation('old', { createdAt: 10 }))
    await addInvitation(db, invitation('new', { createdAt: 11 }))
    expect(await useInvitation(db, { tokenHash: 'hash of old', person: 'bob', now: 12 })).toBe('removed')
    expect(await useInvitation(db, { tokenHash: 'hash of new', person: 'bob', now: 12 })).toEqual({ id: 'g', name: 'g', role: 'member' })
    expect(await removedAt(db, 'g', 'bob')).toBeNull()
  })
})
