/** Messages byte by byte, as no honest client writes them. */
import { messages, syncMessages } from '@paperboard/shared/protocol'
import * as encoding from 'lib0/encoding'

type Part = number | string | Uint8Array | readonly Part[]

/** Numbers become varints, strings carry their length, bytes go in as they are. */
export const bytes = (...parts: readonly Part[]): Uint8Array =>
  encoding.encode(encoder => {
    const write = (part: Part) => {
      if (typeof part === 'number') encoding.writeVarUint(encoder, part)
      else if (typeof part === 'string') encoding.writeVarString(encoder, part)
      else if (part instanceof Uint8Array) encoding.writeUint8Array(encoder, part)
      else for (const inner of part) write(inner)
    }
    write(parts)
  })

/** A varint that goes on for ever. */
export const endlessNumber = new Uint8Array(64).fill(255)

const withLength = (body: Uint8Array) => bytes(body.length, body)

export const updateMessage = (update: Uint8Array) => bytes(messages.sync, syncMessages.update, withLength(update))
export const step1Message = (stateVector: Uint8Array) => bytes(messages.sync, syncMessages.step1, withLength(stateVector))
export const awarenessBody = (body: Uint8Array) => bytes(messages.awareness, withLength(body))
/** An awareness message with one state. */
export const presenceMessage = (client: number, clock: number, state: string) => awarenessBody(bytes(1, client, clock, state))

/** Content kinds of Yjs's structs, with no neighbours: what is read next is the parent. */
export const content = { deleted: 1 | 32, any: 8 | 32, string: 4 | 32, skip: 10 } as const
/** A parent that is a root map, and the key in it. */
export const inRoot = (root: string, key: string): Part => [1, root, key]

/** An update of one client from clock 0, without deletions. */
export const updateOf = (client: number, ...structs: readonly Part[]) => bytes(1, structs.length, client, 0, structs, 0)
