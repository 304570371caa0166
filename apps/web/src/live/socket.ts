import { messages, packing, syncMessages } from '@paperboard/shared/protocol'
import * as decoding from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { tellBoardNews } from './boardNews.ts'
import { isFinal } from './closing.ts'
import { tellNews } from './news.ts'
import { tellPaperNews } from './paperNews.ts'
import { tellStandingNews } from './standingNews.ts'
import { canUnpack, unpacking } from './unpacking.ts'

export type SocketClass = typeof WebSocket

/** Whether a frame carries changes: a step 2, an update, or (null) neither. */
const changesIn = (data: unknown): 'step2' | 'update' | null => {
  if (!(data instanceof Uint8Array) || data[0] !== messages.sync) return null
  return data[1] === syncMessages.step2 ? 'step2' : data[1] === syncMessages.update ? 'update' : null
}

/** A socket class that tells of each message with changes as it leaves: y-websocket itself does not say. */
const telling = (base: SocketClass, sending: (step2: boolean) => void): SocketClass =>
  class extends base {
    override send(data: Parameters<WebSocket['send']>[0]) {
      const changes = changesIn(data)
      if (changes !== null) sending(changes === 'step2')
      super.send(data)
    }
  }

/** y-websocket hands every change of awareness to the server, also those that came from there; this leaves it our own. */
const sendOwnPresenceOnly = (provider: WebsocketProvider) => {
  const { awareness, _awarenessUpdateHandler: send } = provider
  awareness.off('update', send)
  awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
    const own = (ids: number[]) => ids.filter(id => id === awareness.clientID)
    if (own([...added, ...updated, ...removed]).length > 0) send({ added: own(added), updated: own(updated), removed: own(removed) }, origin)
  })
}

/**
 * A provider that is not connected yet. `sending` hears of each message with changes before it leaves, `stored` how many
 * of this connection's are on the server's disk.
 */
export const createProvider = (
  room: { url: string; name: string; doc: Y.Doc; socket: SocketClass },
  heard: { sending: (step2: boolean) => void; stored: (count: number) => void },
): WebsocketProvider => {
  const provider: WebsocketProvider = new WebsocketProvider(room.url, room.name, room.doc, {
    connect: false,
    params: canUnpack() ? { ack: '1', packed: packing } : { ack: '1' },
    // Tabs would exchange changes around the server's check.
    disableBc: true,
    WebSocketPolyfill: telling(
      unpacking(room.socket, () => {
        // Whatever it is that damages them on the way: they come as they are from now on.
        provider.params = { ack: '1' }
      }),
      heard.sending,
    ),
    shouldReconnect: ({ code }) => !isFinal(code),
  })
  provider.messageHandlers[messages.ack] = (_encoder, decoder) => heard.stored(decoding.readVarUint(decoder))
  provider.messageHandlers[messages.notices] = tellNews
  provider.messageHandlers[messages.boards] = tellBoardNews
  provider.messageHandlers[messages.papers] = (_encoder, decoder) => tellPaperNews(decoding.readVarString(decoder))
  provider.messageHandlers[messages.standing] = tellStandingNews
  // y-websocket would announce an empty state, which is nobody's.
  provider.awareness.setLocalState(null)
  sendOwnPresenceOnly(provider)
  return provider
}
