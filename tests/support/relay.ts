/** A relay of TCP connections: before several servers it deals them out in turn, and before one it is a cable that can be cut. */
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Relay {
  port: number
  /** From now on nothing gets through, in silence, as with a cable that is pulled. New connections are taken and hear nothing. */
  cut(): void
  /** Lets new connections through. Those that were cut end. */
  mend(): void
}

/** Relays to the ports on 127.0.0.1 in turn, passing over those where nobody listens. Ends when the test does, or with `onEnd` when that says. */
export async function startRelay(ports: readonly number[], onEnd: (end: () => Promise<void>) => void = onTestFinished): Promise<Relay> {
  const pairs = new Set<{ near: Socket; far: Socket | null }>()
  let isCut = false
  let next = 0
  const relay = (near: Socket, triesLeft: number) => {
    const far = connect({ host: '127.0.0.1', port: ports[next++ % ports.length] ?? 0, noDelay: true })
    const pair = { near, far }
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    far.once('connect', () => {
      pairs.add(pair)
      near.pipe(far).pipe(near)
      for (const socket of [near, far]) socket.on('close', end)
    })
    far.on('error', () => {
      if (pairs.has(pair)) end()
      else if (triesLeft > 0) relay(near, triesLeft - 1)
      else near.destroy()
    })
  }
  const server = createServer({ noDelay: true }, near => {
    near.on('error', () => near.destroy())
    if (isCut) pairs.add({ near, far: null })
    else relay(near, ports.length - 1)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const endAll = () => {
    for (const { near, far } of pairs) {
      near.destroy()
      far?.destroy()
    }
    pairs.clear()
  }
  onEnd(async () => {
    endAll()
    await new Promise<void>(resolve => server.close(() => resolve()))
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: () => {
      isCut = true
      for (const { near, far } of pairs) {
        near.unpipe()
        far?.unpipe()
        near.pause()
        far?.pause()
      }
    },
    mend: () => {
      isCut = false
      endAll()
    },
  }
}
