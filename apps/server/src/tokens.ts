import { hash, randomBytes } from 'node:crypto'

/** A secret for a link: 256 random bits in 43 characters that need no escaping. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret, hex: who reads the database cannot use it. Secrets are random, so no salt is needed. */
export const hashToken = (token: string): string => hash('sha256', token)
