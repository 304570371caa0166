/**
 * One's own steps in a live document, to be undone and done again. What others have changed since stays as they left it,
 * and what the rules would refuse is not tried.
 */
import * as Y from 'yjs'
import type { LiveRoom } from './LiveRoom.ts'

/** Marks a transaction as a step of whoever looks at the screen. */
class Step {}

/** What became of one record in a step. */
interface Changed {
  root: string
  key: string
  before: unknown
  after: unknown
}
/** A record to be set, or with `after` undefined removed. */
export interface Wished {
  root: string
  key: string
  after: unknown
}

interface Done {
  says: string
  changes: Changed[]
}

/** What a way back led to: the step's name, and why it could not be gone if so. */
export interface Outcome {
  says: string
  why: string | null
}

/** The names of the steps that would be undone and done again next. */
export interface Ways {
  undo: string | null
  redo: string | null
}

const changedSince = 'It has been changed since.'

/** The steps of this window in one room, of some of its roots. Refused changes replace the document; its steps go with it. */
export class Steps {
  #room: Pick<LiveRoom, 'doc'>
  #roots: readonly string[]
  #of: { doc: Y.Doc; manager: Y.UndoManager } | null = null
  #ways: Ways = { undo: null, redo: null }
  #listeners = new Set<() => void>()

  constructor(room: Pick<LiveRoom, 'doc'>, roots: readonly string[]) {
    this.#room = room
    this.#roots = roots
  }

  readonly ways = (): Ways => this.#ways

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Does something that can be undone under this name. */
  take<T>(says: string, act: (doc: Y.Doc) => T): T {
    const { doc, manager } = this.#current()
    const before = manager.undoStack.length
    const { result, changes } = this.#noting(() => doc.transact(() => act(doc), new Step()))
    if (manager.undoStack.length > before) manager.undoStack.at(-1)?.meta.set(Step, { says, changes })
    this.#publish()
    return result
  }

  /** Undoes the last step. `whyNot` asks the rules. Null when there is none. */
  undo(whyNot: (wishes: readonly Wished[]) => string | null): Outcome | null {
    const { manager } = this.#current()
    return this.#back({ from: manager.undoStack, to: manager.redoStack, go: () => manager.undo() }, whyNot)
  }

  /** Does again what was undone last. */
  redo(whyNot: (wishes: readonly Wished[]) => string | null): Outcome | null {
    const { manager } = this.#current()
    return this.#back({ from: manager.redoStack, to: manager.undoStack, go: () => manager.redo() }, whyNot)
  }

  #back(way: { from: Item[]; to: Item[]; go: () => void }, whyNot: (wishes: readonly Wished[]) => string | null): Outcome | null {
    const done = doneIn(way.from.at(-1))
    if (done === null) return null
    const { says } = done
    const wishes = this.#stillAsLeft(done)
    const why = wishes.length === 0 ? changedSince : whyNot(wishes)
    // Yjs would go on to the step before one that has nothing left to undo.
    if (why !== null) way.from.pop()
    else {
      const { changes } = this.#noting(way.go)
      way.to.at(-1)?.meta.set(Step, { says, changes })
    }
    this.#publish()
    return { says, why }
  }

  /** What a step left and nobody has changed since, as it was before. */
  #stillAsLeft({ changes }: Done): Wished[] {
    const { doc } = this.#current()
    return changes.filter(({ root, key, after }) => same(doc.getMap(root).get(key), after)).map(({ root, key, before }) => ({ root, key, after: before }))
  }

  /** What a transaction does to records. */
  #noting<T>(act: () => T): { result: T; changes: Changed[] } {
    const { doc } = this.#current()
    const changes: Changed[] = []
    const heard = this.#roots.map(root => {
      const map = doc.getMap(root)
      const note = (event: Y.YMapEvent<unknown>) => {
        for (const [key, { oldValue }] of event.changes.keys) changes.push({ root, key, before: oldValue, after: map.get(key) })
      }
      map.observe(note)
      return () => map.unobserve(note)
    })
    try {
      return { result: act(), changes }
    } finally {
      for (const stop of heard) stop()
    }
  }

  #current() {
    const { doc } = this.#room
    if (this.#of?.doc !== doc) {
      const scope = this.#roots.map(root => doc.getMap(root))
      this.#of = { doc, manager: new Y.UndoManager(scope, { trackedOrigins: new Set([Step]), captureTimeout: 0 }) }
    }
    return this.#of
  }

  #publish() {
    const { manager } = this.#current()
    const ways = { undo: doneIn(manager.undoStack.at(-1))?.says ?? null, redo: doneIn(manager.redoStack.at(-1))?.says ?? null }
    if (ways.undo === this.#ways.undo && ways.redo === this.#ways.redo) return
    this.#ways = ways
    for (const listener of this.#listeners) listener()
  }
}

type Item = Y.UndoManager['undoStack'][number]
const doneIn = (item: Item | undefined): Done | null => item?.meta.get(Step) ?? null

/** Records are flat and small, and an action writes the fields of one in one order. */
const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

const known = new WeakMap<LiveRoom, Steps>()

/** What the plan of a group is made of. How far a reader is, what is offered and who is away is no step of the plan. */
export const planRoots = ['sessions', 'sessionPapers', 'sessionGuests', 'readings', 'presenters', 'skips']

/** The steps of the plan in a group's room, one list however many pages ask. */
export const planSteps = (room: LiveRoom): Steps => {
  let steps = known.get(room)
  if (steps === undefined) {
    steps = new Steps(room, planRoots)
    known.set(room, steps)
  }
  return steps
}
