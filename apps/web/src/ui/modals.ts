import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react'

/** The modal dialogs that are open, the last one on top: all that stands outside of it is inert, and below it. */
let open: readonly HTMLDialogElement[] = []
const listeners = new Set<() => void>()

const set = (next: typeof open) => {
  open = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Opens a dialog as a modal one for as long as it is mounted. Gives the element once it is open. */
export const useModal = (ref: RefObject<HTMLDialogElement | null>): HTMLDialogElement | null => {
  const [element, setElement] = useState<HTMLDialogElement | null>(null)
  // A layout effect, because its end comes before the element leaves the page: only then does close() return the focus.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog === null) return
    if (!dialog.open) dialog.showModal()
    setElement(dialog)
    set([...open, dialog])
    return () => {
      set(open.filter(each => each !== dialog))
      dialog.close()
    }
  }, [ref])
  return element
}

/** The dialog on top, or null where none is open. */
export const useTopModal = (): HTMLDialogElement | null => useSyncExternalStore(subscribe, () => open.at(-1) ?? null)
