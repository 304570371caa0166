import type { Paper } from '@paperboard/shared/api'
import { type BoardOrder, boardOrders, papersOf, removePaper } from '@paperboard/shared/board'
import { lazy, type RefObject, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { answer, api, sentenceOf } from '../api.ts'
import { useMyPresence, useRoomState, useView } from '../live/hooks.ts'
import { discussions, papers as papersView } from '../live/views.ts'
import { titleOf } from '../paper/links.ts'
import { RetryNotice } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import type { ListHandle } from '../ui/VirtualList.tsx'
import { Announcer } from './Announcer.tsx'
import { BoardHeader } from './BoardHeader.tsx'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import styles from './BoardView.module.css'
import { type Board, useBoard } from './board.ts'
import { DropTarget } from './DropTarget.tsx'
import { EmptyDay } from './EmptyDay.tsx'
import { type Looks, whole } from './looks.ts'
import { NoBoard } from './NoBoard.tsx'
import { type ImportStart, type RowNav, RowNavContext, sideBySide, useMedia, useOpenPaper } from './nav.ts'
import { useMarkOpened } from './opened.ts'
import { PaperList } from './PaperList.tsx'
import { PaperPanel } from './PaperPanel.tsx'
import { usePapers } from './papers.ts'
import { orderNames, Toolbar } from './Toolbar.tsx'
import { useBoardKeys } from './useBoardKeys.ts'

const ImportDialog = lazy(() => import('./ImportDialog.tsx'))
const CorrectDialog = lazy(() => import('./CorrectDialog.tsx'))
const ReadingDialog = lazy(() => import('./ReadingDialog.tsx'))
const PlanForDialog = lazy(() => import('../readings/plan/PlanForDialog.tsx'))
const TagDialog = lazy(() => import('./TagDialog.tsx'))
const ExportDialog = lazy(() => import('../export/ExportDialog.tsx'))

type BoardLooks = Looks<BoardOrder>
type PaperDialog = 'reading' | 'plan' | 'correct' | 'tags' | 'paper-out'
type Dialogs = { kind: 'import'; start: ImportStart } | { kind: PaperDialog; paper: string } | { kind: 'board-out' }

/** A board with its list, the thread of the open paper, and the dialogs over them. */
export function BoardView({ looks, onLooks }: { looks: BoardLooks; onLooks: (looks: BoardLooks) => void }) {
  const board = useBoard()
  const { group, day, room } = board
  const wide = useMedia(sideBySide)
  const opening = useOpenPaper()
  const [current, setCurrent] = useState<string | null>(null)
  const [writing, setWriting] = useState<string | null>(null)
  const [dialog, setDialog] = useState<Dialogs | null>(null)
  const { papers, error, isFetching, refetch } = usePapers({ group: group.id, day, room })
  const nav = useNav(board, {
    onOpen: opening.open,
    onWrite: setWriting,
    onDialog: (kind, paper) => setDialog({ kind, paper }),
    onTag: tag => onLooks({ ...looks, tag }),
  })
  const add = useCallback((start: ImportStart) => setDialog({ kind: 'import', start }), [])

  const empty = useView(room, papersView, all => all.length === 0)
  // An address may name a paper that is not here, or not any more.
  const opened = useView(room, papersView, all => (all.some(({ id }) => id === opening.paper) ? opening.paper : null))

  const close = () => {
    if (opened !== null) list.current?.focus(opened)
    opening.close()
  }
  const list = useRef<ListHandle>(null)
  const filter = useRef<HTMLInputElement>(null)
  useBoardKeys(board, {
    list,
    filter,
    current: opened ?? current,
    opened,
    follows: wide,
    nav,
    onAdd: () => add({ tab: 'paste' }),
    onEscape: () => (opened === null ? onLooks({ ...looks, ...whole }) : close()),
  })
  const saidAt = useView(room, discussions, all => (opened === null ? 0 : (all.get(opened)?.lastAt ?? 0)))
  useMarkOpened(group.id, board.me.id, opened, saidAt)
  useMyPresence(board.groupRoom, { board: day, paper: opened ?? current })

  const closeDialog = () => setDialog(null)
  const corrected = dialog?.kind === 'correct' ? papers.get(dialog.paper) : undefined
  return (
    <RowNavContext value={nav}>
      <div className={styles.page} data-open={(opened !== null && wide) || undefined}>
        <div className={styles.main}>
          <BoardHeader onAdd={() => add({ tab: 'paste' })} onExport={() => setDialog({ kind: 'board-out' })} />
          {error !== null && papers.size === 0 && !empty && (
            <RetryNotice busy={isFetching} onRetry={() => void refetch()}>
              The titles of these papers could not be loaded. {sentenceOf(error)}
            </RetryNotice>
          )}
          <Content {...{ looks, onLooks, papers, list, filter }} open={opened} onAdd={add} onCurrent={setCurrent} />
        </div>
        {opened !== null && (
          <PaperPanel
            key={wide ? 'panel' : 'sheet'}
            id={opened}
            paper={papers.get(opened)}
            wide={wide}
            write={writing === opened}
            onWritten={() => setWriting(null)}
            onClose={close}
          />
        )}
      </div>
      <DropTarget onText={text => add({ tab: 'paste', text })} onFiles={files => add({ tab: 'paste', files })} />
      <Announcer papers={papers} />
      <Suspense>
        {dialog?.kind === 'import' && <ImportDialog start={dialog.start} onClose={closeDialog} />}
        {dialog?.kind === 'correct' && corrected !== undefined && <CorrectDialog key={dialog.paper} paper={corrected} onClose={closeDialog} />}
        {dialog?.kind === 'tags' && <TagDialog paper={dialog.paper} title={titleIn(papers, dialog.paper)} onClose={closeDialog} />}
        {dialog?.kind === 'paper-out' && (
          <ExportDialog group={group.id} papers={{ of: 'papers', papers: [dialog.paper] }} what="this paper" onClose={closeDialog} />
        )}
        {dialog?.kind === 'board-out' && <ExportDialog group={group.id} papers={{ of: 'days', from: day, to: day }} what="this board" onClose={closeDialog} />}
        {dialog?.kind === 'plan' && <PlanForDialog paper={dialog.paper} title={titleIn(papers, dialog.paper)} onClose={closeDialog} />}
        {dialog?.kind === 'reading' && <ReadingDialog paper={dialog.paper} title={papers.get(dialog.paper)} onClose={closeDialog} />}
      </Suspense>
    </RowNavContext>
  )
}

interface ContentProps extends Pick<Parameters<typeof PaperList>[0], 'papers' | 'looks' | 'open' | 'onCurrent'> {
  list: Parameters<typeof PaperList>[0]['listRef']
  filter: RefObject<HTMLInputElement | null>
  onLooks: (looks: BoardLooks) => void
  onAdd: (start: ImportStart) => void
}

/** The list, or why there is none. */
function Content({ looks, onLooks, papers, open, list, filter, onAdd, onCurrent }: ContentProps) {
  const { room } = useBoard()
  const { status, known, synced, why } = useRoomState(room)
  const total = useView(room, papersView, all => all.length)
  const [found, setFound] = useState<number | null>(null)
  const showAll = useCallback(() => onLooks({ ...looks, ...whole }), [looks, onLooks])
  if (status === 'closed' || (status === 'offline' && !known)) return <NoBoard why={why} />
  if (total === 0) return known && (synced || status === 'offline') ? <EmptyDay onAdd={onAdd} /> : <BoardSkeleton header={false} />
  return (
    <>
      <Toolbar looks={looks} onLooks={onLooks} orders={boardOrders} names={orderNames} filterRef={filter} found={found === total ? null : found} />
      <PaperList papers={papers} looks={looks} open={open} listRef={list} onCurrent={onCurrent} onFound={setFound} onShowAll={showAll} />
    </>
  )
}

/** What rows ask for, stable for as long as the board is. */
const useNav = (
  board: Board,
  on: {
    onOpen: (paper: string) => void
    onWrite: (paper: string | null) => void
    onDialog: (kind: PaperDialog, paper: string) => void
    onTag: (tag: string) => void
  },
): RowNav => {
  const latest = useRef(on)
  latest.current = on
  return useMemo(
    () => ({
      open: (paper, write = false) => {
        latest.current.onWrite(write ? paper : null)
        latest.current.onOpen(paper)
      },
      assign: paper => latest.current.onDialog('reading', paper),
      plan: paper => latest.current.onDialog('plan', paper),
      tag: paper => latest.current.onDialog('tags', paper),
      exportPaper: paper => latest.current.onDialog('paper-out', paper),
      showTag: tag => latest.current.onTag(tag),
      correct: paper => latest.current.onDialog('correct', paper),
      remove: paper => takeOff(board, paper),
    }),
    [board],
  )
}

const titleIn = (papers: ReadonlyMap<string, Paper>, id: string): string => {
  const paper = papers.get(id)
  return paper === undefined ? 'Paper' : titleOf(paper)
}

const takeOff = ({ room, group, day }: Board, paper: string) => {
  // Where it was, for whoever takes this back.
  const order = papersOf(room.doc).find(({ id }) => id === paper)?.order
  removePaper(room.doc, paper)
  const putBack = async () => {
    try {
      await answer(
        api.groups[':group'].boards[':day'].papers.$post({ param: { group: group.id, day }, json: { source: { from: 'group', papers: [paper], order } } }),
      )
    } catch (error) {
      toast(sentenceOf(error), { tone: 'warn', action: { label: 'Try again', run: () => void putBack() } })
    }
  }
  toast('Paper taken off the board', { action: { label: 'Undo', run: () => void putBack() } })
}
