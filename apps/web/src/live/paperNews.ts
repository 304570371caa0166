/** The server says in a group's room that more is known of some papers; whoever shows them asks for them. Lost, it is caught up with by asking now and then. */
const listeners = new Set<(papers: readonly string[]) => void>()

export const onPaperNews = (listener: (papers: readonly string[]) => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** `ids` as they travel. */
export const tellPaperNews = (ids: string) => {
  for (const listener of listeners) listener(ids.split(','))
}
