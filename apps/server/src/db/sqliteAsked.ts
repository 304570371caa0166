/** How a thread of SQLite is asked. */
import { Worker } from 'node:worker_threads'
import { handedOver } from './handedOver.ts'
import type { Reply, Request, Start } from './sqliteMessages.ts'
import { DatabaseUnusable } from './unusable.ts'

/** A thread that owns a connection. */
export interface Asked {
  /** Everything that was asked has been answered; checkpoints do not count, which nothing has to wait for. */
  readonly idle: boolean
  ask(request: Request): Promise<unknown>
  /** Resolves when the file is closed and the thread is gone. */
  close(): Promise<void>
}

/** Whoever waits for a reply. */
interface Waiting extends PromiseWithResolvers<unknown> {
  to: Request['kind'] | 'start'
}

/** MB. What is asked and answered is soon forgotten; V8 would let three times as much of it lie, in each thread. */
const young = 8
/** A thread that may rest goes after so long (ms). It comes back when it is asked, which takes some 30 ms; it takes some 20 MB while it is there. */
const restAfter = 10_000

/** A file of its own in the bundle, too: see vite.config.ts. */
const threadFile = () => new URL(import.meta.url.endsWith('.ts') ? './sqliteThread.ts' : './sqliteThread.js', import.meta.url)

/**
 * The thread, seen from here: one promise for each request. Replies come in the order of the requests. What is asked in
 * one turn goes in one message: to wake a thread costs more than most statements.
 */
export class Thread implements Asked {
  readonly started: Promise<unknown>
  private readonly worker: Worker
  private readonly waiting: Waiting[] = []
  private asked: Request[] = []
  private ended: Error | null = null

  constructor(start: Start) {
    this.worker = new Worker(threadFile(), { workerData: start, resourceLimits: { maxYoungGenerationSizeMb: young } })
    this.started = this.reply('start')
    this.worker.on('message', (replies: Reply[]) => {
      const answered = this.waiting.splice(0, replies.length)
      for (const [n, reply] of replies.entries()) {
        if ('error' in reply) answered[n]?.reject(asError(reply.error))
        else answered[n]?.resolve(reply.value)
      }
    })
    this.worker.once('error', error => this.end(error))
    this.worker.once('exit', () => this.end(new Error('The database is closed')))
  }

  get idle(): boolean {
    return this.ended === null && this.waiting.every(({ to }) => to === 'checkpoint')
  }

  get gone(): boolean {
    return this.ended !== null
  }

  ask(request: Request): Promise<unknown> {
    if (this.ended !== null) return Promise.reject(this.ended)
    if (this.asked.push(request) === 1) queueMicrotask(() => this.send())
    return this.reply(request.kind)
  }

  private send() {
    const requests = this.asked
    this.asked = []
    this.worker.postMessage(requests, requests.flatMap(memoryOf))
  }

  private reply(to: Waiting['to']): Promise<unknown> {
    const reply = Promise.withResolvers<unknown>()
    this.waiting.push({ to, ...reply })
    return reply.promise
  }

  private end(error: Error) {
    this.ended ??= error
    for (const asked of this.waiting.splice(0)) asked.reject(this.ended)
  }

  async close() {
    const gone = new Promise(resolve => this.worker.once('exit', resolve))
    await this.ask({ kind: 'close' })
    await gone
  }
}

/** A thread that is there while it is asked something. */
export class RestingThread implements Asked {
  private readonly start: Start
  private readonly restAfter: number
  private thread: Thread | null = null
  private leaving: Promise<void> | null = null
  private timer: NodeJS.Timeout | null = null
  private inTransaction = false
  private closed = false

  constructor(start: Start, after: number = restAfter) {
    this.start = start
    this.restAfter = after
  }

  /** There is no thread. */
  get rests(): boolean {
    return this.thread === null && this.leaving === null
  }

  get idle(): boolean {
    return this.thread?.idle ?? true
  }

  async ask(request: Request): Promise<unknown> {
    // One connection at a time, so that none finds the file busy.
    while (this.leaving !== null) await this.leaving
    if (this.closed) throw new Error('The database is closed')
    if (this.thread === null || this.thread.gone) this.thread = this.begin()
    if (request.kind === 'begin') this.inTransaction = true
    if (request.kind === 'commit' || request.kind === 'rollback') this.inTransaction = false
    try {
      return await this.thread.ask(request)
    } finally {
      this.timer ??= setTimeout(() => this.rest(), this.restAfter).unref()
      this.timer.refresh()
    }
  }

  private begin(): Thread {
    const thread = new Thread(this.start)
    // Where it cannot open the file, what it was asked fails as well.
    thread.started.catch(() => {})
    return thread
  }

  private rest() {
    if (this.thread === null || this.inTransaction || !this.idle) return
    const thread = this.thread
    this.thread = null
    const gone = () => {
      this.leaving = null
    }
    this.leaving = thread.close().then(gone, gone)
  }

  async close() {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
    await this.leaving
    if (this.thread !== null && !this.thread.gone) await this.thread.close()
  }
}

const asError = ({ message, code, unusable }: { message: string; code?: string | undefined; unusable?: boolean }): Error =>
  unusable ? new DatabaseUnusable(message) : Object.assign(new Error(message), code === undefined ? {} : { code })

/** The memory that goes over to the thread with a request, without a copy. */
const memoryOf = (request: Request) =>
  request.kind === 'append' ? [request.bytes.buffer, request.whose.buffer, request.at.buffer] : request.kind === 'statement' ? handedOver(request.params) : []
