/**
 * The questions screens ask of a live document. A view names the root maps it reads; it is computed when first asked
 * after a transaction touched one of them, and otherwise answered from memory. The answers themselves come from the pure
 * functions of `shared`.
 */
import { absencesOf } from '@paperboard/shared/absences'
import * as board from '@paperboard/shared/board'
import * as group from '@paperboard/shared/group'
import * as groupSessions from '@paperboard/shared/groupSessions'
import * as presenting from '@paperboard/shared/presenters'
import { holidaysOf, schedulesOf } from '@paperboard/shared/schedule'
import { hiddenOf, sharesOf } from '@paperboard/shared/shares'
import { openOffersOf } from '@paperboard/shared/standingOffers'
import { swapsOf } from '@paperboard/shared/swaps'
import { templatesOf } from '@paperboard/shared/templates'
import type * as Y from 'yjs'

/** A view of one document: `changed` tells it what a transaction touched, `value` answers. */
interface OpenView<T> {
  changed: (root: string, keys: readonly string[]) => void
  value: () => T
}

export interface View<T> {
  readonly roots: readonly string[]
  /** The view of each document where it was asked for. */
  readonly opened: WeakMap<Y.Doc, OpenView<T>>
  /** `read` answers other views of the same document, each computed once for all. */
  open: (doc: Y.Doc, read: <U>(view: View<U>) => U) => OpenView<T>
}

/** A view from a pure function. With `equal`, an equal answer is given as the same object, so that nothing renders again. */
export const view = <T>(roots: readonly string[], of: (doc: Y.Doc) => T, equal: (a: T, b: T) => boolean = Object.is): View<T> => ({
  roots,
  opened: new WeakMap(),
  open: doc => {
    let current: { value: T } | null = null
    let stale = false
    return {
      changed: () => {
        stale = true
      },
      value: () => {
        if (current !== null && !stale) return current.value
        const next = of(doc)
        if (current === null || !equal(current.value, next)) current = { value: next }
        stale = false
        return current.value
      },
    }
  },
})

/** Views by a key such as a paper's id: the same view for the same key. */
export const viewBy = <K, T>(make: (key: K) => View<T>): ((key: K) => View<T>) => {
  const made = new Map<K, View<T>>()
  return key => {
    let known = made.get(key)
    if (known === undefined) {
      known = make(key)
      made.set(key, known)
    }
    return known
  }
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((item, i) => item === b[i])

export const papers = view(['papers'], board.papersOf)
export const offers = view(['offers'], board.offersOf)
export const discussions = view(['comments', 'resolved'], board.discussionsOf)
export const closed = view(['status'], board.closedOf)
export const threads = viewBy((paper: string) => view(['comments', 'reactions', 'resolved'], doc => board.threadsOf(doc, paper)))
const forReadings = ['readings', 'progress', 'sessions', 'presenters']
export const readings = view(forReadings, group.readingsOf)
export const sessions = view(['sessions', 'sessionPapers', 'sessionGuests'], groupSessions.sessionsOf)
export const presenters = view(['presenters'], presenting.presentersOf)
export const skips = view(['skips', 'presenters'], presenting.skipsOf)
export const swaps = view(['swaps', 'swapAnswers', 'presenters'], swapsOf)
export const standingOffers = view(['standingOffers', 'presenters'], doc => openOffersOf(doc, presenting.presentersOf(doc)))
export const absences = view(['absences'], absencesOf)
export const shares = view(['shares'], sharesOf)
export const templates = view(['templates'], templatesOf)
export const ledgerHidden = view(['ledgerHidden'], hiddenOf)
export const schedules = view(['schedules', 'exceptions'], schedulesOf)
export const holidays = view(['holidays'], holidaysOf)
export const readingsByPaper = view(forReadings, group.readingsByPaper)

/**
 * Tallies by paper. With 500 papers and 60 members, counting all votes at each vote would drop frames: only the papers
 * voted on are counted again, and the tally of every other paper stays the same object.
 */
export const tallies: View<Map<string, board.Tally>> = {
  roots: ['votes'],
  opened: new WeakMap(),
  open: doc => {
    const votes = doc.getMap<board.Vote>('votes')
    const keysOf = new Map<string, Set<string>>()
    const stale = new Set<string>()
    let current = new Map<string, board.Tally>()
    const file = (key: string) => {
      const [paper = ''] = key.split(':')
      let keys = keysOf.get(paper)
      if (keys === undefined) {
        keys = new Set()
        keysOf.set(paper, keys)
      }
      if (votes.has(key)) keys.add(key)
      else keys.delete(key)
      stale.add(paper)
    }
    for (const key of votes.keys()) file(key)
    return {
      changed: (_root, keys) => keys.forEach(file),
      value: () => {
        if (stale.size === 0) return current
        current = new Map(current)
        for (const paper of stale) {
          const cast = [...(keysOf.get(paper) ?? [])].map((key): [string, board.Vote | undefined] => [key, votes.get(key)]).filter(isCast)
          const tally = board.talliesIn(cast).get(paper)
          if (tally === undefined) current.delete(paper)
          else current.set(paper, tally)
        }
        stale.clear()
        return current
      },
    }
  },
}
const isCast = (entry: [string, board.Vote | undefined]): entry is [string, board.Vote] => entry[1] !== undefined

/**
 * Everybody whose records are in these roots, or were since the room was opened; another set when somebody new is there.
 * A key's last part is a member, but for papers and the status, which are known by a single part.
 */
const peopleIn = (roots: readonly string[]): View<ReadonlySet<string>> => ({
  roots,
  opened: new WeakMap(),
  open: doc => {
    let people: ReadonlySet<string> = new Set()
    const note = (root: string, keys: Iterable<string>) => {
      const met = new Set<string>()
      for (const key of keys) {
        if (key.includes(':')) met.add(key.slice(key.lastIndexOf(':') + 1))
        for (const member of namedIn(doc.getMap(root).get(key))) met.add(member)
      }
      if (!met.isSubsetOf(people)) people = people.union(met)
    }
    for (const root of roots) note(root, doc.getMap(root).keys())
    return { changed: note, value: () => people }
  },
})

/** The members that a record names beside its owner: who did it, whom it is for. */
const namedIn = (record: unknown): string[] => {
  if (typeof record !== 'object' || record === null) return []
  const { by, member, source }: { by?: unknown; member?: unknown; source?: unknown } = record
  // What came by itself is by no member.
  if (source === 'source') return []
  return [by, member].filter(name => typeof name === 'string')
}

export const peopleOnBoard = peopleIn(['papers', 'votes', 'offers', 'comments', 'reactions', 'resolved', 'status'])
export const peopleWithReadings = peopleIn(['readings', 'progress'])

/** A view computed from others, when one of their answers is a new one. `keep`: what of the last answer is given again. */
export const combined = <A, B, C, T>([a, b, c]: [View<A>, View<B>, View<C>], of: (a: A, b: B, c: C) => T, keep: (last: T, next: T) => T): View<T> => ({
  roots: [...new Set([...a.roots, ...b.roots, ...c.roots])],
  opened: new WeakMap(),
  open: (_doc, read) => {
    let last: { from: readonly unknown[]; value: T } | null = null
    return {
      changed: () => undefined,
      value: () => {
        const [first, second, third] = [read(a), read(b), read(c)]
        const from = [first, second, third]
        if (last !== null && sameList(last.from, from)) return last.value
        const value = of(first, second, third)
        last = { from, value: last === null ? value : keep(last.value, value) }
        return last.value
      },
    }
  },
})

const nothing = view([], () => new Map<string, never>())

/** Paper ids in one of the board's orders; the same array while the order is the same. */
export const order = viewBy((by: board.BoardOrder) =>
  combined(
    [papers, by === 'votes' ? tallies : nothing, by === 'discussed' ? discussions : nothing],
    (list, votes, said) => board.inOrder(list, by, { tallies: votes, discussions: said }),
    (last, next) => (sameList(last, next) ? last : next),
  ),
)

/** How many up-votes a member has on the board, for the budget. */
export const upVotes = viewBy((member: string) => view(['votes'], doc => board.upVotesOf(doc, member)))
