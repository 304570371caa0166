/** Rows that are put in another order: dragged by their handle, by mouse or finger, or moved from there with the arrows. */
import { type ComponentProps, type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** So near (px) to the edge of the screen it scrolls while something is dragged, and so far with each frame. */
const edge = 72
const step = 9

interface Wanted {
  /** The rows, in their order. */
  ids: readonly string[]
  titleOf: (id: string) => string
  /** Brings a row to be the `nth`, from 1; false where that may not be. */
  onMove: (id: string, nth: number) => boolean
}

export interface Reorder {
  list: RefObject<HTMLOListElement | null>
  /** What makes a button the handle of a row. */
  handle: (id: string) => ComponentProps<'button'>
  /** Where what is dragged would come, beside this row. */
  dropped: (id: string) => 'above' | 'below' | null
  dragged: string | null
  move: (id: string, nth: number) => void
  /** What was moved, to be said. */
  told: string
}

export function useReorder({ ids, titleOf, onMove }: Wanted): Reorder {
  const list = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<{ id: string; nth: number } | null>(null)
  const [told, setTold] = useState('')
  /** Where the pointer is on the screen, while something is dragged. */
  const pointer = useRef<number | null>(null)
  /** The row whose handle was moved by key: it keeps the focus. */
  const keyed = useRef<string | null>(null)
  // Keys that repeat come faster than what they do is drawn: until that is, the order is what they have made of it.
  const order = useRef(ids)
  const drawn = useRef(ids)
  if (ids.join() !== drawn.current.join()) {
    drawn.current = ids
    order.current = ids
  }
  const nthOf = (id: string) => order.current.indexOf(id) + 1

  const move = (id: string, nth: number) => {
    if (nth < 1 || nth > ids.length || nth === nthOf(id) || !onMove(id, nth)) return
    order.current = order.current.filter(other => other !== id).toSpliced(nth - 1, 0, id)
    setTold(`${titleOf(id)} is now ${nth} of ${ids.length}`)
  }
  /** The place that the pointer is at. */
  const placeUnder = (y: number): number => {
    const rows = [...(list.current?.children ?? [])].map(row => row.getBoundingClientRect())
    const above = rows.filter(({ top, height }) => y > top + height / 2).length
    return Math.min(Math.max(1, above + (above < rows.length ? 1 : 0)), rows.length)
  }
  const follow = () => {
    const y = pointer.current
    if (y !== null) setDrag(now => (now === null || now.nth === placeUnder(y) ? now : { ...now, nth: placeUnder(y) }))
  }
  const latest = useRef(follow)
  latest.current = follow

  const drags = drag !== null
  useEffect(() => {
    if (!drags) return
    let frame = requestAnimationFrame(function scroll() {
      const y = pointer.current ?? innerHeight / 2
      const by = y < edge ? -step : y > innerHeight - edge ? step : 0
      if (by !== 0) {
        scrollBy({ top: by, behavior: 'instant' })
        latest.current()
      }
      frame = requestAnimationFrame(scroll)
    })
    return () => cancelAnimationFrame(frame)
  }, [drags])

  // A browser takes the focus from what is moved in the page.
  useLayoutEffect(() => {
    if (keyed.current === null) return
    if (document.activeElement === document.body) list.current?.querySelector<HTMLElement>(`[data-handle="${keyed.current}"]`)?.focus()
    else if (document.activeElement?.getAttribute('data-handle') !== keyed.current) keyed.current = null
  })

  const end = () => {
    pointer.current = null
    setDrag(null)
  }
  const handle = (id: string): ComponentProps<'button'> & { 'data-handle': string } => ({
    'data-handle': id,
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      pointer.current = event.clientY
      setDrag({ id, nth: nthOf(id) })
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag?.id !== id) return
      pointer.current = event.clientY
      follow()
    },
    onPointerUp: () => {
      // Where the pointer is, which need not be drawn yet.
      if (pointer.current !== null) move(id, placeUnder(pointer.current))
      end()
    },
    onPointerCancel: end,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') return end()
      const to = { ArrowUp: nthOf(id) - 1, ArrowDown: nthOf(id) + 1, Home: 1, End: ids.length }[event.key]
      if (to === undefined) return
      event.preventDefault()
      event.stopPropagation()
      keyed.current = id
      move(id, to)
    },
  })
  const dropped = (id: string) => {
    if (drag === null || drag.id === id || ids[drag.nth - 1] !== id) return null
    return nthOf(drag.id) < drag.nth ? 'below' : 'above'
  }
  return { list, handle, dropped, dragged: drag?.id ?? null, move, told }
}
