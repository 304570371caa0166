/** The history of a plan in sentences. */
import { type Naming, type PlanChange, type PlanRoot, stepsOf } from '@paperboard/shared/planHistory'
import { expect, test } from 'vitest'

const [alice, bob] = ['AliceAliceAl', 'BobBobBobBob']
const [here, there] = [`session00001:${alice}`, `session00002:${alice}`]
const paper = 'paper0000001'
const days = new Map([
  [here, '2026-12-01'],
  [there, '2026-12-08'],
])
const naming: Naming = {
  nameOf: member => (member === bob ? 'Bob' : 'Alice'),
  titleOf: () => '“On maps”',
  dayOf: day => day.slice(5),
  sessionDay: session => days.get(session) ?? null,
}

let count = 0
const change = (root: PlanRoot, key: string, before: PlanChange['before'], after: PlanChange['after'], more: Partial<PlanChange> = {}): PlanChange => {
  const session = root === 'sessions' ? key : key.split(':').slice(0, 2).join(':')
  return { id: `change${count++}`, session, at: 1, by: alice, root, key, before, after, ...more }
}
const said = (...changes: PlanChange[]) => stepsOf(changes, naming).map(({ says }) => says)

const session = { day: '2026-12-01', time: '16:00', minutes: 60, title: '', place: '', cancelled: false }
const reading = { paper, member: bob, role: 'reader', part: '', session: here, due: null }
const readingKey = `reading00001:${alice}`

test.each<[string, PlanRoot, string, PlanChange['before'], PlanChange['after'], string]>([
  ['planned', 'sessions', here, null, session, 'planned a session on 12-01'],
  ['taken out', 'sessions', here, session, null, 'took out the session of 12-01'],
  ['moved', 'sessions', here, session, { ...session, day: '2026-12-02' }, 'moved the session of 12-01 to 12-02'],
  ['called off', 'sessions', here, session, { ...session, cancelled: true }, 'called off 12-01'],
  ['at another time', 'sessions', here, session, { ...session, time: null }, 'set the time of 12-01 to open'],
  ['elsewhere', 'sessions', here, session, { ...session, place: 'Room 2' }, 'set the place of 12-01 to Room 2'],
  ['put in', 'sessionPapers', `${here}:${paper}`, null, { order: 1, part: '' }, 'put “On maps” into 12-01'],
  ['taken out of it', 'sessionPapers', `${here}:${paper}`, { order: 1, part: '' }, null, 'took “On maps” out of 12-01'],
  ['a part', 'sessionPapers', `${here}:${paper}`, { order: 1, part: '' }, { order: 1, part: 'Ch. 3' }, 'planned Ch. 3 of “On maps”'],
  ['handed out', 'readings', readingKey, null, reading, 'put Bob down as reader of “On maps”'],
  ['another role', 'readings', readingKey, reading, { ...reading, role: 'presenter' }, 'made Bob presenter of “On maps”'],
  ['taken back', 'readings', readingKey, reading, null, 'took Bob off as reader of “On maps”'],
  ['a presenter', 'presenters', `${here}:${bob}`, null, { member: bob, asked: true, way: 'rota' }, 'asked Bob to present on 12-01'],
  ['a guest', 'sessionGuests', `${here}:guest0000001`, null, { name: 'Grace', role: 'discussant', paper: null }, 'put Grace down as discussant for 12-01'],
])('[R80] the history tells in a sentence what became of a record: %s', (_what, root, key, before, after, says) => {
  expect(said(change(root, key, before, after))).toEqual([says])
})

test('[R81] a paper that moves is one sentence, with the people and presenters who go along; what somebody else did at the time is another', () => {
  const along = [
    change('sessionPapers', `${here}:${paper}`, { order: 1, part: '' }, null),
    change('sessionPapers', `${there}:${paper}`, null, { order: 1, part: '' }),
    change('readings', readingKey, reading, { ...reading, session: there }, { session: there }),
    change('presenters', `${here}:${bob}`, { member: bob, asked: false, way: 'hand' }, null),
    change('presenters', `${there}:${bob}`, null, { member: bob, asked: false, way: 'hand' }),
  ]
  const beside = change('readings', `reading00002:${bob}`, null, { ...reading, member: alice }, { by: bob })
  for (const order of [along, along.toReversed()])
    expect(said(...order, beside)).toEqual(['moved “On maps” from 12-01 to 12-08', 'put Alice down as reader of “On maps”'])
})

test('[R82] who is handed a paper to present is said once', () => {
  const presents = change('presenters', `${here}:${bob}`, null, { member: bob, asked: false, way: 'hand' })
  expect(said(change('readings', readingKey, null, { ...reading, role: 'presenter' }), presents)).toEqual(['put Bob down as presenter of “On maps”'])
})

test('[R83] a session that is gone is named by its last day', () => {
  const gone = `session00003:${alice}`
  expect(
    said(
      change('sessions', gone, { ...session, day: '2026-12-20' }, null, { at: 9_000 }),
      change('sessionPapers', `${gone}:${paper}`, null, { order: 1, part: '' }),
    ),
  ).toEqual(['took out the session of 12-20', 'put “On maps” into 12-20'])
})
