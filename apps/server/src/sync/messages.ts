/** The messages of docs/protocol.md: read as they come from clients, written as frames that any number of sockets can share. */
import { messages, syncMessages } from '@paperboard/shared/protocol'
import * as decoding from 'lib0/decoding'

/** A message from a client. */
export type ClientMessage =
  | { type: 'step1'; stateVector: Uint8Array }
  | { type: 'step2' | 'update'; update: Uint8Array }
  | { type: 'awareness'; states: Uint8Array }
  | { type: 'queryAwareness' }

/** Null when the bytes are no message of the protocol, or more than one. */
export const readMessage = (bytes: Uint8Array): ClientMessage | null => {
  try {
    const decoder = decoding.createDecoder(bytes)
    const message = readBody(decoder)
    return decoding.hasContent(decoder) ? null : message
  } catch {
    // lib0 throws at the end of the bytes.
    return null
  }
}

const readBody = (decoder: decoding.Decoder): ClientMessage | null => {
  switch (decoding.readVarUint(decoder)) {
    case messages.sync:
      return readSync(decoder)
    case messages.awareness:
      return { type: 'awareness', states: decoding.readVarUint8Array(decoder) }
    case messages.queryAwareness:
      return { type: 'queryAwareness' }
    default:
      return null
  }
}

const readSync = (decoder: decoding.Decoder): ClientMessage | null => {
  const type = decoding.readVarUint(decoder)
  const body = decoding.readVarUint8Array(decoder)
  if (type === syncMessages.step1) return { type: 'step1', stateVector: body }
  if (type === syncMessages.step2) return { type: 'step2', update: body }
  if (type === syncMessages.update) return { type: 'update', update: body }
  return null
}

/** One binary WebSocket frame as servers send it: whole and unmasked (RFC 6455, section 5.2). */
export type Frame = Buffer

/** A sync message: its sub-type, then a state vector or an update. */
export const syncMessage = (type: keyof typeof syncMessages, body: Uint8Array): Frame =>
  frame([messages.sync, syncMessages[type], ...varUint(body.length)], [body])

/** An awareness message around states that are encoded already. */
export const awarenessMessage = (states: readonly Uint8Array[]): Frame => {
  const count = varUint(states.length)
  return frame([messages.awareness, ...varUint(count.length + lengthOf(states)), ...count], states)
}

/** "Everything up to your n-th document message on this connection is durable." */
export const ackMessage = (count: number): Frame => frame([messages.ack, ...varUint(count)], [])

/** "There is something new for you, or you have read it elsewhere: ask for your notices." */
export const noticesMessage = (): Frame => frame([messages.notices], [])

/** "What is known of these papers of the group has changed: ask for them." */
export const papersMessage = (papers: readonly string[]): Frame => {
  const ids = Buffer.from(papers.join(','))
  return frame([messages.papers, ...varUint(ids.length)], [ids])
}

/** `head` are the first bytes of the message. */
const frame = (head: readonly number[], parts: readonly Uint8Array[]): Frame => {
  const length = head.length + lengthOf(parts)
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const bytes = Buffer.allocUnsafe(2 + lengthBytes + length)
  bytes[0] = 0x82 // The last frame of its message, binary.
  bytes[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127
  if (lengthBytes === 2) bytes.writeUInt16BE(length, 2)
  else if (lengthBytes === 8) bytes.writeBigUInt64BE(BigInt(length), 2)
  let at = 2 + lengthBytes
  for (const byte of head) bytes[at++] = byte
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const lengthOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0)

/** As lib0 writes them: seven bits a byte, the lowest first. */
const varUint = (number: number): number[] => {
  const bytes: number[] = []
  let rest = number
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128))
  bytes.push(rest)
  return bytes
}
