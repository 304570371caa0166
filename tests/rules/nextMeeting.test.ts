import type { PlannedSession } from '@paperboard/shared/groupSessions'
import { nextTime, presentersFor } from '@paperboard/shared/nextMeeting'
import { describe, expect, test } from 'vitest'

const session = (key: string, day: string, more: Partial<PlannedSession> = {}): PlannedSession => ({
  key,
  by: 'm',
  day,
  time: '16:00',
  minutes: 60,
  title: '',
  place: '',
  cancelled: false,
  at: 1,
  papers: [],
  guests: [],
  ...more,
})

describe('[Y45] the group meets next at the first session that takes place after this one, or a week later at the same time', () => {
  const held = session('held', '2026-11-24')
  test.each<[string, PlannedSession[], [string | null, string, string | null]]>([
    ['none is planned', [held], [null, '2026-12-01', '16:00']],
    ['no session was held', [], [null, '2026-12-01', null]],
    ['one is planned', [held, session('next', '2026-12-03'), session('later', '2026-12-10')], ['next', '2026-12-03', '16:00']],
    ['it is off', [held, session('off', '2026-12-03', { cancelled: true }), session('later', '2026-12-10')], ['later', '2026-12-10', '16:00']],
    ['another the same day', [held, session('same', '2026-11-24')], [null, '2026-12-01', '16:00']],
  ])('%s', (_, sessions, [key, day, time]) => expect(nextTime(sessions, { day: '2026-11-24', held: 'held' })).toEqual({ session: key, day, time }))
})

describe('[Y46] a paper is presented by whoever offers it, and else by who is next; nobody twice as long as there are others', () => {
  test.each<[string, [string, string[]][], string[], string]>([
    ['offers first', [['P', ['b']]], ['a'], 'P b offers'],
    [
      'by the rota',
      [
        ['P', []],
        ['Q', []],
      ],
      ['a', 'b'],
      'P a rota, Q b rota',
    ],
    [
      'who offers one is not put down for another',
      [
        ['P', []],
        ['Q', ['a']],
      ],
      ['a', 'b'],
      'P b rota, Q a offers',
    ],
    [
      'two offers by one, another by two',
      [
        ['P', ['a']],
        ['Q', ['a', 'b']],
      ],
      [],
      'P a offers, Q b offers',
    ],
    [
      'nobody is left',
      [
        ['P', []],
        ['Q', []],
      ],
      ['a'],
      'P a rota',
    ],
  ])('%s', (_, papers, next, expected) => {
    const proposed = presentersFor(
      papers.map(([paper, offers]) => ({ paper, offers })),
      next,
    )
    const words = papers.flatMap(([paper]) => {
      const one = proposed.get(paper)
      return one === undefined ? [] : [`${paper} ${one.member} ${one.why}`]
    })
    expect(words.join(', ')).toBe(expected)
  })
})
