/** Notes of meetings as rows, on each engine. */
import { defaultAgendaRule } from '@paperboard/shared/agendaRules'
import { defaultSettings } from '@paperboard/shared/members'
import { expect, test } from 'vitest'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { notesOfMeeting } from '../../apps/server/src/db/meetingNotes.ts'
import { addMeeting } from '../../apps/server/src/db/meetings.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { project } from '../../apps/server/src/db/projections.ts'
import { onEachStore } from '../support/stores.ts'

onEachStore(store => {
  test('[Z16] a note has a row while something is written in it, and none of another meeting', async () => {
    const { db } = store
    await addPerson(db, { id: 'ada', email: 'ada@example.org', name: 'Ada', passwordHash: 'x', createdAt: 1 })
    await addGroup(db, { id: 'g', name: 'g', timeZone: 'UTC', settings: defaultSettings, owner: 'ada', createdAt: 1 })
    for (const [n, meeting] of ['m', 'n'].entries()) {
      const common = {
        group: 'g',
        session: null,
        title: '',
        rule: defaultAgendaRule,
        votesFrom: null,
        votesCloseAt: null,
        startedAt: null,
        endedAt: null,
        createdBy: 'ada',
        createdAt: n,
      }
      await addMeeting(db, { id: meeting, ...common })
      await db.sql.insert(db.t.rooms).values({ id: n + 1, name: `meeting/g/${meeting}`, group: 'g', version: 1, projectedSeq: 0 })
    }
    const bring = (seq: number, whole: boolean, notes: Record<string, string>) =>
      project(db, {
        room: 1,
        name: { kind: 'meeting', group: 'g', meeting: 'm' },
        seq,
        whole,
        records: Object.entries(notes).map(([key, record]) => ({ root: 'notes', key, record })),
      })
    await bring(1, false, { meeting: 'Hello', paper0000001: 'A NUL: \0.' })
    expect(await notesOfMeeting(db, 'g', 'm')).toEqual(new Map(Object.entries({ meeting: 'Hello', paper0000001: 'A NUL: \uFFFD.' })))
    await bring(2, false, { meeting: 'Hello all', paper0000001: ' ' })
    expect(await notesOfMeeting(db, 'g', 'm')).toEqual(new Map([['meeting', 'Hello all']]))
    await bring(3, true, { paper0000002: 'Anew' })
    expect(await notesOfMeeting(db, 'g', 'm')).toEqual(new Map([['paper0000002', 'Anew']]))
    expect(await notesOfMeeting(db, 'g', 'n')).toEqual(new Map())
  })
})
