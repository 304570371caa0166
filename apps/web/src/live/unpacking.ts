import { messages, packing } from '@paperboard/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { SocketClass } from './socket.ts'

/** Whether this browser can unpack what the server packs. */
export const canUnpack = (): boolean => {
  try {
    new DecompressionStream(packing)
    return true
  } catch {
    return false
  }
}

/** Gives the bytes, unpacked on another thread. Rejects where they are damaged. */
const unpacked = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(packing))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const isPacked = (data: unknown): data is ArrayBuffer => data instanceof ArrayBuffer && new Uint8Array(data, 0, 1)[0] === messages.packed

/** The sync message that a packed one stands for. */
const unpackedMessage = async (data: ArrayBuffer): Promise<Uint8Array> => {
  const decoder = decoding.createDecoder(new Uint8Array(data))
  decoding.readVarUint(decoder)
  const type = decoding.readVarUint(decoder)
  const update = await unpacked(new Uint8Array(decoding.readVarUint8Array(decoder)))
  return encoding.encode(encoder => {
    encoding.writeVarUint(encoder, messages.sync)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, update)
  })
}

/**
 * Hands on messages in the order in which they came, packed ones as the sync messages that they stand for: whatever comes behind one
 * waits for it. After one that is damaged nothing more is handed on.
 */
class Unpacking {
  readonly #hear: (event: MessageEvent) => void
  readonly #damaged: () => void
  /** What came and was not handed on; the first is being unpacked. */
  readonly #waiting: MessageEvent[] = []

  constructor(hear: (event: MessageEvent) => void, damaged: () => void) {
    this.#hear = hear
    this.#damaged = damaged
  }

  take(event: MessageEvent) {
    if (this.#waiting.length === 0 && !isPacked(event.data)) this.#hear(event)
    else if (this.#waiting.push(event) === 1) void this.#handOn()
  }

  async #handOn() {
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      const event = isPacked(first.data) ? await this.#unpacked(first.data) : first
      // What waits is left there, so that nothing overtakes it.
      if (event === null) return this.#damaged()
      this.#waiting.shift()
      this.#hear(event)
    }
  }

  #unpacked(data: ArrayBuffer): Promise<MessageEvent | null> {
    return unpackedMessage(data).then(
      message => new MessageEvent('message', { data: message }),
      () => null,
    )
  }
}

/** A socket class that unpacks what comes packed. It closes after a message that is damaged; `damaged` is called before. */
export const unpacking = (base: SocketClass, damaged: () => void): SocketClass =>
  class extends base {
    constructor(...options: ConstructorParameters<SocketClass>) {
      super(...options)
      let listener: WebSocket['onmessage'] = null
      // y-websocket listens by this property alone.
      Object.defineProperty(this, 'onmessage', {
        get: () => listener,
        set: to => {
          listener = to
        },
      })
      const hear = (event: MessageEvent) => listener?.call(this, event)
      const messages = new Unpacking(hear, () => {
        damaged()
        this.close()
      })
      this.addEventListener('message', event => messages.take(event))
    }
  }
