/**
 * What servers on one database tell each other. Nothing depends on its arrival: the log in the database is the truth,
 * and what is lost here is found there, a little later.
 */
import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { z } from 'zod'
import { News } from './news.ts'

/** Whose sockets are to be closed: those of a session, of a person (in one group or in all), or of a whole group. */
export interface Whom {
  session?: string | undefined
  person?: string | undefined
  group?: string | undefined
}

/** Whether a socket is one of theirs. */
export const isMeant = (who: Whom, socket: { session: string; member: string; group: string }): boolean =>
  (who.session === undefined || who.session === socket.session) &&
  (who.person === undefined || who.person === socket.member) &&
  (who.group === undefined || who.group === socket.group)

const Seq = z.int().min(0)
const Bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array)
const Update = z.object({ seq: Seq, data: Bytes, actor: z.string(), at: z.number(), newClients: z.array(z.int()) })

export const RoomMessage = z.discriminatedUnion('kind', [
  /** These follow directly on `before` in the log of the room. */
  z.object({ kind: z.literal('stored'), before: Seq, updates: z.array(Update).min(1) }),
  /** Who is on that server, as the body of an awareness message. */
  z.object({ kind: z.literal('present'), states: Bytes }),
  z.object({ kind: z.literal('whoIsHere') }),
])
export type RoomMessage = z.infer<typeof RoomMessage>

const codes: readonly unknown[] = Object.values(closeCodes)
export const ServerMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('disconnect'),
    who: z.object({ session: z.string().optional(), person: z.string().optional(), group: z.string().optional() }),
    code: z.custom<CloseCode>(code => codes.includes(code)),
  }),
  /** The settings of a group have changed. */
  z.object({ kind: z.literal('refresh'), group: z.string() }),
  News,
  z.object({ kind: z.literal('beat') }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/** Who hears what the others say. `server` names who said it. */
export interface Listener {
  room(room: string, message: RoomMessage, server: string): void
  server(message: ServerMessage): void
  /** Messages arrive again after some may have been lost. */
  restored(): void
}

export interface Fanout {
  /** Whether messages arrive. While they do not, look at the log. */
  readonly connected: boolean
  listen(listener: Listener): void
  tellRoom(room: string, message: RoomMessage): void
  tellServers(message: ServerMessage): void
  /** From when this resolves on, what is said in a room is heard, if anything is. */
  enter(room: string): Promise<void>
  leave(room: string): void
  close(): Promise<void>
}

/** A message with who says it, as it travels. */
export const packed = (server: string, message: RoomMessage | ServerMessage): Buffer =>
  Buffer.from(
    encoding.encode(encoder => {
      encoding.writeVarString(encoder, server)
      encoding.writeAny(encoder, message)
    }),
  )

/** Null for what this version does not know: another one may run beside it during an upgrade. */
export const unpacked = <T>(bytes: Uint8Array, schema: z.ZodType<T>): { server: string; message: T } | null => {
  const decoder = decoding.createDecoder(bytes)
  const server = decoding.readVarString(decoder)
  const read = schema.safeParse(decoding.readAny(decoder))
  return read.success ? { server, message: read.data } : null
}
