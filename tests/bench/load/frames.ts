/** WebSocket frames (RFC 6455) as the load generator writes and reads them: so cheap that it is not what is measured. */

export const opcodes = { continuation: 0, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** A client's frame. Its mask is 0: legal, and nothing need be masked. */
export function frame(payload: Uint8Array, opcode: number = opcodes.binary): Buffer {
  const { length } = payload
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const bytes = Buffer.alloc(6 + extra + length)
  bytes[0] = 0x80 | opcode
  bytes[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127)
  if (extra === 2) bytes.writeUInt16BE(length, 2)
  if (extra === 8) bytes.writeUInt32BE(length, 6)
  bytes.set(payload, 6 + extra)
  return bytes
}

/** Called with each whole message; its bytes are valid during the call only. */
export type OnFrame = (opcode: number, bytes: Buffer, from: number, to: number) => void

/** Takes a server's frames out of what the network delivers. What lies whole in one delivery is not copied. */
export class FrameReader {
  private readonly onFrame: OnFrame
  /** The beginning of a frame that has not come whole yet. */
  private rest: Buffer | null = null
  private held = 0
  private needed = 0
  private fragments: Buffer[] = []

  constructor(onFrame: OnFrame) {
    this.onFrame = onFrame
  }

  take(bytes: Buffer, from: number, to: number) {
    if (this.rest === null) {
      this.read(bytes, from, to)
      return
    }
    const length = this.held + to - from
    if (length > this.rest.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.needed, length))
      this.rest.copy(larger, 0, 0, this.held)
      this.rest = larger
    }
    bytes.copy(this.rest, this.held, from, to)
    this.held = length
    if (length < this.needed) return
    const whole = this.rest
    this.rest = null
    this.read(whole, 0, length)
  }

  private read(bytes: Buffer, from: number, to: number) {
    let at = from
    let needed = 0
    while (to - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 127
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (to - at < head) break
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6)
      if (to - at < head + length) {
        needed = head + length
        break
      }
      this.pass(bytes[at] ?? 0, bytes, at + head, at + head + length)
      at += head + length
    }
    if (at < to) this.keep(bytes, { from: at, to, needed })
  }

  private keep(bytes: Buffer, { from, to, needed }: { from: number; to: number; needed: number }) {
    this.needed = Math.max(needed, to - from + 1)
    this.rest = Buffer.allocUnsafe(Math.max(this.needed, 64))
    this.held = bytes.copy(this.rest, 0, from, to)
  }

  private pass(first: number, bytes: Buffer, from: number, to: number) {
    const opcode = first & 15
    const final = (first & 0x80) !== 0
    if (final && opcode !== opcodes.continuation) {
      this.onFrame(opcode, bytes, from, to)
      return
    }
    this.fragments.push(Buffer.from(bytes.subarray(from, to)))
    if (!final) return
    const message = Buffer.concat(this.fragments)
    this.fragments = []
    this.onFrame(opcodes.binary, message, 0, message.length)
  }
}
