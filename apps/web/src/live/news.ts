/** The server says on any open socket that there is something new for this member; whoever shows that listens here. */
const listeners = new Set<() => void>()

export const onNews = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const tellNews = () => {
  for (const listener of listeners) listener()
}
