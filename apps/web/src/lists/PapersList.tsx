import type { Listing } from '@paperboard/shared/api'
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useGroupView } from '../board/board.ts'
import { isWhole, type Looks, whole } from '../board/looks.ts'
import { OrderMoved } from '../board/OrderMoved.tsx'
import { useOpened } from '../board/opened.ts'
import { rowId, titleId } from '../board/rowIds.ts'
import { sameList, useHeldOrder } from '../board/shown.ts'
import { tagsView } from '../board/Tags.tsx'
import { Toolbar } from '../board/Toolbar.tsx'
import { useView } from '../live/hooks.ts'
import { readingsByPaper } from '../live/views.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/states.tsx'
import { type ListHandle, VirtualList } from '../ui/VirtualList.tsx'
import { ListedRow, type RowActs } from './ListedRow.tsx'
import { type ListOrder, listOrderNames, shownOf } from './listing.ts'
import { type PaperDialog, PaperDialogs } from './PaperDialogs.tsx'
import { useListKeys } from './useListKeys.ts'

/** What a row measures, px. */
const rowHeight = 84

interface PapersListProps {
  listing: Listing
  looks: Looks<ListOrder>
  onLooks: (looks: Looks<ListOrder>) => void
  orders: readonly ListOrder[]
  /** What stands in the place of the list while all papers are shown in the usual order. */
  overview?: ReactNode
}

/** Papers over several boards, with what narrows and orders them. Keys as on a board. */
export function PapersList({ listing, looks, onLooks, orders, overview }: PapersListProps) {
  const { group, me, groupRoom } = useGroupView()
  const opened = useOpened(group.id, me.id)
  const tags = useView(groupRoom, tagsView)
  const assignedIds = useView(
    groupRoom,
    readingsByPaper,
    all => [...all].filter(([, list]) => list.some(({ member }) => member === me.id)).map(([id]) => id),
    sameList,
  )
  const [asking, setAsking] = useState<{ dialog: PaperDialog; paper: string } | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const list = useRef<ListHandle>(null)
  const filter = useRef<HTMLInputElement>(null)
  const asked = useDeferredValue(looks)
  const assigned = useMemo(() => new Set(assignedIds), [assignedIds])
  const shown = useMemo(() => shownOf(listing.papers, asked, { opened, tags, assigned }), [listing, asked, opened, tags, assigned])
  const byId = useMemo(() => new Map(shown.map(paper => [paper.id, paper])), [shown])
  const [pointer, setPointer] = useState(false)
  const [focus, setFocus] = useState(false)
  const { ids, stale, catchUp } = useHeldOrder(
    useMemo(() => shown.map(({ id }) => id), [shown]),
    pointer || focus,
    asked,
  )
  const latest = useRef({ looks, onLooks })
  latest.current = { looks, onLooks }
  const acts = useMemo(
    (): RowActs => ({
      onTag: tag => latest.current.onLooks({ ...latest.current.looks, tag }),
      ask: (dialog, paper) => setAsking({ dialog, paper }),
    }),
    [],
  )
  useListKeys({
    ids,
    current,
    list,
    field: filter,
    fieldDoes: 'Filter',
    escapeDoes: 'Show all papers again',
    acts,
    onEscape: () => onLooks({ ...looks, ...whole }),
  })
  const isOverview = overview !== undefined && isWhole(looks) && looks.order === orders[0]
  return (
    <>
      <Toolbar
        looks={looks}
        onLooks={onLooks}
        orders={orders}
        names={listOrderNames}
        filterRef={filter}
        filters="title, author, tag"
        found={ids.length === listing.papers.length ? null : ids.length}
      />
      {isOverview ? (
        overview
      ) : ids.length === 0 ? (
        <EmptyState title="No paper here" actions={<Button onClick={() => onLooks({ ...looks, ...whole })}>Show all papers</Button>}>
          Nothing in this list is as you ask.
        </EmptyState>
      ) : (
        <>
          {stale && <OrderMoved onCatchUp={catchUp} />}
          <VirtualList
            ids={ids}
            label="Papers"
            estimate={rowHeight}
            name={location.pathname}
            handle={list}
            rowId={rowId}
            focusId={titleId}
            onFocusRow={setCurrent}
            onPointerWithin={setPointer}
            onFocusWithin={setFocus}
          >
            {id => {
              const paper = byId.get(id)
              return paper === undefined ? null : <ListedRow paper={paper} unread={opened !== null && !opened.has(id)} acts={acts} />
            }}
          </VirtualList>
        </>
      )}
      {asking !== null && <PaperDialogs dialog={asking.dialog} paper={listing.papers.find(({ id }) => id === asking.paper)} onClose={() => setAsking(null)} />}
    </>
  )
}
