import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import { AgendaRow } from './AgendaRow.tsx'
import type { AgendaView } from './agenda.ts'
import { moveTo } from './agendaActs.ts'
import { useNamed } from './names.ts'

/** The papers of an agenda. Whoever leads drags them by their handle, or moves them from there with the arrows. */
export function AgendaList({ view, mayChange }: { view: AgendaView; mayChange: boolean }) {
  const floor = useFloor()
  const named = useNamed()
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<{ paper: string; nth: number } | null>(null)
  const [told, setTold] = useState('')
  const { agenda, parts } = view
  const move = (paper: string, nth: number) => {
    if (nth < 1 || nth > agenda.items.length || !moveTo(floor, parts, { paper, nth })) return
    setTold(`${named.title(paper)} is now ${nth} of ${agenda.items.length}`)
  }
  /** The place that the pointer is at. */
  const placeUnder = (y: number): number => {
    const rows = [...(list.current?.children ?? [])].map(row => row.getBoundingClientRect())
    const above = rows.filter(({ top, height }) => y > top + height / 2).length
    return Math.min(Math.max(1, above + (above < rows.length ? 1 : 0)), rows.length)
  }
  const handle = (paper: string, nth: number) => ({
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragged({ paper, nth })
    },
    onPointerMove: (event: PointerEvent) => {
      if (dragged?.paper === paper) setDragged({ paper, nth: placeUnder(event.clientY) })
    },
    onPointerUp: () => {
      if (dragged?.paper === paper && dragged.nth !== nth) move(paper, dragged.nth)
      setDragged(null)
    },
    onPointerCancel: () => setDragged(null),
    onKeyDown: (event: KeyboardEvent) => {
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (event.key === 'Escape') setDragged(null)
      if (by === 0) return
      event.preventDefault()
      event.stopPropagation()
      move(paper, nth + by)
    },
  })
  return (
    <>
      <ol ref={list} className={styles.list}>
        {agenda.items.map((item, i) => (
          <AgendaRow
            key={item.paper}
            item={item}
            nth={i + 1}
            view={view}
            handle={mayChange ? handle(item.paper, i + 1) : null}
            dropped={
              dragged !== null && dragged.nth === i + 1 && dragged.paper !== item.paper
                ? agenda.items.findIndex(one => one.paper === dragged.paper) < i
                  ? 'below'
                  : 'above'
                : null
            }
            isDragged={dragged?.paper === item.paper}
            onMove={nth => move(item.paper, nth)}
          />
        ))}
      </ol>
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
    </>
  )
}
