import { connect, type Socket } from 'node:net'
import { FrameReader, frame, opcodes } from './frames.ts'

/** All sockets read into this one buffer; a frame is looked at where it lies. */
const shared = Buffer.allocUnsafe(1024 * 1024)
const endOfHead = '\r\n\r\n'

/** Where a socket goes and who it is. */
export interface Address {
  port: number
  /** With the leading slash. */
  path: string
  headers: Record<string, string>
}

export interface Listener {
  onOpen: () => void
  /** The bytes are valid during the call only. */
  onMessage: (bytes: Buffer, from: number, to: number) => void
  /** With the code of the close frame, 1006 where there was none, or the HTTP status of a refused handshake. */
  onClose: (code: number) => void
}

/** A WebSocket client on a plain socket, at a fraction of the cost of a library's. */
export class RawSocket {
  bytesIn = 0
  closed = false
  private readonly socket: Socket
  private readonly listener: Listener
  private readonly frames: FrameReader
  /** The answer to the handshake as far as it has come; null once the socket is open. */
  private head: Buffer | null = Buffer.alloc(0)
  private paused = false
  private code = 1006

  constructor({ port, path, headers }: Address, listener: Listener) {
    this.listener = listener
    this.frames = new FrameReader((opcode, bytes, from, to) => this.take(opcode, bytes, from, to))
    const callback = (length: number) => {
      this.receive(length)
      return !this.paused
    }
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer: shared, callback } })
    const lines = Object.entries({
      host: `127.0.0.1:${port}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-version': '13',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`)
    this.socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}${endOfHead}`)
    // The close event follows and tells enough.
    this.socket.on('error', () => undefined)
    this.socket.on('close', () => {
      this.closed = true
      listener.onClose(this.code)
    })
  }

  /** Sends one message. */
  send(message: Uint8Array) {
    this.socket.write(frame(message))
  }

  /** Sends bytes that are frames already. */
  write(frames: Uint8Array) {
    this.socket.write(frames)
  }

  /** Reads nothing more until `resume`, as a phone in a tunnel. */
  pause() {
    this.paused = true
    this.socket.pause()
  }

  resume() {
    this.paused = false
    this.socket.resume()
  }

  close() {
    if (!this.closed) this.socket.end(frame(Buffer.from([0x03, 0xe8]), opcodes.close))
    this.socket.destroySoon()
  }

  destroy() {
    this.socket.destroy()
  }

  private receive(length: number) {
    this.bytesIn += length
    if (this.head === null) this.frames.take(shared, 0, length)
    else this.open(Buffer.concat([this.head, shared.subarray(0, length)]))
  }

  private open(head: Buffer) {
    this.head = head
    const end = head.indexOf(endOfHead)
    if (end < 0) return
    const status = Number(head.subarray(9, 12).toString())
    if (status !== 101) {
      this.code = status
      this.socket.destroy()
      return
    }
    this.head = null
    this.listener.onOpen()
    this.frames.take(head, end + endOfHead.length, head.length)
  }

  private take(opcode: number, bytes: Buffer, from: number, to: number) {
    if (opcode === opcodes.binary) this.listener.onMessage(bytes, from, to)
    else if (opcode === opcodes.ping) this.socket.write(frame(bytes.subarray(from, to), opcodes.pong))
    else if (opcode === opcodes.close) {
      this.code = to - from >= 2 ? bytes.readUInt16BE(from) : 1005
      this.socket.end()
    }
  }
}
