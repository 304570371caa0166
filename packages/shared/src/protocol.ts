/**
 * Message types on a sync socket, the first varUint of each binary message. 0 to 3 are y-websocket's own; 4 to 8 are
 * ours, sent only to clients that connect with `?ack=1`, and 9 to those that name `packing`, since y-websocket's client logs types
 * that it does not know.
 */
export const messages = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, ack: 4, notices: 5, papers: 6, standing: 7, boards: 8, packed: 9 } as const
/** Second varUint of a sync message (y-protocols). */
export const syncMessages = { step1: 0, step2: 1, update: 2 } as const
/** How states are packed, for those that ask by `?packed=deflate`: as zlib does (RFC 1950), whose sum tells of damage. Browsers have it built in. */
export const packing = 'deflate'
/** Where sync sockets are opened: `/sync/<room name>`. */
export const syncPath = '/sync'
