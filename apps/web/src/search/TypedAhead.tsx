import { type RefObject, useLayoutEffect } from 'react'

/** While the palette is on its way, what is typed is kept for it, and does nothing to the page. */
export function TypedAhead({ text, onClose }: { text: RefObject<string>; onClose: () => void }) {
  // A layout effect, so that it lets go in the very step in which the palette takes over.
  useLayoutEffect(() => {
    const keep = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') onClose()
      else if (event.key === 'Backspace') text.current = text.current.slice(0, -1)
      else if (event.key.length === 1) text.current += event.key
    }
    document.addEventListener('keydown', keep, { capture: true })
    return () => document.removeEventListener('keydown', keep, { capture: true })
  }, [text, onClose])
  return null
}
