/**
 * Links by which one stops mails of a kind without signing in (RFC 8058). The token names person and kind and is signed with
 * a secret of the installation, so nothing is stored for each mail, and links in old mails work for ever.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { installationSecret } from '../db/meta.ts'
import { newToken } from '../tokens.ts'

/** Whom a link concerns, and which mails it stops. */
export interface Unsubscription {
  person: string
  kind: string
}

export interface Unsubscriber {
  tokenFor(who: Unsubscription): Promise<string>
  /** Null for what we have not signed. */
  read(token: string): Promise<Unsubscription | null>
}

export function createUnsubscriber(db: Database): Unsubscriber {
  let known: string | null = null
  const secret = async () => {
    known ??= await installationSecret(db, 'unsubscribe-secret', newToken())
    return known
  }
  const signature = async ({ person, kind }: Unsubscription) =>
    createHmac('sha256', await secret())
      .update(`unsubscribe ${person} ${kind}`)
      .digest('base64url')
  return {
    tokenFor: async who => `${who.person}.${who.kind}.${await signature(who)}`,
    read: async token => {
      const [person = '', kind = '', signed = '', ...more] = token.split('.')
      const [expected, given] = [Buffer.from(await signature({ person, kind })), Buffer.from(signed)]
      const ours = more.length === 0 && expected.length === given.length && timingSafeEqual(expected, given)
      return ours ? { person, kind } : null
    },
  }
}
