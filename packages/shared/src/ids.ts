import { z } from 'zod'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const length = 12

/** Twelve letters and digits: 71 bits, short enough to stand twice in the key of a vote. */
export const idPattern = /^[0-9A-Za-z]{12}$/
export const Id = z.string().regex(idPattern)

/** A new random id. Bytes of 248 and above are dropped, so that each of the 62 characters is equally likely. */
export const newId = (): string => {
  let id = ''
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      if (byte < 248 && id.length < length) id += alphabet[byte % 62]
    }
  }
  return id
}

/** The key of a record with two ids, such as that of a session: `nonce:memberId`. */
export const PairKey = z.string().regex(/^[0-9A-Za-z]{12}:[0-9A-Za-z]{12}$/)
