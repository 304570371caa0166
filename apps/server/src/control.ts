/**
 * How a command on this machine reaches the server that has the data directory: its address and a secret stand in a file there
 * that only its owner can read. Whoever can read it can read the database beside it, too.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import type { Env } from './env.ts'

const Control = z.object({ url: z.url(), token: z.string().min(20), pid: z.int() })
export type Control = z.infer<typeof Control>

const fileIn = (dataDir: string) => join(dataDir, 'control.json')

/** Writes the file, until `close`. With PostgreSQL there is none: a command is a server of its own there. */
export function openControl({ env, server }: { env: Pick<Env, 'dataDir' | 'databaseUrl' | 'host'>; server: Server }): {
  token: string | undefined
  close: () => void
} {
  const address = server.address()
  if (env.databaseUrl !== null || typeof address !== 'object' || address === null) return { token: undefined, close: () => {} }
  const token = randomBytes(32).toString('base64url')
  const host =
    address.family === 'IPv6' ? `[${address.address === '::' ? '::1' : address.address}]` : address.address === '0.0.0.0' ? '127.0.0.1' : address.address
  const control: Control = { url: `http://${host}:${address.port}`, token, pid: process.pid }
  rmSync(fileIn(env.dataDir), { force: true })
  writeFileSync(fileIn(env.dataDir), `${JSON.stringify(control)}\n`, { mode: 0o600 })
  return { token, close: () => rmSync(fileIn(env.dataDir), { force: true }) }
}

/** What a server has written; null where none has, or it went away without a word. */
export function findControl(dataDir: string): Control | null {
  try {
    const control = Control.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')))
    process.kill(control.pid, 0)
    return control
  } catch {
    return null
  }
}
