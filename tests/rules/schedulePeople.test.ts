/** Which members the names of a schedule are. */
import { expect, test } from 'vitest'
import { takenFor } from '../../apps/server/src/schedules/people.ts'

const members = [
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' },
  { id: 'adam', name: 'Adam Smith', email: 'adam@example.org' },
  { id: 'smith', name: 'Zoë Smith', email: 'zoe@example.org' },
  { id: 'lukasz', name: 'Łukasz Żak', email: 'lukasz@example.org' },
  { id: 'yunwu', name: '윤우', email: 'yunwu@example.org' },
]

test.each([
  ['Ada Lovelace', 'ada'],
  ['lovelace, ada', 'ada'],
  ['ADA', 'ada'],
  ['A. Lovelace', 'ada'],
  ['Dr. Ada', null],
  ['ada@example.org', 'ada'],
  ['Somebody Else <ADA@example.org>', 'ada'],
  ['nobody@example.org', null],
  ['Zoe Smith', 'smith'],
  ['Lukasz Zak', 'lukasz'],
  ['윤우', 'yunwu'],
  ['Smith', null],
  ['Adamson', null],
  ['Grace Hopper', null],
  ['', null],
])('[I10] a name is taken for the one member it can be, by address or by words, and else for a guest: %j', (name, member) => {
  expect(takenFor(name, members).member).toBe(member)
})

test('[I11] of a name that several members could be, it is said who, and none is guessed', () => {
  expect(takenFor('Smith', members)).toEqual({ name: 'Smith', member: null, why: 'It could be Adam Smith or Zoë Smith.' })
})
