/** Undoing and redoing one's own steps in the plan while others plan too. */
import { assignReading, type Reading, readingsOf, setProgress } from '@paperboard/shared/group'
import { changeSession, planSession, putPaper, sessionsOf } from '@paperboard/shared/groupSessions'
import { movePaper } from '@paperboard/shared/plan'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { planRoots, Steps } from '../../apps/web/src/live/steps.ts'

const [alice, bob] = ['AliceAliceAl', 'BobBobBobBob']
const [first, second] = ['paper0000001', 'paper0000002']
const session = { day: '2026-12-01', time: null, minutes: 60, title: '', place: '', cancelled: false, at: 1 }
const reading: Reading = { paper: first, board: '2026-12-01', member: bob, role: 'reader', part: '', due: null, at: 1 }
const allowed = () => null

/** A window with its steps, and what comes from another. */
const opened = () => {
  const [doc, other] = [new Y.Doc(), new Y.Doc()]
  const exchange = () => {
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc), 'elsewhere')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'elsewhere')
  }
  return { doc, other, exchange, room: { doc }, steps: new Steps({ doc }, planRoots) }
}

const papers = (doc: Y.Doc) => sessionsOf(doc).map(session => session.papers.map(({ paper }) => paper))

test('[L90] each step is undone by itself, the last first, and done again; a step of many records is one', () => {
  const { doc, steps } = opened()
  const [from = '', to = ''] = ['2026-12-01', '2026-12-08'].map(day => steps.take(`Planned ${day}`, of => planSession(of, alice, { ...session, day })))
  steps.take('Put it in', of => putPaper(of, { session: from, paper: first, now: 1 }))
  const key = steps.take('Handed it out', of => assignReading(of, alice, { ...reading, session: from }))
  steps.take('Moved it', of => movePaper(of, { paper: first, from, to, me: alice, now: 2 }))
  expect(steps.ways()).toEqual({ undo: 'Moved it', redo: null })
  expect(steps.undo(allowed)).toEqual({ says: 'Moved it', why: null })
  expect(papers(doc)).toEqual([[first], []])
  expect(readingsOf(doc)).toMatchObject([{ key, session: from }])
  expect(steps.ways()).toEqual({ undo: 'Handed it out', redo: 'Moved it' })
  expect(steps.redo(allowed)).toEqual({ says: 'Moved it', why: null })
  expect(papers(doc)).toEqual([[], [first]])
  for (const says of ['Moved it', 'Handed it out', 'Put it in', 'Planned 2026-12-08', 'Planned 2026-12-01'])
    expect(steps.undo(allowed)).toEqual({ says, why: null })
  expect(sessionsOf(doc)).toEqual([])
  expect(steps.undo(allowed)).toBeNull()
})

test('[L91] what others do, and how far a reader is, is nobody’s step to undo', () => {
  const { doc, other, exchange, steps } = opened()
  const key = steps.take('Planned', of => planSession(of, alice, session))
  exchange()
  putPaper(other, { session: key, paper: second, now: 1 })
  exchange()
  setProgress(doc, { reading: `nonce0000001:${alice}`, me: alice, state: 'read', now: 1 })
  steps.take('Put it in', of => putPaper(of, { session: key, paper: first, now: 2 }))
  expect(steps.undo(allowed)?.says).toBe('Put it in')
  expect(papers(doc)).toEqual([[second]])
  expect(doc.getMap('progress').size).toBe(1)
})

test('[L92] what another has changed since stays as they left it, and that is said; the step before can still be undone', () => {
  const { doc, other, exchange, steps } = opened()
  const key = steps.take('Planned', of => planSession(of, alice, session))
  steps.take('Put it in', of => putPaper(of, { session: key, paper: first, now: 1 }))
  steps.take('Changed the place', of => changeSession(of, key, { place: 'Room 2' }))
  exchange()
  changeSession(other, key, { place: 'Room 3' })
  exchange()
  expect(steps.undo(allowed)).toEqual({ says: 'Changed the place', why: 'It has been changed since.' })
  expect(sessionsOf(doc)[0]).toMatchObject({ place: 'Room 3', papers: [{ paper: first }] })
  expect(steps.undo(allowed)).toEqual({ says: 'Put it in', why: null })
  expect(papers(doc)).toEqual([[]])
})

test('[L93] what the rules would refuse is not tried: the reason is told, and nothing changes', () => {
  const { doc, steps } = opened()
  const key = steps.take('Planned', of => planSession(of, alice, session))
  const asked: unknown[] = []
  expect(
    steps.undo(wishes => {
      asked.push(...wishes)
      return 'Only organizers do that.'
    }),
  ).toEqual({ says: 'Planned', why: 'Only organizers do that.' })
  expect(asked).toEqual([{ root: 'sessions', key, after: undefined }])
  expect(sessionsOf(doc)).toHaveLength(1)
  expect(steps.ways()).toEqual({ undo: null, redo: null })
})

test('[L94] a document that was replaced has no steps of the old one', () => {
  const room = { doc: new Y.Doc() }
  const steps = new Steps(room, planRoots)
  steps.take('Planned', doc => planSession(doc, alice, session))
  room.doc = new Y.Doc()
  expect(steps.undo(allowed)).toBeNull()
  steps.take('Planned again', doc => planSession(doc, alice, session))
  expect(steps.ways()).toEqual({ undo: 'Planned again', redo: null })
})
