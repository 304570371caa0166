import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket, WebSocketServer } from 'ws'

/** Gets the socket, and the stream under it, once it is open. */
export type Opened = (socket: WebSocket, stream: Duplex) => void

/** Decides about a request for a WebSocket: what to do with the socket, or the answer of a refusal. Null where no socket is at that address. */
export type Admit = (incoming: IncomingMessage) => Promise<Opened | Response | null>

interface Door {
  admit: Admit
  fetch: (request: Request, bindings: { incoming: IncomingMessage }) => Response | Promise<Response>
}

/**
 * Opens sockets, past the router: what it makes of each request, and its layers, took as long as all else that a socket needs.
 * Where there is no socket to be had the request is answered as if it asked for none, as HTTP has it.
 */
export function serveUpgrades(server: Server, sockets: WebSocketServer, door: Door) {
  server.on('upgrade', async (incoming, stream, head) => {
    stream.on('error', () => stream.destroy())
    const answer = (await door.admit(incoming)) ?? (await answerTo(incoming, door))
    if (typeof answer !== 'function') await refuse(stream, answer)
    else {
      // The answer to the handshake and the room's greeting go in one write.
      stream.cork()
      sockets.handleUpgrade(incoming, stream, head, socket => answer(socket, stream))
      stream.uncork()
    }
  })
}

const answerTo = async (incoming: IncomingMessage, { fetch }: Door): Promise<Response> => {
  try {
    const { host = 'localhost' } = incoming.headers
    return await fetch(new Request(new URL(incoming.url ?? '/', `http://${host}`), { headers: headersOf(incoming) }), { incoming })
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
