/** A service of others on this machine: answers as a test says, and notes what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface AskedOnce {
  /** Path and query. */
  path: string
  headers: IncomingMessage['headers']
  /** By a clock that no one sets, ms. */
  at: number
  /** How many were being answered then, this one included. */
  together: number
}

export interface OutsideServer {
  url: string
  asked: AskedOnce[]
  /** How it answers from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void
  close(): Promise<void>
}

const json = 'application/json'

export const sendJson = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(200, { 'content-type': json, ...headers }).end(JSON.stringify(value))

export const sendXml = (response: ServerResponse, text: string) => response.writeHead(200, { 'content-type': 'application/atom+xml; charset=utf-8' }).end(text)

/** Starts one on a free port; it ends with the test, unless somebody else closes it. */
export async function startOutsideServer(answer: OutsideServer['answer'], ends: 'with the test' | 'when closed' = 'with the test'): Promise<OutsideServer> {
  let together = 0
  const server = createServer((request, response) => {
    together++
    response.once('close', () => together--)
    outside.asked.push({ path: request.url ?? '', headers: request.headers, at: performance.now(), together })
    outside.answer(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const outside: OutsideServer = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    answer,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  if (ends === 'with the test') onTestFinished(() => outside.close())
  return outside
}
