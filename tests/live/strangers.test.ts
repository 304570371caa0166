/** Names of those who joined after the page was loaded. */
import { addComment, addPapers, castVote } from '@paperboard/shared/board'
import { newId } from '@paperboard/shared/ids'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { RoomViews } from '../../apps/web/src/live/roomViews.ts'
import { createStrangers } from '../../apps/web/src/live/strangers.ts'
import { touched } from '../../apps/web/src/live/unsaved.ts'
import { peopleOnBoard } from '../../apps/web/src/live/views.ts'

const [alice, bob, carl, paper] = [newId(), newId(), newId(), newId()]

test('[L46] the people of a board are whoever has a record on it, and the same set while nobody new is there', () => {
  const doc = new Y.Doc()
  const views = new RoomViews(doc)
  doc.on('afterTransaction', transaction => views.changed(touched(transaction)))
  addPapers(doc, [paper], { member: alice, now: 1, source: 'ids' })
  expect(views.read(peopleOnBoard)).toEqual(new Set([alice]))
  castVote(doc, { paper, me: bob, value: 1, now: 2 })
  const two = views.read(peopleOnBoard)
  expect(two).toEqual(new Set([alice, bob]))
  castVote(doc, { paper, me: bob, value: -1, now: 3 })
  addComment(doc, { paper, me: alice, text: 'Hm', now: 3 })
  expect(views.read(peopleOnBoard)).toBe(two)
  addComment(doc, { paper, me: carl, text: 'I have just joined', now: 4 })
  expect(views.read(peopleOnBoard)).toEqual(new Set([alice, bob, carl]))
})

describe('the list of members', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const setUp = (answered: (() => boolean) | boolean = true) => {
    const known = new Set([alice])
    const ask = vi.fn(async () => (typeof answered === 'boolean' ? answered : answered()))
    return { known, ask, strangers: createStrangers({ known: member => known.has(member), ask }) }
  }
  const aMoment = () => vi.advanceTimersByTimeAsync(1_000)

  test('[L47] is asked for again when a record of an unknown member arrives, once for all that arrive together', async () => {
    const { known, ask, strangers } = setUp()
    strangers.meet([alice])
    await aMoment()
    expect(ask).not.toHaveBeenCalled()
    strangers.meet([alice, bob])
    strangers.meet([alice, bob, carl])
    await aMoment()
    expect(ask).toHaveBeenCalledTimes(1)
    known.add(bob).add(carl)
    strangers.meet([alice, bob, carl])
    await aMoment()
    expect(ask).toHaveBeenCalledTimes(1)
    strangers.meet([newId()])
    await aMoment()
    expect(ask).toHaveBeenCalledTimes(2)
  })

  test('[L48] is not asked for again and again for an id that it does not name, but is when it could not be fetched', async () => {
    let reachable = false
    const { ask, strangers } = setUp(() => reachable)
    strangers.meet([bob])
    await aMoment()
    await aMoment()
    expect(ask).toHaveBeenCalledTimes(1)
    reachable = true
    for (let i = 0; i < 5; i++) {
      strangers.meet([bob])
      await aMoment()
    }
    expect(ask).toHaveBeenCalledTimes(2)
  })

  test('[L49] is not asked for after the page was left', async () => {
    const { ask, strangers } = setUp()
    strangers.meet([bob])
    strangers.stop()
    await aMoment()
    expect(ask).not.toHaveBeenCalled()
    // The page is back.
    strangers.meet([bob])
    await aMoment()
    expect(ask).toHaveBeenCalledTimes(1)
  })
})
