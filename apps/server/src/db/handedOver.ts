/** Bytes that nobody here looks at again: on their way to another thread they are not copied, and not in memory twice. */

const buffers = new WeakSet<ArrayBufferLike>()

/** Whoever gives `bytes` has no more use for them: they may be empty from the next moment on. */
export function handOver<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  // Of others, which share their memory, a copy is made.
  if (bytes.byteLength === bytes.buffer.byteLength) buffers.add(bytes.buffer)
  return bytes
}

/** The memory of those among `values` that were handed over. */
export const handedOver = (values: readonly unknown[]): ArrayBuffer[] => [
  ...new Set(values.flatMap(value => (value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && buffers.has(value.buffer) ? [value.buffer] : []))),
]
