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

/** A frame, several in a row, or a part of one: what is written at once, in order. */
export type Piece = Uint8Array

/** Frames from which on copying costs more than a piece of its own, and what small ones are gathered to. */
const pieceBytes = 16 * 1024

/** The same bytes in few pieces: each costs, so small frames are copied together; large ones are shared by all whom they are told. */
export function gathered(frames: readonly Frame[]): Gathered[] {
  const all: Gathered[] = []
  for (let from = 0; from < frames.length; ) {
    let [to, bytes] = [from, 0]
    for (; to < frames.length && (to === from || bytes + lengthAt(frames, to) <= pieceBytes); to++) bytes += lengthAt(frames, to)
    const held = frames.slice(from, to)
    const [first] = held
    const piece = held.length === 1 && first !== undefined ? first : Buffer.concat(held, bytes)
    all.push({ piece, from, frames: held })
    from = to
  }
  return all
}

/** A piece, and the frames in it: the first of them is number `from` of all. */
export interface Gathered {
  piece: Buffer
  from: number
  frames: readonly Frame[]
}

/**
 * The same but for some frames, whose numbers ascend, and with others behind. Long stretches are cut out of the pieces: to
 * put the rest together frame by frame, for each of twenty who write, cost as much as all that was written to a hundred.
 */
export function gatheredBut(all: readonly Gathered[], left: readonly number[], behind: readonly Frame[]): Piece[] {
  const pieces: Piece[] = []
  let next = 0
  for (const [n, { piece, from, frames }] of all.entries()) {
    const last = n === all.length - 1
    const stretches: Uint8Array[] = []
    let [begin, end] = [0, 0]
    for (const [k, frame] of frames.entries()) {
      if (left[next] === from + k) {
        next += 1
        if (end > begin) stretches.push(piece.subarray(begin, end))
        begin = end + frame.length
      }
      end += frame.length
    }
    if (end > begin) stretches.push(begin === 0 ? piece : piece.subarray(begin, end))
    if (last && piece.length <= pieceBytes) stretches.push(...behind)
    const [only] = stretches
    if (stretches.length === 1 && only !== undefined) pieces.push(only)
    else if (stretches.length > 1) pieces.push(Buffer.concat(stretches))
    if (last && piece.length > pieceBytes) pieces.push(...behind)
  }
  return pieces
}

const lengthAt = (frames: readonly Frame[], n: number) => frames[n]?.length ?? 0

/** A sync message: its sub-type, then a state vector or an update. */
export const syncMessage = (type: keyof typeof syncMessages, body: Uint8Array): Frame =>
  frame([messages.sync, syncMessages[type], ...varUint(body.length)], [body])

/** The same in two pieces, the second of which is `body` itself: for what is too large to be copied. */
export const syncPieces = (type: keyof typeof syncMessages, body: Uint8Array): Piece[] => {
  const head = [messages.sync, syncMessages[type], ...varUint(body.length)]
  return [begun(head, head.length + body.length), body]
}

/** A sync message whose body, an update, is packed. */
export const packedMessage = (type: 'step2' | 'update', packed: Uint8Array): Frame =>
  frame([messages.packed, syncMessages[type], ...varUint(packed.length)], [packed])

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

/** "What stands for the agenda of this meeting has changed: ask for it." */
export const standingMessage = (): Frame => frame([messages.standing], [])

/** "What the rows say of the group's boards of these days has changed: ask for the lists that have them." */
export const boardsMessage = (days: readonly string[]): Frame => {
  const text = Buffer.from(days.join(','))
  return frame([messages.boards, ...varUint(text.length)], [text])
}

/** `head` are the first bytes of the message. */
const frame = (head: readonly number[], parts: readonly Uint8Array[]): Frame => {
  const length = head.length + lengthOf(parts)
  const bytes = begun(head, length, length)
  let at = bytes.length - length + head.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A frame around `length` bytes up to the end of `head`, with room for `room` of them. */
const begun = (head: readonly number[], length: number, room = head.length): Frame => {
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const bytes = Buffer.allocUnsafe(2 + lengthBytes + room)
  bytes[0] = 0x82 // The last frame of its message, binary.
  bytes[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127
  if (lengthBytes === 2) bytes.writeUInt16BE(length, 2)
  else if (lengthBytes === 8) bytes.writeBigUInt64BE(BigInt(length), 2)
  let at = 2 + lengthBytes
  for (const byte of head) bytes[at++] = byte
  return bytes
}

export const lengthOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0)

/** As lib0 writes them: seven bits a byte, the lowest first. */
const varUint = (number: number): number[] => {
  const bytes: number[] = []
  let rest = number
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128))
  bytes.push(rest)
  return bytes
}
