import type { ExportOf } from '@paperboard/shared/api'
import type { SearchHit } from '@paperboard/shared/search'
import { lazy, type RefObject, Suspense, useMemo, useRef, useState } from 'react'
import { useGroupView } from '../board/board.ts'
import { useOpened } from '../board/opened.ts'
import { rowId, titleId } from '../board/rowIds.ts'
import { ListedRow, type RowActs } from '../lists/ListedRow.tsx'
import { useListKeys } from '../lists/useListKeys.ts'
import { titleOf } from '../paper/links.ts'
import { type ListHandle, VirtualList } from '../ui/VirtualList.tsx'

const TagDialog = lazy(() => import('../board/TagDialog.tsx'))
const ExportDialog = lazy(() => import('../export/ExportDialog.tsx'))

/** What a row with a line of its text measures, px. */
const rowHeight = 112

type FoundPaper = Extract<SearchHit, { kind: 'paper' }>

interface FoundPapersProps {
  q: string
  hits: readonly FoundPaper[]
  field: RefObject<HTMLInputElement | null>
  onText: (text: string) => void
}

/** The papers that were found, the best first, in rows as in every list. */
export function FoundPapers({ q, hits, field, onText }: FoundPapersProps) {
  const { group, me } = useGroupView()
  const opened = useOpened(group.id, me.id)
  const [tagging, setTagging] = useState<string | null>(null)
  const [exporting, setExporting] = useState<ExportOf | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const list = useRef<ListHandle>(null)
  const byId = useMemo(() => new Map(hits.map(hit => [hit.paper.id, hit])), [hits])
  const ids = useMemo(() => [...byId.keys()], [byId])
  const latest = useRef({ q, onText })
  latest.current = { q, onText }
  const acts = useMemo(
    (): RowActs => ({
      onTag: tag => latest.current.onText(`${latest.current.q} tag:${tag}`),
      onTags: setTagging,
      onExport: paper => setExporting({ of: 'papers', papers: [paper] }),
    }),
    [],
  )
  useListKeys({ ids, current, list, field, fieldDoes: 'Change the search', acts, onEscape: () => field.current?.select() })
  const tagged = tagging === null ? undefined : byId.get(tagging)?.paper
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
      <Suspense>
        {tagged !== undefined && <TagDialog paper={tagged.id} title={titleOf(tagged)} onClose={() => setTagging(null)} />}
        {exporting !== null && <ExportDialog group={group.id} papers={exporting} what="this paper" onClose={() => setExporting(null)} />}
      </Suspense>
    </>
  )
}
