import type * as Y from 'yjs'
import type { View } from './views.ts'

/** The views asked of a room's document, and who wants to hear when an answer may have changed. */
export class RoomViews {
  #doc: Y.Doc
  #opened: { roots: readonly string[]; changed: (root: string, keys: readonly string[]) => void }[] = []
  #listeners = new Map<() => void, readonly string[]>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** The answer to a view; the same object until a transaction touches its roots. */
  readonly read = <T>(view: View<T>): T => {
    let opened = view.opened.get(this.#doc)
    if (opened === undefined) {
      opened = view.open(this.#doc, this.read)
      view.opened.set(this.#doc, opened)
      this.#opened.push({ roots: view.roots, changed: opened.changed })
    }
    return opened.value()
  }

  /** Calls back after each transaction that touched one of the root maps, and when the document is replaced. */
  readonly observe = (roots: readonly string[], listener: () => void): (() => void) => {
    this.#listeners.set(listener, roots)
    return () => this.#listeners.delete(listener)
  }

  changed(touched: ReadonlyMap<string, readonly string[]>) {
    for (const view of this.#opened) {
      for (const root of view.roots) if (touched.has(root)) view.changed(root, touched.get(root) ?? [])
    }
    for (const [listener, roots] of this.#listeners) if (roots.some(root => touched.has(root))) listener()
  }

  replaced(doc: Y.Doc) {
    this.#doc = doc
    this.#opened = []
    for (const listener of this.#listeners.keys()) listener()
  }
}
