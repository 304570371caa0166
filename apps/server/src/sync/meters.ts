/**
 * What the live rooms tell whoever watches the server. It is told on the path of every change, once for a batch and not
 * for each change or delivery: whoever implements it adds to a number and returns.
 */
import type { CloseCode } from '@paperboard/shared/closeCodes'
import type { Refusal } from '@paperboard/shared/refusals'

export interface Meters {
  /** A room has stored a batch and told of it: its changes, and ms since the first of them arrived. */
  told(changes: number, ms: number): void
  /** A commit to the log has ended well: its updates, and ms that it took. */
  stored(updates: number, ms: number): void
  storeFailed(): void
  /** A change broke a rule. */
  refused(reason: Refusal): void
  /** The server has closed a socket, or turned it away. */
  closed(code: CloseCode): void
  /** A reader has more unread than the server keeps for it, or was cut off since it did not read at all. */
  fellBehind(): void
  cutOff(): void
}

/** Where nobody watches. */
export const unmetered: Meters = {
  told: () => {},
  stored: () => {},
  storeFailed: () => {},
  refused: () => {},
  closed: () => {},
  fellBehind: () => {},
  cutOff: () => {},
}
