/** Why a request failed: a closed set. A file of its own, so that the web app knows the codes without the schemas. */
export const errorCodes = [
  'invalid',
  'not-signed-in',
  'wrong-credentials',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'too-many-requests',
  'bad-origin',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]
