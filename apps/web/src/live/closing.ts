import { closeCodes } from '@paperboard/shared/closeCodes'
import { type Refusal, refusalIn } from '@paperboard/shared/refusals'
import type { UnsavedRecord } from './unsaved.ts'

/** A message above the server's limit closes the socket with this code (RFC 6455); sending it again would not help. */
const tooBig = 1009

/** Why a room is closed: the server's close code by name, or a message above its size limit. */
export const closeReasons = [
  'malformed',
  'signedOut',
  'notMember',
  'noRoom',
  'refused',
  'tooFast',
  'accessChanged',
  'unavailable',
  'damaged',
  'tooBig',
] as const satisfies readonly (keyof typeof closeCodes | 'tooBig')[]
export type CloseReason = (typeof closeReasons)[number]

/** Codes after which connecting again would meet the same answer. */
export const isFinal = (code: number) => (code >= 4400 && code < 4500) || code === tooBig

export const reasonOf = (code: number): CloseReason => {
  const named = closeReasons.find(name => name !== 'tooBig' && closeCodes[name] === code)
  return named ?? (code === tooBig ? 'tooBig' : 'malformed')
}

/** What a close reason says: the broken rule, and the record (root map and key) it was about. */
export const readReason = (reason: string): { refusal: Refusal | null; about: string | null } => {
  const refusal = refusalIn(reason)
  return { refusal, about: refusal === null ? null : reason.slice(refusal.length + 1) || null }
}

/** A close reason has room for 123 bytes: a record's name longer than this may have lost its end. */
const surelyWhole = 60

/** Whether a refusal was about this record. */
export const isAbout = ({ root, key }: UnsavedRecord, about: string | null) => {
  const name = `${root}/${key}`
  return about !== null && (name === about || (about.length > surelyWhole && name.startsWith(about)))
}

/** A fresh document that is refused this soon (ms), without a change made here, would be refused for ever. */
const soon = 30_000
/** After so many refusals within `soon`, what was sent together is no longer tried apart. */
const tries = 8

/** Remembers refusals, so that opening again does not go round for ever. */
export class RefusalCount {
  #at: number[] = []
  #changed = false

  /** A change was made here: a refusal that follows may be about it. */
  changed() {
    this.#changed = true
  }

  /** A refusal. `hopeless`: opening again would only meet the next; `apart`: whether to try again what was not at fault. */
  add(now: number): { hopeless: boolean; apart: boolean } {
    this.#at = [...this.#at.filter(at => at > now - soon), now]
    const hopeless = this.#at.length > 1 && !this.#changed
    this.#changed = false
    return { hopeless, apart: this.#at.length < tries }
  }
}
