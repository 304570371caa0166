import { hash, type Options, verify } from '@node-rs/argon2'

/** Argon2id with the OWASP Password Storage Cheat Sheet's first choice of parameters: 10 to 16 ms on one core. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** In PHC string format. The same characters give the same hash however a keyboard composes them. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

export const isPassword = (passwordHash: string, password: string): Promise<boolean> => verify(passwordHash, password.normalize('NFKC'))
