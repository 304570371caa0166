/** What Prometheus is told, in the names that dashboards and alerts go by: see docs/operations.md. The only importer of prom-client. */
import { closeCodes } from '@paperboard/shared/closeCodes'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Meters } from './sync/meters.ts'
import type { RoomsStatus } from './sync/status.ts'

export interface Metrics {
  /** For the live rooms. */
  meters: Meters
  /** A request over HTTP was answered. */
  answered(method: string, status: number, ms: number): void
  /** All of it in Prometheus' text format; `status` is how the rooms are now, and `freeBytes` what is left on the disk of the data directory. */
  text(status: RoomsStatus, freeBytes: number | null): Promise<string>
  contentType: string
}

const seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
const nameOfCode = new Map<number, string>(Object.entries(closeCodes).map(([name, code]) => [code, name]))

/** Counts from zero. Each server of several has its own, and is scraped by itself. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const of = (name: string, help: string) => ({ name: `paperboard_${name}`, help, registers: [registry] })
  const gauges = createGauges(of)
  const http = new Histogram({
    ...of('http_request_seconds', 'Requests over HTTP, by method and class of status'),
    labelNames: ['method', 'status'],
    buckets: seconds,
  })
  return {
    meters: createMeters(of),
    answered: (method, status, ms) => http.observe({ method, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    contentType: registry.contentType,
    text: (status, freeBytes) => {
      for (const { gauge, name, value } of gauges(status, freeBytes)) {
        // It would be told as 0.
        if (value === null) registry.removeSingleMetric(name)
        else gauge.set(Number(value))
      }
      return registry.metrics()
    },
  }
}

type Of = (name: string, help: string) => { name: string; help: string; registers: Registry[] }

function createMeters(of: Of): Meters {
  const updates = new Counter(of('updates_accepted_total', 'Changes stored and told'))
  const accept = new Histogram({
    ...of('accept_seconds', 'From the arrival of a change until it is stored and told, once for each batch of a room'),
    buckets: seconds,
  })
  const store = new Histogram({ ...of('store_seconds', 'Commits to the log'), buckets: seconds })
  const commit = new Histogram({ ...of('commit_updates', 'Updates that shared one commit'), buckets: sizes })
  const failures = new Counter(of('store_failures_total', 'Commits to the log that failed'))
  const refusals = new Counter({ ...of('refusals_total', 'Changes that broke a rule, by reason'), labelNames: ['reason'] })
  const closes = new Counter({ ...of('sockets_closed_total', 'Sockets that the server closed or turned away, by close code'), labelNames: ['code'] })
  const behind = new Counter(of('readers_fell_behind_total', 'Times that a reader had too much unread'))
  const cutOff = new Counter(of('readers_cut_off_total', 'Readers that were cut off since they did not read'))
  return {
    told: (changes, ms) => {
      updates.inc(changes)
      accept.observe(ms / 1000)
    },
    stored: (count, ms) => {
      store.observe(ms / 1000)
      commit.observe(count)
    },
    storeFailed: () => failures.inc(),
    refused: reason => refusals.inc({ reason }),
    closed: code => closes.inc({ code: nameOfCode.get(code) ?? 'other' }),
    fellBehind: () => behind.inc(),
    cutOff: () => cutOff.inc(),
  }
}

interface Told {
  gauge: Gauge
  name: string
  /** Null where there is no such thing. */
  value: number | boolean | null
}

/** Set when they are asked for, so that nothing is counted twice or drifts. */
function createGauges(of: Of): (status: RoomsStatus, freeBytes: number | null) => Told[] {
  const gauge = (name: string, help: string) => {
    const named = of(name, help)
    const own = new Gauge(named)
    return (value: Told['value']): Told => ({ gauge: own, name: named.name, value })
  }
  const rooms = gauge('rooms_loaded', 'Rooms in memory')
  const connections = gauge('connections', 'Open sockets')
  const turns = gauge('turns_waiting', 'Changes and questions that wait for their turn')
  const unread = gauge('unread_bytes', 'Bytes that clients have not read yet')
  const behind = gauge('readers_behind', 'Readers that get nothing until they have read')
  const projections = gauge('projections_behind', 'Rooms whose rows are not up to date')
  const damaged = gauge('rooms_damaged', 'Rooms that can only be read, since what is stored of them is damaged')
  const failing = gauge('store_failing', 'Whether the last commit failed')
  const fanout = gauge('redis_connected', 'Whether other servers are heard; absent without REDIS_URL')
  const free = gauge('disk_free_bytes', 'What is left on the disk of the data directory; absent with PostgreSQL')
  return (status, freeBytes) => [
    rooms(status.rooms),
    connections(status.connections),
    turns(status.turnsWaiting),
    unread(status.unreadBytes),
    behind(status.readersBehind),
    projections(status.projectionsBehind),
    damaged(status.damagedRooms),
    failing(status.storeFailing),
    fanout(status.fanoutConnected),
    free(freeBytes),
  ]
}
