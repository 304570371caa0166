/** Telling groups of what changes no more often than they can ask for it. */

interface Options<T> {
  /** How often a group is told at most, ms. */
  every: number
  /** Whether what comes after a rest is told at once; else it waits for what may follow. */
  atOnce: boolean
  tell: (group: string, changes: ReadonlySet<T>) => void
}

export interface Gathering<T> {
  note(group: string, change: T): void
  close(): void
}

/** What changes in a group is told together, at most once in a while. */
export function createGathering<T>({ every, atOnce, tell }: Options<T>): Gathering<T> {
  const waiting = new Map<string, { changes: Set<T>; timer: NodeJS.Timeout }>()
  const wait = (group: string, changes: Set<T>) => {
    const send = () => {
      waiting.delete(group)
      if (changes.size > 0) told(group, changes)
    }
    waiting.set(group, { changes, timer: setTimeout(send, every).unref() })
  }
  const told = (group: string, changes: ReadonlySet<T>) => {
    tell(group, changes)
    if (atOnce) wait(group, new Set())
  }
  return {
    note: (group, change) => {
      const changes = waiting.get(group)?.changes
      if (changes !== undefined) changes.add(change)
      else if (atOnce) told(group, new Set([change]))
      else wait(group, new Set([change]))
    },
    close: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
