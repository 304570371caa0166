/**
 * What a meeting leaves behind besides its notes, in its live document:
 *
 *   parked     nonce:memberId   a matter put aside for another time
 *   decisions  nonce:memberId   what was decided
 *   actions    nonce:memberId   what somebody is to do, or to read
 *
 * The key names who wrote it down.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Day } from './days.ts'
import { aboutItem, mayDecide, mayPromise, mayTakeAway } from './floorRules.ts'
import { Id, newId } from './ids.ts'
import { limits } from './limits.ts'
import { type Actor, type Change, type Circumstances, idKey, type Records, records, type Verdict } from './room.ts'
import { all, meetingGoesOn, notInFuture, ownOnly, refuse } from './rules.ts'

const Time = z.int().min(0)

/** Something put aside, or decided: about a paper, or about none. */
export const Noted = z.strictObject({ paper: Id.nullable(), text: z.string().trim().min(1).max(limits.decisionLength), at: Time })
export type Noted = z.infer<typeof Noted>

export const actionKinds = ['task', 'reading'] as const
export const ActionItem = z
  .strictObject({
    /** What is to be read, of a reading. */
    paper: Id.nullable(),
    text: z.string().trim().max(limits.decisionLength),
    /** Null until somebody takes it. */
    assignee: Id.nullable(),
    due: Day.nullable(),
    kind: z.enum(actionKinds),
    done: z.boolean(),
    /** When it was marked done last; of no meaning while it is open. Records from before have none. */
    doneAt: Time.nullable().optional(),
    at: Time,
  })
  .refine(
    // What is said of a reading becomes the part that is to be read.
    ({ kind, paper, text }) => (kind === 'reading' ? paper !== null && text.length <= limits.partLength : text !== ''),
    'A reading names its paper, a task says what is to be done',
  )
export type ActionItem = z.infer<typeof ActionItem>

/** Whoever wrote it down mends its words, and so does whoever leads. */
const mayNote = (c: Change<Noted>, actor: Actor, at: Circumstances): Verdict =>
  all(
    meetingGoesOn(at),
    () => mayDecide(actor),
    () => (c.before() === undefined && c.after !== undefined ? ownOnly(c, actor) : mayTakeAway(c, actor, at)),
    () => aboutItem(c.after?.paper, at),
    () => notInFuture(c.after?.at, at),
    () => refuse(c.after !== undefined && (c.before()?.at ?? c.after.at) !== c.after.at, 'invalid-record'),
  )

export const decisionRoots: Record<'parked' | 'decisions' | 'actions', Records> = {
  parked: records({ key: idKey(2), record: Noted, may: mayNote }),
  decisions: records({ key: idKey(2), record: Noted, may: mayNote }),
  actions: records({
    key: idKey(2),
    record: ActionItem,
    may: (c, actor, at) => {
      const before = c.before()
      const { after } = c
      if (after === undefined)
        return all(
          meetingGoesOn(at),
          () => mayDecide(actor),
          () => mayTakeAway(c, actor, at),
        )
      return all(
        before === undefined ? all(meetingGoesOn(at), () => ownOnly(c, actor)) : mayChangeAction(c, { before, after }, actor, at),
        () => mayPromise(after, before, actor, at),
        () => (before?.paper === after.paper ? null : aboutItem(after.paper, at)),
        () => notInFuture(after.at, at),
        () => notInFuture(after.doneAt ?? undefined, at),
      )
    },
  }),
}

/**
 * An action is changed by whoever wrote it down or leads. Whoever is to do it says when it is done, also after the
 * meeting, and what nobody has taken anybody may take.
 */
const mayChangeAction = (c: Change<ActionItem>, { before, after }: { before: ActionItem; after: ActionItem }, actor: Actor, at: Circumstances): Verdict => {
  const changed = changedFields(before, after)
  if (changed.has('at')) return 'invalid-record'
  const onlyDone = [...changed].every(field => field === 'done' || field === 'doneAt')
  if (before.assignee === actor.id && onlyDone) return null
  if (at.closed && !onlyDone) return 'meeting-ended'
  const takes = changed.size === 1 && before.assignee === null && after.assignee === actor.id
  return takes ? null : mayTakeAway(c, actor, at)
}

const changedFields = (before: ActionItem, after: ActionItem): Set<string> => {
  const was = new Map<string, unknown>(Object.entries(before))
  return new Set(
    Object.entries(after)
      .filter(([field, value]) => was.get(field) !== value)
      .map(([field]) => field),
  )
}

type NotedRoot = 'parked' | 'decisions'
const noted = (doc: Y.Doc, root: NotedRoot) => doc.getMap<Noted>(root)
const actions = (doc: Y.Doc) => doc.getMap<ActionItem>('actions')

/** Writes down what was decided or is put aside. Returns its key. */
export const note = (doc: Y.Doc, root: NotedRoot, { me, now, paper, text }: { me: string; now: number; paper: string | null; text: string }): string => {
  const key = `${newId()}:${me}`
  noted(doc, root).set(key, { paper, text: text.trim(), at: now })
  return key
}
export const rewriteNote = (doc: Y.Doc, root: NotedRoot, key: string, text: string) => {
  const before = noted(doc, root).get(key)
  if (before !== undefined && before.text !== text.trim()) noted(doc, root).set(key, { ...before, text: text.trim() })
}
export const removeNote = (doc: Y.Doc, root: NotedRoot, key: string) => noted(doc, root).delete(key)

/** Writes down what is to be done. Returns its key. */
export const addAction = (doc: Y.Doc, { me, now, ...action }: Omit<ActionItem, 'at' | 'done' | 'doneAt'> & { me: string; now: number }): string => {
  const key = `${newId()}:${me}`
  actions(doc).set(key, { ...action, text: action.text.trim(), done: false, at: now })
  return key
}
export const changeAction = (doc: Y.Doc, key: string, change: Partial<Omit<ActionItem, 'at'>>) => {
  const before = actions(doc).get(key)
  if (before !== undefined) actions(doc).set(key, { ...before, ...change })
}
/** What marks an action done, or open again. */
export const marked = (done: boolean, now: number): Pick<ActionItem, 'done' | 'doneAt'> => ({ done, doneAt: done ? now : null })
export const removeAction = (doc: Y.Doc, key: string) => actions(doc).delete(key)

/** What was written down, as people see it. */
export interface WrittenNote extends Noted {
  key: string
  by: string
}
export interface WrittenAction extends ActionItem {
  key: string
  by: string
}

const inOrder = <T extends { at: number }>(entries: Iterable<[string, T]>): (T & { key: string; by: string })[] =>
  [...entries].map(([key, record]) => ({ ...record, key, by: key.split(':')[1] ?? '' })).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))

/** In the order of writing. */
export const notedIn = (doc: Y.Doc, root: NotedRoot): WrittenNote[] => inOrder(noted(doc, root).entries())
export const actionsOf = (doc: Y.Doc): WrittenAction[] => inOrder(actions(doc).entries())
