import { messages, syncMessages } from '@paperboard/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** A message from a client, as in docs/protocol.md. */
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

const message = (write: (encoder: encoding.Encoder) => void): Uint8Array => encoding.encode(write)

/** A sync message: its sub-type, then a state vector or an update. */
export const syncMessage = (type: keyof typeof syncMessages, body: Uint8Array): Uint8Array =>
  message(encoder => {
    encoding.writeVarUint(encoder, messages.sync)
    encoding.writeVarUint(encoder, syncMessages[type])
    encoding.writeVarUint8Array(encoder, body)
  })

/** An awareness message around states that are encoded already. */
export const awarenessMessage = (states: readonly Uint8Array[]): Uint8Array =>
  message(encoder => {
    encoding.writeVarUint(encoder, messages.awareness)
    const body = encoding.encode(inner => {
      encoding.writeVarUint(inner, states.length)
      for (const state of states) encoding.writeUint8Array(inner, state)
    })
    encoding.writeVarUint8Array(encoder, body)
  })

/** "Everything up to your n-th document message on this connection is durable." */
export const ackMessage = (count: number): Uint8Array =>
  message(encoder => {
    encoding.writeVarUint(encoder, messages.ack)
    encoding.writeVarUint(encoder, count)
  })
