import type { Database } from './db/database.ts'
import { probeWrite } from './db/probe.ts'
import type { RoomsStatus } from './sync/status.ts'

/** How long an answer stands (ms), and how long the database may take for one. */
const times = { cached: 1_000, patience: 5_000 }

/** Whether this server should be sent people. */
export interface Readiness {
  /** Why not; null when it is ready. */
  reason(): Promise<string | null>
  /** It serves from now on. */
  serve(of: { db: Database; status: () => RoomsStatus }): void
  /** It ends. */
  drain(): void
}

/** Begins with `starting`. Asks the database by writing to it, at most once a second however often it is asked. */
export function createReadiness(): Readiness {
  let state: 'starting' | 'draining' | { db: Database; status: () => RoomsStatus } = 'starting'
  let known: { at: number; reason: Promise<string | null> } | null = null
  return {
    reason: async () => {
      if (typeof state === 'string') return state
      const now = performance.now()
      if (known === null || now - known.at >= times.cached) known = { at: now, reason: reasonOf(state) }
      const reason = await known.reason
      return typeof state === 'string' ? state : reason
    },
    serve: of => {
      state = of
    },
    drain: () => {
      state = 'draining'
    },
  }
}

async function reasonOf({ db, status }: { db: Database; status: () => RoomsStatus }): Promise<string | null> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve('the database does not answer'), times.patience)
  // The answer is for anybody: what exactly is wrong is in the log, where changes fail.
  const written = probeWrite(db, status().storeFailing).then(
    () => null,
    () => 'the database cannot be written',
  )
  try {
    return await Promise.race([written, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
