import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket, WebSocketServer } from 'ws'

/** How a route takes over the connection of a request that asks for a WebSocket. */
export interface UpgradeBindings {
  incoming: IncomingMessage
  /** `opened` gets the socket and the stream under it. The route's answer is then not sent. Absent when the request asks for none. */
  upgrade?: (opened: (socket: WebSocket, stream: Duplex) => void) => void
}

/**
 * Hands requests for a WebSocket to the app as it hands the others, and gives the route the socket itself. (The helper
 * of @hono/node-server wraps each socket and copies each message into an event, at a third of what a vote costs.)
 */
export function serveUpgrades(server: Server, sockets: WebSocketServer, fetch: (request: Request, bindings: UpgradeBindings) => Response | Promise<Response>) {
  server.on('upgrade', async (incoming, stream, head) => {
    stream.on('error', () => stream.destroy())
    const taken: ((socket: WebSocket, stream: Duplex) => void)[] = []
    const answer = await answerTo(incoming, fetch, { incoming, upgrade: opened => taken.push(opened) })
    const [opened] = taken
    if (opened === undefined) await refuse(stream, answer)
    else {
      // The answer to the handshake and the room's greeting go in one write.
      stream.cork()
      sockets.handleUpgrade(incoming, stream, head, socket => opened(socket, stream))
      stream.uncork()
    }
  })
}

const answerTo = async (incoming: IncomingMessage, fetch: Parameters<typeof serveUpgrades>[2], bindings: UpgradeBindings): Promise<Response> => {
  try {
    const { host = 'localhost' } = incoming.headers
    return await fetch(new Request(new URL(incoming.url ?? '/', `http://${host}`), { headers: headersOf(incoming) }), bindings)
  } catch {
    // A host or path that is none.
    return new Response(null, { status: 400 })
  }
}

const headersOf = ({ rawHeaders }: IncomingMessage): [string, string][] => {
  const headers: [string, string][] = []
  for (let n = 0; n + 1 < rawHeaders.length; n += 2) headers.push([rawHeaders[n] ?? '', rawHeaders[n + 1] ?? ''])
  return headers
}

/** Answers over plain HTTP. */
const refuse = async (stream: Duplex, answer: Response) => {
  const body = Buffer.from(await answer.arrayBuffer())
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  stream.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${answer.status} \r\nConnection: close\r\nContent-Length: ${body.length}\r\n${headers}\r\n`), body]))
}
