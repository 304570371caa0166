/** The server says in a group's room that its boards of some days have changed; lists over them are asked for anew. Lost, the next visit asks. */
const listeners = new Set<() => void>()

export const onBoardNews = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const tellBoardNews = () => {
  for (const listener of listeners) listener()
}
