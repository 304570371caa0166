/** Why a service of others gave no answer that can be used. */

/**
 * `unreachable`: no connection, cut off, too slow, or an error of the service: later it may answer. `limited`: it asks for
 * patience. `missing`: it does not know this. `refused`: it will not answer this, now or later. `garbled`: its answer is
 * not what was asked for, as a page for people or half a document; later it may be. `forbidden`: we will not ask there.
 */
export type FailureKind = 'unreachable' | 'limited' | 'missing' | 'refused' | 'garbled' | 'forbidden'

export class OutsideFailure extends Error {
  readonly kind: FailureKind
  /** When the service may be asked again, ms since 1970, where it said so. */
  readonly retryAt: number | null
  constructor(kind: FailureKind, message: string, { retryAt = null, cause }: { retryAt?: number | null; cause?: unknown } = {}) {
    super(message, { cause })
    this.kind = kind
    this.retryAt = retryAt
  }

  /** Whether asking again later may help. */
  get passing(): boolean {
    return this.kind === 'unreachable' || this.kind === 'limited' || this.kind === 'garbled'
  }
}

/** When a Retry-After wants us back, ms since 1970; null where it says nothing that can be read. No service is waited for longer than a day. */
export const retryAfter = (header: string | null, now: number): number | null => {
  if (header === null) return null
  const at = /^\s*\d{1,9}\s*$/.test(header) ? now + Number(header) * 1000 : Date.parse(header)
  return Number.isNaN(at) ? null : Math.min(Math.max(at, now), now + 86_400_000)
}

/** What an answer's status says; null where the body is what was asked for. */
export const failureOf = (
  host: string,
  { status, headers }: { status: number; headers: { get(name: string): string | null } },
  now: number,
): OutsideFailure | null => {
  if (status >= 200 && status < 300) return null
  const retryAt = retryAfter(headers.get('retry-after'), now)
  if (status === 404 || status === 410) return new OutsideFailure('missing', `${host} does not know this.`)
  if (status === 429) return new OutsideFailure('limited', `${host} asks for fewer questions.`, { retryAt })
  if (status === 503 && retryAt !== null) return new OutsideFailure('limited', `${host} asks for patience.`, { retryAt })
  if (status >= 500 || status === 408 || status === 425) return new OutsideFailure('unreachable', `${host} has an error of its own (${status}).`, { retryAt })
  return new OutsideFailure('refused', `${host} refused to answer (${status}).`)
}
