/** The server says in the room of a meeting that what stands for its agenda has changed; whoever shows that asks for it. Lost, it is caught up with by asking now and then. */
const listeners = new Set<() => void>()

export const onStandingNews = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const tellStandingNews = () => {
  for (const listener of listeners) listener()
}
