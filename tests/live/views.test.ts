import { addComment, addPapers, castVote, noVotes, talliesOf } from '@paperboard/shared/board'
import { assignReading } from '@paperboard/shared/group'
import { planSession, putPaper } from '@paperboard/shared/groupSessions'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomViews } from '../../apps/web/src/live/roomViews.ts'
import { touched } from '../../apps/web/src/live/unsaved.ts'
import { discussions, order, papers, tallies, threads, type View, view } from '../../apps/web/src/live/views.ts'
import { planned } from '../../apps/web/src/readings/plan/planned.ts'

/** A document with views on it, as a room has them. */
const watched = () => {
  const doc = new Y.Doc()
  const views = new RoomViews(doc)
  doc.on('afterTransaction', transaction => views.changed(touched(transaction)))
  return { doc, views }
}

const counted = (roots: string[]) => {
  let count = 0
  const counting: View<number> = view(roots, () => ++count)
  return counting
}

describe('views of a live document', () => {
  test('[L40] a view is computed once per transaction that touched its roots, however many ask', () => {
    const { doc, views } = watched()
    const votes = counted(['votes'])
    expect([views.read(votes), views.read(votes)]).toEqual([1, 1])
    castVote(doc, { paper: 'p', me: 'm', value: 1, now: 1 })
    expect([views.read(votes), views.read(votes)]).toEqual([2, 2])
    doc.transact(() => {
      castVote(doc, { paper: 'p', me: 'm', value: -1, now: 2 })
      castVote(doc, { paper: 'q', me: 'm', value: 1, now: 2 })
    })
    expect(views.read(votes)).toBe(3)
  })

  test('[L41] a change of other roots neither computes nor tells', () => {
    const { doc, views } = watched()
    const said = counted(['comments'])
    let told = 0
    views.observe(said.roots, () => told++)
    views.read(said)
    castVote(doc, { paper: 'p', me: 'm', value: 1, now: 1 })
    expect([views.read(said), told]).toEqual([1, 0])
    addComment(doc, { paper: 'p', me: 'm', text: 'Hm', now: 2 })
    expect([views.read(said), told]).toEqual([2, 1])
  })

  test('[L42] a vote leaves the tally of every other paper the same object', () => {
    const { doc, views } = watched()
    for (const paper of ['p', 'q']) castVote(doc, { paper, me: 'm', value: 1, now: 1 })
    const before = views.read(tallies)
    castVote(doc, { paper: 'p', me: 'n', value: -1, now: 2 })
    const after = views.read(tallies)
    expect(after).not.toBe(before)
    expect(after.get('q')).toBe(before.get('q'))
    expect(after.get('p')).toEqual({ net: 0, up: ['m'], down: ['n'], lastAt: 2 })
    castVote(doc, { paper: 'q', me: 'm', value: null, now: 3 })
    expect(views.read(tallies).get('q') ?? noVotes).toBe(noVotes)
  })

  test('[L43] tallies kept up to date are those counted anew, after any votes', () => {
    const vote = fc.record({ paper: fc.constantFrom('a', 'b', 'c'), me: fc.constantFrom('m', 'n', 'o'), value: fc.constantFrom(1, -1, null), now: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(fc.array(vote, { maxLength: 4 }), { maxLength: 12 }), transactions => {
        const { doc, views } = watched()
        for (const votes of transactions) {
          doc.transact(() => votes.forEach(one => void castVote(doc, { ...one, value: one.value === 1 ? 1 : one.value === null ? null : -1 })))
          expect(new Map(views.read(tallies))).toEqual(talliesOf(doc))
        }
      }),
    )
  })

  test('[L44] an order of papers stays the same array while the order is the same', () => {
    const { doc, views } = watched()
    addPapers(doc, ['p', 'q', 'r'], { member: 'm', now: 1, source: 'hand' })
    castVote(doc, { paper: 'r', me: 'm', value: 1, now: 1 })
    const before = views.read(order('votes'))
    expect(before).toEqual(['r', 'p', 'q'])
    castVote(doc, { paper: 'r', me: 'n', value: 1, now: 2 })
    expect(views.read(order('votes'))).toBe(before)
    castVote(doc, { paper: 'q', me: 'n', value: 1, now: 2 })
    expect(views.read(order('votes'))).toEqual(['r', 'q', 'p'])
    addComment(doc, { paper: 'p', me: 'm', text: 'Hm', now: 3 })
    expect(views.read(order('discussed'))).toEqual(['p', 'q', 'r'])
    expect(views.read(order('board'))).toEqual(views.read(papers).map(paper => paper.id))
  })

  test('[L113] a change of one session of a plan leaves every other the same object', () => {
    const { doc, views } = watched()
    const session = { time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at: 1 }
    const [first = '', second = ''] = ['2026-12-01', '2026-12-08'].map(day => planSession(doc, 'm', { ...session, day }))
    for (const key of [first, second]) putPaper(doc, { session: key, paper: 'p', now: 1 })
    const before = views.read(planned)
    assignReading(doc, 'm', { paper: 'p', board: '2026-12-01', member: 'n', role: 'reader', part: '', session: second, due: null, at: 2 })
    const after = views.read(planned)
    expect(after[0]).toBe(before[0])
    expect(after[1]?.papers[0]?.readings.map(({ member }) => member)).toEqual(['n'])
  })

  test('[L45] a replaced document is seen by every view', () => {
    const { doc, views } = watched()
    addComment(doc, { paper: 'p', me: 'm', text: 'Hm', now: 1 })
    let told = 0
    views.observe(discussions.roots, () => told++)
    expect([views.read(threads('p')).length, views.read(discussions).size]).toEqual([1, 1])
    views.replaced(new Y.Doc())
    expect([views.read(threads('p')).length, views.read(discussions).size, told]).toEqual([0, 0, 1])
  })
})
