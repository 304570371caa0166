import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, type ReactNode, type RefObject, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { cameBack, placeIn, rememberPlace } from './scrollMemory.ts'
import styles from './VirtualList.module.css'

/** What the keyboard asks of a list, whether a row is there yet or not. */
export interface ListHandle {
  ids: () => readonly string[]
  /** Brings a row into sight, by no more than is needed, and gives it the focus. */
  focus: (id: string) => void
}

interface VirtualListProps {
  /** The rows, in order. */
  ids: readonly string[]
  label: string
  /** What a row of average length measures, px. */
  estimate: number
  /** A row that is never left out, such as the open one. */
  keep?: string | null
  /** Names the list where its place is remembered: its address. */
  name: string
  handle?: RefObject<ListHandle | null>
  className?: string | undefined
  rowClassName?: string | undefined
  /** Ids of the elements of a row: itself, and what takes its focus. */
  rowId: (id: string) => string
  focusId: (id: string) => string
  children: (id: string) => ReactNode
  onFocusRow?: (id: string) => void
  onFocusWithin?: (within: boolean) => void
  onPointerWithin?: (within: boolean) => void
}

/** Rows beyond either edge of the screen that are there already: a key held down moves through some before the next are drawn. */
const overscan = 8
/** What of the screen is under the bar and a toolbar above, and free below, rem. */
const margins = { above: 7.75, below: 1.25 }
const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/**
 * A list of any length of which only the rows in sight are in the page. They stand in the page's own scrolling and in their
 * order; each says which of how many it is. The row with the focus and its neighbours stay when they are scrolled away, so
 * that the focus is never lost and Tab goes on from where it is.
 */
export function VirtualList(props: VirtualListProps) {
  const { ids, label, keep = null, name, handle, className, rowClassName, rowId, focusId, children } = props
  const list = useRef<HTMLOListElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const [wanted, setWanted] = useState<string | null>(null)
  const margin = useOffset(list)
  const pinned = [focused, keep, wanted].flatMap(id => (id === null ? [] : around(ids.indexOf(id), ids.length)))
  const virtualizer = useWindowVirtualizer<HTMLLIElement>({
    count: ids.length,
    estimateSize: () => props.estimate,
    getItemKey: index => ids[index] ?? index,
    overscan,
    scrollMargin: margin,
    scrollPaddingStart: margins.above * rem(),
    scrollPaddingEnd: margins.below * rem(),
    rangeExtractor: (range: Range) => withPinned(defaultRangeExtractor(range), pinned),
    // Rows are drawn in React's own time: a scroll that waits for them stutters.
    useFlushSync: false,
  })
  const current = useRef({ ids, virtualizer })
  current.current = { ids, virtualizer }

  const bring = useCallback((id: string) => {
    const index = current.current.ids.indexOf(id)
    if (index !== -1) current.current.virtualizer.scrollToIndex(index, { align: 'auto' })
  }, [])
  useImperativeHandle(
    handle,
    () => ({
      ids: () => current.current.ids,
      focus: id => {
        document.getElementById(focusId(id))?.focus({ preventScroll: true })
        bring(id)
        setWanted(id)
      },
    }),
    [bring, focusId],
  )
  // A row that was not there when it was asked for gets the focus now.
  useEffect(() => {
    if (wanted === null) return
    const element = document.getElementById(focusId(wanted))
    if (element === null) return
    element.focus({ preventScroll: true })
    setWanted(null)
  })
  usePlace({ name, current, margin, open: keep })

  const onFocus = (event: FocusEvent) => {
    const id = rowOf(event.target)
    if (id === null) return
    setFocused(id)
    props.onFocusWithin?.(true)
    props.onFocusRow?.(id)
  }
  const onBlur = (event: FocusEvent) => {
    if (event.currentTarget.contains(event.relatedTarget)) return
    setFocused(null)
    props.onFocusWithin?.(false)
  }
  return (
    <ol
      ref={list}
      className={[styles.list, className].filter(Boolean).join(' ')}
      style={{ height: virtualizer.getTotalSize() }}
      aria-label={label}
      onPointerEnter={event => props.onPointerWithin?.(event.pointerType === 'mouse')}
      onPointerLeave={() => props.onPointerWithin?.(false)}
      onFocus={onFocus}
      onBlur={onBlur}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const id = ids[index] ?? ''
        return (
          <li
            key={id}
            ref={virtualizer.measureElement}
            id={rowId(id)}
            className={[styles.row, rowClassName].filter(Boolean).join(' ')}
            style={{ top: start - margin }}
            data-index={index}
            data-paper={id}
            data-open={id === keep || undefined}
            aria-setsize={ids.length}
            aria-posinset={index + 1}
          >
            {children(id)}
          </li>
        )
      })}
    </ol>
  )
}

const rowOf = (target: EventTarget): string | null => (target instanceof Element && target.closest<HTMLElement>('[data-paper]')?.dataset.paper) || null

const around = (index: number, count: number): number[] => (index === -1 ? [] : [index - 1, index, index + 1].filter(at => at >= 0 && at < count))
const withPinned = (range: number[], pinned: readonly number[]): number[] =>
  pinned.every(index => range.includes(index)) ? range : [...new Set([...range, ...pinned])].sort((a, b) => a - b)

/** How far down the page the list begins, px; told anew when what is above it changes. */
const useOffset = (list: RefObject<HTMLElement | null>): number => {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const element = list.current
    const parent = element?.parentElement
    if (!element || !parent) return
    const measure = () => setOffset(Math.round(element.getBoundingClientRect().top + window.scrollY))
    measure()
    // The parent grows with the list, too: what is measured then is the same, and nothing renders.
    const observer = new ResizeObserver(measure)
    for (const above of [parent, ...parent.children]) if (above !== element) observer.observe(above)
    return () => observer.disconnect()
  }, [list])
  return offset
}

type Current = RefObject<{ ids: readonly string[]; virtualizer: ReturnType<typeof useWindowVirtualizer<HTMLLIElement>> }>

/** Opens the list where it was left, or at the row that the address names; and remembers where it is left. */
const usePlace = ({ name, current, margin, open }: { name: string; current: Current; margin: number; open: string | null }) => {
  const settled = useRef(false)
  useLayoutEffect(() => {
    // Without knowing where the list begins no place in it can be found.
    if (settled.current || margin === 0) return
    settled.current = true
    const { ids, virtualizer } = current.current
    const place = cameBack() ? placeIn(name) : null
    const index = place === null ? -1 : ids.indexOf(place.id)
    const start = virtualizer.measurementsCache[index]?.start
    if (place !== null && start !== undefined) window.scrollTo(0, start + place.past)
    else if (open !== null && ids.includes(open)) virtualizer.scrollToIndex(ids.indexOf(open), { align: 'auto' })
  }, [name, current, margin, open])
  // Before the rows are gone, and the page with them too short for where it was.
  useLayoutEffect(() => {
    const leave = () => {
      // A list that went again before it was where it was left has nothing to say of that.
      if (!settled.current) return
      const { ids, virtualizer } = current.current
      // The list hears of a scroll some time after it.
      const offset = window.scrollY
      const first = virtualizer.measurementsCache.find(({ end }) => end > offset)
      const id = ids[first?.index ?? -1]
      rememberPlace(name, offset < 1 || first === undefined || id === undefined ? null : { id, past: Math.round(offset - first.start) })
    }
    window.addEventListener('pagehide', leave)
    // Kept by the browser with this step of the history: it must not scroll to pixels where the list goes to its row.
    history.scrollRestoration = 'manual'
    return () => {
      history.scrollRestoration = 'auto'
      window.removeEventListener('pagehide', leave)
      leave()
      // It may come back as it is, after React hid it for a moment.
      settled.current = false
    }
  }, [name, current])
}
