import type { Paper } from '@paperboard/shared/api'
import type { BoardOrder } from '@paperboard/shared/board'
import { memo, type RefObject, useDeferredValue, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/states.tsx'
import { type ListHandle, VirtualList } from '../ui/VirtualList.tsx'
import { useBoard } from './board.ts'
import { isWhole, type Looks, type Narrowing, narrowingNames } from './looks.ts'
import { OrderMoved } from './OrderMoved.tsx'
import { type Opened, useOpened } from './opened.ts'
import styles from './PaperList.module.css'
import rowStyles from './PaperRow.module.css'
import { PaperRow } from './PaperRow.tsx'
import { rowId, titleId } from './rowIds.ts'
import { useHeldOrder, useShown } from './shown.ts'

interface PaperListProps {
  papers: ReadonlyMap<string, Paper>
  looks: Looks<BoardOrder>
  open: string | null
  listRef: RefObject<ListHandle | null>
  onCurrent: (paper: string) => void
  onFound: (found: number) => void
  onShowAll: () => void
}

/** What a row with a folded abstract measures, px. */
const rowHeight = 148

/** The papers of the board. Renders when their order or number changes; a vote or a comment is the row's own matter. */
export const PaperList = memo(({ papers, looks: asked, open, listRef, onCurrent, onFound, onShowAll }: PaperListProps) => {
  // Typing into the filter goes before what it finds.
  const looks = useDeferredValue(asked)
  const [pointer, setPointer] = useState(false)
  const [focus, setFocus] = useState(false)
  const board = useBoard()
  const opened = useOpened(board.group.id, board.me.id)
  const shown = useShown(board, papers, looks, useUnreadAsked(opened, looks))
  const { ids, stale, catchUp } = useHeldOrder(shown, pointer || focus, looks)
  const onFocusLeft = useFocusKept(ids, listRef)
  useEffect(() => onFound(ids.length), [ids, onFound])

  if (ids.length === 0) return <NothingFound looks={looks} onShowAll={onShowAll} />
  return (
    <>
      {stale && <OrderMoved onCatchUp={catchUp} />}
      <VirtualList
        ids={ids}
        label="Papers"
        estimate={rowHeight}
        keep={open}
        name={location.pathname}
        handle={listRef}
        className={styles.list}
        rowClassName={rowStyles.row}
        rowId={rowId}
        focusId={titleId}
        onPointerWithin={setPointer}
        onFocusWithin={setFocus}
        onFocusRow={row => {
          onFocusLeft(row)
          onCurrent(row)
        }}
      >
        {id => <PaperRow id={id} paper={papers.get(id)} open={id === open} unread={opened !== null && !opened.has(id)} seen={opened?.get(id) ?? null} />}
      </VirtualList>
    </>
  )
})

/** A row that goes while it has the focus (voted on among those not voted on, taken off) hands it to the one in its place. */
const useFocusKept = (ids: readonly string[], list: RefObject<ListHandle | null>) => {
  const last = useRef<{ row: string; place: number } | null>(null)
  useEffect(() => {
    if (last.current === null) return
    const { row, place } = last.current
    if (ids.includes(row)) {
      last.current = { row, place: ids.indexOf(row) }
      return
    }
    const next = ids[Math.min(place, ids.length - 1)]
    if (next !== undefined && document.activeElement === document.body) list.current?.focus(next)
  }, [ids, list])
  return (row: string) => {
    last.current = { row, place: ids.indexOf(row) }
  }
}

/** What counts as opened while the list shows what is unread: a paper that is read now stays in it until the list is asked for anew. */
const useUnreadAsked = (opened: Opened | null, looks: Looks): Opened | null => {
  const asked = useRef<{ looks: string; opened: Opened | null }>({ looks: '', opened: null })
  const now = JSON.stringify(looks)
  if (asked.current.opened === null || asked.current.looks !== now) asked.current = { looks: now, opened }
  return asked.current.opened
}

const nothing: Record<Narrowing, [string, string]> = {
  all: ['No paper here', 'Nothing on this board has these words.'],
  unread: ['You have opened everything', 'Papers you have not opened yet, and those with new comments, appear here, whatever device you read on.'],
  unvoted: ['You have voted on everything', 'Every paper here has your vote.'],
  mine: ['Nothing of yours here yet', 'Papers you add, vote on, comment on, offer to present or read appear here.'],
  discussed: ['No discussion yet', 'Papers with comments appear here. Open one and write the first.'],
}

function NothingFound({ looks, onShowAll }: { looks: Looks; onShowAll: () => void }) {
  const [title, words] =
    looks.filter !== '' || isWhole(looks)
      ? nothing.all
      : looks.tag !== null
        ? ['No paper here', `Nothing ${looks.narrowing === 'all' ? 'on this board' : `under “${narrowingNames[looks.narrowing]}”`} has the tag “${looks.tag}”.`]
        : nothing[looks.narrowing]
  return (
    <EmptyState title={title} actions={<Button onClick={onShowAll}>Show all papers</Button>}>
      {words}
    </EmptyState>
  )
}
