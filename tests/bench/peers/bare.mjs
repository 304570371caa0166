/**
 * What Node and ws can do at best for those who join: one write with the handshake's answer and the state vector, one with the state,
 * which was packed before, and presence told together. It knows nobody, reads no document and stores nothing.
 */
import { createServer } from 'node:http'
import { deflateSync } from 'node:zlib'
import { WebSocketServer } from 'ws'

/** ms that presence gathers. */
const gather = 50
/** From this size on an update is the board that the room is filled with. */
const whole = 1024

const frame = (...parts) => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10)
  head[0] = 0x82
  head[1] = body.length < 126 ? body.length : body.length < 65_536 ? 126 : 127
  if (head.length === 4) head.writeUInt16BE(body.length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(body.length), 2)
  return Buffer.concat([head, body])
}
const varUint = number => {
  const bytes = []
  for (; number > 127; number = Math.floor(number / 128)) bytes.push(128 | (number % 128))
  return Buffer.from([...bytes, number])
}

const asks = frame(Buffer.from([0, 0, 1, 0]))
const acknowledges = frame(Buffer.from([4, 1]))
const nothing = frame(Buffer.from([0, 1, 2, 0, 0]))

/** Room → its sockets, its state as it is sent, and who came since presence was last told. */
const rooms = new Map()
const roomAt = url => {
  const known = rooms.get(url) ?? { streams: new Set(), state: nothing, present: new Map(), news: [], timer: null, all: null }
  rooms.set(url, known)
  return known
}

/** An awareness message around what clients said about themselves: each said one state, in one byte's count. */
const presence = states => {
  const body = Buffer.concat([varUint(states.length), ...states])
  return frame(Buffer.from([1]), varUint(body.length), body)
}

const heard = (room, stream, message) => {
  // Type, length in one byte, the number of states, which is one.
  const state = Buffer.from(message.subarray(3))
  room.present.set(stream, state)
  room.news.push(state)
  room.timer ??= setTimeout(() => {
    room.timer = null
    room.all = null
    const told = presence(room.news.splice(0))
    for (const each of room.streams) each.write(told)
  }, gather)
}

const take = (room, stream, message) => {
  if (message[0] === 1) heard(room, stream, message)
  else if (message[1] === 0) {
    stream.cork()
    process.nextTick(() => stream.uncork())
    stream.write(room.state)
  } else if (message.length >= whole) {
    // The length of an update of this size takes three bytes.
    const packed = deflateSync(message.subarray(5))
    room.state = frame(Buffer.from([9, 1]), varUint(packed.length), packed)
  } else stream.write(acknowledges)
}

const sockets = new WebSocketServer({ noServer: true })
const server = createServer((_, response) => response.end())
server.on('upgrade', (incoming, stream, head) => {
  const room = roomAt(incoming.url)
  stream.cork()
  sockets.handleUpgrade(incoming, stream, head, socket => {
    room.streams.add(stream)
    stream.write(asks)
    if (room.present.size > 0) {
      room.all ??= presence([...room.present.values()])
      stream.write(room.all)
    }
    socket.on('message', message => take(room, stream, message))
    socket.on('close', () => {
      room.streams.delete(stream)
      room.present.delete(stream)
    })
  })
  stream.uncork()
})
server.listen(Number(process.env.PORT), process.env.HOST)
