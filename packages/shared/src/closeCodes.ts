/**
 * Codes with which the server closes a sync socket. RFC 6455 leaves 4000–4999 to applications; y-websocket's
 * client stays away after 4400–4499 (a deliberate decision that reconnecting cannot mend) and reconnects after
 * any other. The close reason is at most 123 bytes: a refusal's code, then the record it was about.
 */
export const closeCodes = {
  /** Not a message of the protocol: an unknown type, or bytes that do not decode. */
  malformed: 4400,
  /** No session, or it has ended. Sign in, then connect again. */
  signedOut: 4401,
  /** Signed in, but not a member of this group. */
  notMember: 4403,
  /** No such group, or no board for a date that far away. */
  noRoom: 4404,
  /** A change broke a rule. Nothing of the message was stored. Discard the local document and open it again. */
  refused: 4409,
  /** More messages than a person can make, for longer than a burst. */
  tooFast: 4429,
  /** What this socket may do has changed. Connect again: access is decided when a socket opens. */
  accessChanged: 4500,
  /** The store could not take the change, more waits in the room than may, or the server is stopping. Nothing was told to anyone. Connect again. */
  unavailable: 4503,
  /** What is stored of the room is damaged: it can be read, and not changed until somebody restores it. Keep what you have, and connect again. */
  damaged: 4510,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]
