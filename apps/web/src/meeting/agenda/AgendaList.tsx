import { useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import { AgendaRow } from './AgendaRow.tsx'
import type { AgendaView } from './agenda.ts'
import { moveTo } from './agendaActs.ts'
import { useNamed } from './names.ts'
import { useReorder } from './reorder.ts'

/** The papers of an agenda. Whoever leads drags them by their handle, or moves them from there with the arrows. */
export function AgendaList({ view, mayChange }: { view: AgendaView; mayChange: boolean }) {
  const floor = useFloor()
  const { agenda, parts } = view
  const { list, handle, dropped, dragged, move, told } = useReorder({
    ids: agenda.items.map(({ paper }) => paper),
    titleOf: useNamed().title,
    onMove: (paper, nth) => moveTo(floor, parts, { paper, nth }),
  })
  // To pin it where it stands is no move.
  const put = (paper: string, nth: number) => (agenda.items[nth - 1]?.paper === paper ? moveTo(floor, parts, { paper, nth }) : move(paper, nth))
  return (
    <>
      <ol ref={list} className={styles.list}>
        {agenda.items.map((item, i) => (
          <AgendaRow
            key={item.paper}
            item={item}
            nth={i + 1}
            view={view}
            handle={mayChange ? handle(item.paper) : null}
            dropped={dropped(item.paper)}
            isDragged={dragged === item.paper}
            onMove={nth => put(item.paper, nth)}
          />
        ))}
      </ol>
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
    </>
  )
}
