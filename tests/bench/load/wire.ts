import { messages, syncMessages } from '@paperboard/shared/protocol'
import * as encoding from 'lib0/encoding'

/**
 * How a server is spoken to. Hocuspocus puts a document's name before each message and asks for a token first; to a
 * broadcaster, which keeps nothing, a client just sends.
 */
export type Protocol = 'y-websocket' | 'hocuspocus' | 'broadcast'

/** Hocuspocus's own messages: an answer to a step 1 that asks for none back; and 1 for a change that it calls saved. */
export const syncReply = 4
export const syncStatus = 8
/** Hocuspocus's second number of an auth message. */
export const auth = { token: 0, denied: 1, granted: 2 } as const

/** The empty document's state vector, and an update that changes nothing. */
const emptyVector = Uint8Array.of(0)
const emptyUpdate = Uint8Array.of(0, 0)

/** The messages of one client in one room. */
export class Wire {
  readonly protocol: Protocol
  private readonly room: string

  constructor(protocol: Protocol, room: string) {
    this.protocol = protocol
    this.room = room
  }

  token(): Uint8Array {
    return this.message(encoder => {
      encoding.writeVarUint(encoder, messages.auth)
      encoding.writeVarUint(encoder, auth.token)
      encoding.writeVarString(encoder, 'bench')
      encoding.writeVarString(encoder, '4.7.0')
    })
  }

  step1 = () => this.sync('step1', emptyVector)
  step2 = (update: Uint8Array = emptyUpdate) => this.sync('step2', update)
  update = (update: Uint8Array) => this.sync('update', update)

  private sync(type: keyof typeof syncMessages, body: Uint8Array): Uint8Array {
    return this.message(encoder => {
      encoding.writeVarUint(encoder, messages.sync)
      encoding.writeVarUint(encoder, syncMessages[type])
      encoding.writeVarUint8Array(encoder, body)
    })
  }

  /** Somebody's state, as one JSON value. */
  awareness({ client, clock, state }: { client: number; clock: number; state: object }): Uint8Array {
    const body = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, JSON.stringify(state))
    })
    return this.message(encoder => {
      encoding.writeVarUint(encoder, messages.awareness)
      encoding.writeVarUint8Array(encoder, body)
    })
  }

  private message(write: (encoder: encoding.Encoder) => void): Uint8Array {
    return encoding.encode(encoder => {
      if (this.protocol === 'hocuspocus') encoding.writeVarString(encoder, this.room)
      write(encoder)
    })
  }
}

/** Reads variable-length numbers out of a buffer without making anything. */
export class Cursor {
  at = 0
  private bytes: Buffer = Buffer.alloc(0)

  begin(bytes: Buffer, at: number) {
    this.bytes = bytes
    this.at = at
  }

  number(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
}
