/** Somebody met in a room whom the list of members does not name yet: they have joined since it was asked for. */

/** Strangers met within this time (ms) are asked for together: a group that joins at once is one question. */
const gather = 250

export interface Strangers {
  /** Notes who was met; those known, and those asked for before, cost nothing. */
  meet(members: Iterable<string>): void
  /** Forgets everything, and does not ask until somebody is met again. */
  stop(): void
}

/**
 * Asks for the list again when somebody is met whom it does not name, once for each: an id that stays unknown is not asked
 * for in a loop. `ask` gives whether it was answered; those it was not answered for are asked for when met again.
 */
export const createStrangers = ({ known, ask }: { known: (member: string) => boolean; ask: () => Promise<boolean> }): Strangers => {
  const asked = new Set<string>()
  let waiting: ReturnType<typeof setTimeout> | undefined
  const askNow = async () => {
    waiting = undefined
    const met = [...asked]
    if (!(await ask())) for (const member of met) asked.delete(member)
  }
  return {
    meet: members => {
      for (const member of members) {
        if (known(member) || asked.has(member)) continue
        asked.add(member)
        waiting ??= setTimeout(() => void askNow(), gather)
      }
    },
    stop: () => {
      clearTimeout(waiting)
      waiting = undefined
      // React runs effects twice in development: whoever is met after that is met anew.
      asked.clear()
    },
  }
}
