import type { SearchHit } from '@paperboard/shared/search'
import { type RefObject, useMemo, useRef, useState } from 'react'
import { useGroupView } from '../board/board.ts'
import { useOpened } from '../board/opened.ts'
import { rowId, titleId } from '../board/rowIds.ts'
import { ListedRow, type RowActs } from '../lists/ListedRow.tsx'
import { type PaperDialog, PaperDialogs } from '../lists/PaperDialogs.tsx'
import { useListKeys } from '../lists/useListKeys.ts'
import { type ListHandle, VirtualList } from '../ui/VirtualList.tsx'
import { type Entering, useEntering } from './entering.ts'

/** What a row with a line of its text measures, px. */
const rowHeight = 112

type FoundPaper = Extract<SearchHit, { kind: 'paper' }>

interface FoundPapersProps {
  q: string
  hits: readonly FoundPaper[]
  field: RefObject<HTMLInputElement | null>
  entering: Entering
  onText: (text: string) => void
}

/** The papers that were found, the best first, in rows as in every list. */
export function FoundPapers({ q, hits, field, entering, onText }: FoundPapersProps) {
  const { group, me } = useGroupView()
  const opened = useOpened(group.id, me.id)
  const [asking, setAsking] = useState<{ dialog: PaperDialog; paper: string } | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const list = useRef<ListHandle>(null)
  const byId = useMemo(() => new Map(hits.map(hit => [hit.paper.id, hit])), [hits])
  const ids = useMemo(() => [...byId.keys()], [byId])
  const latest = useRef({ q, onText })
  latest.current = { q, onText }
  const acts = useMemo(
    (): RowActs => ({
      onTag: tag => latest.current.onText(`${latest.current.q} tag:${tag}`),
      ask: (dialog, paper) => setAsking({ dialog, paper }),
    }),
    [],
  )
  useListKeys({
    ids,
    current,
    list,
    field,
    fieldDoes: 'Change the search',
    escapeDoes: 'Back to the field',
    acts,
    onEscape: () => field.current?.select(),
  })
  useEntering(entering, () => ids[0] !== undefined && list.current?.focus(ids[0]))
  return (
    <>
      <VirtualList
        ids={ids}
        label="Papers"
        estimate={rowHeight}
        name={`${location.pathname}${location.search}`}
        handle={list}
        rowId={rowId}
        focusId={titleId}
        onFocusRow={setCurrent}
      >
        {id => {
          const hit = byId.get(id)
          return hit === undefined ? null : <ListedRow paper={hit.paper} unread={opened !== null && !opened.has(id)} acts={acts} found={hit} />
        }}
      </VirtualList>
      {asking !== null && <PaperDialogs dialog={asking.dialog} paper={byId.get(asking.paper)?.paper} onClose={() => setAsking(null)} />}
    </>
  )
}
