/** A real mail server on a free port, that keeps what it is given and can be made to refuse it, to stall, or to go away. */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface Received {
  from: string
  to: string[]
  /** As it was sent, headers included. */
  raw: string
  /** By name in lower case, unfolded. */
  headers: Map<string, string>
}

export interface MailServer {
  url: string
  received: Received[]
  /**
   * What it does with the next mails: takes them, says no to the address (550) or not now (451), keeps the sender waiting
   * without an answer, or takes one and breaks off before it says so.
   */
  mood: 'takes' | 'refuses' | 'busy' | 'stalls' | 'breaks'
  /** Resolves when so many mails were received, or are being kept waiting. */
  until(condition: () => boolean): Promise<void>
  /** Mails that are being kept waiting. */
  stalled: number
  close(): Promise<void>
}

/** With a user and a password, if they are named, as mail servers of providers have them. */
export async function startMailServer(account?: { user: string; password: string }): Promise<MailServer> {
  const waiting = new Set<() => void>()
  const changed = () => {
    for (const look of waiting) look()
  }
  const held = new Set<(error?: Error) => void>()
  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: account === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.username === account?.user && auth.password === account?.password ? done(null, { user: auth.username }) : done(new Error('Wrong password')),
    onRcptTo: (_address, _session, done) => {
      if (mail.mood === 'refuses') return done(Object.assign(new Error('No such user'), { responseCode: 550 }))
      if (mail.mood === 'busy') return done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
      done()
    },
    onData: (stream, { envelope }, done) => {
      void text(stream).then(raw => {
        if (mail.mood === 'stalls') {
          held.add(done)
          mail.stalled += 1
          return changed()
        }
        const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mail.received.push({ from: sender, to: envelope.rcptTo.map(({ address }) => address), raw, headers: headersOf(raw) })
        if (mail.mood === 'breaks') {
          mail.mood = 'takes'
          for (const socket of sockets) socket.destroy()
        } else done()
        changed()
      })
    },
  })
  const sockets = new Set<Socket>()
  server.server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  // A sender that is killed breaks its connection off.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const login = account === undefined ? '' : `${account.user}:${account.password}@`
  const mail: MailServer = {
    url: `smtp://${login}127.0.0.1:${port}`,
    received: [],
    mood: 'takes',
    stalled: 0,
    until: condition =>
      new Promise(resolve => {
        const look = () => {
          if (!condition()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: async () => {
      for (const done of held) done(new Error('The server is closing'))
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
  return mail
}

function headersOf(raw: string): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return new Map(lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
}
