/** What follows on changes in the documents of groups: members are told what is asked of them, and sessions are planned ahead. */
import type { Logger } from 'pino'
import type { Database } from './db/database.ts'
import { tellAsked } from './reminders/asked.ts'
import { startRecurring } from './schedules/recurring.ts'
import type { Rooms } from './sync/rooms.ts'

interface Options {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'onWritten' | 'tell'>
  log: Logger
  now: () => number
  times?: { asked?: number } | undefined
}

export interface FollowUp {
  /** Looks what there is to do now. */
  run(): Promise<void>
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>
}

/** How often it is looked for what another server has written, or a crash has left: ms. */
const every = 60_000
const asking = ['presenters', 'swaps', 'swapAnswers']
const planning = ['schedules', 'exceptions', 'holidays']

export function startFollowUp({ db, rooms, log, now, times }: Options): FollowUp {
  const recurring = startRecurring({ db, rooms, log, now })
  let work: Promise<void> = Promise.resolve()
  let closing = false
  /** One after another: two at once would only ask the same twice. */
  const soon = (what: () => Promise<unknown>) => {
    if (closing) return work
    work = work.then(what).then(
      () => undefined,
      error => log.error({ err: error }, 'what follows on a change could not be done and will be tried again'),
    )
    return work
  }
  const tell = async () => {
    const told = await tellAsked(db, now())
    if (told.length > 0) rooms.tell({ kind: 'notices', people: told })
  }
  const stop = rooms.onWritten((room, roots) => {
    if (room.kind !== 'group') return
    if (asking.some(root => roots.has(root))) void soon(tell)
    if (planning.some(root => roots.has(root))) void soon(() => recurring.plan(room.group))
  })
  const timer = setInterval(() => void soon(tell), times?.asked ?? every)
  timer.unref()
  void soon(() => recurring.run())
  return {
    run: async () => {
      await soon(tell)
      await soon(() => recurring.run())
    },
    close: async () => {
      closing = true
      stop()
      clearInterval(timer)
      await recurring.close()
      await work
    },
  }
}
