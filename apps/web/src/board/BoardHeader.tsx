import { mayAddPapers, mayClose } from '@paperboard/shared/rules'
import { useLocation } from 'wouter'
import { useRoomState, useView } from '../live/hooks.ts'
import { closed as closedView, discussions, papers, tallies } from '../live/views.ts'
import { paths } from '../routes.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { DownloadIcon, HistoryIcon, KeyboardIcon, LinkIcon, LockIcon, MoreIcon, PlusIcon } from '../ui/icons.tsx'
import { hasKeys, pressKey } from '../ui/keys.ts'
import { Menu } from '../ui/Menu.tsx'
import { Notice } from '../ui/states.tsx'
import { closeBoard } from './acts.ts'
import styles from './BoardHeader.module.css'
import { sentence, useBoard } from './board.ts'
import { dayLong, monthDayOf, timeLong, weekdayOf, yearOf } from './dates.ts'
import { count } from './names.ts'
import { copyLink } from './RowTools.tsx'
import { SpanNav } from './SpanNav.tsx'

/** Why papers cannot be added, or null. */
export const useWhyNotAdd = (): string | null => {
  const { me, group, room } = useBoard()
  const isClosed = useView(room, closedView, status => status !== null)
  if (isClosed) return sentence('board-closed')
  const refusal = mayAddPapers(me, group.settings)
  return refusal === null ? null : sentence(refusal)
}

/** The day as a headline, the way to other days, and what there is on this one. */
export function BoardHeader({ onAdd, onExport }: { onAdd: () => void; onExport: () => void }) {
  const { group, day, me, room } = useBoard()
  const empty = useView(room, papers, all => all.length === 0)
  const denied = useWhyNotAdd()
  const weekday = weekdayOf(day)
  // The page says why, and there is nothing to be done on it.
  const shut = useRoomState(room).status === 'closed'
  return (
    <header className={styles.header}>
      <SpanNav group={group.id} day={day} today={group.today} span="day" />
      <h1 className={styles.day} aria-label={dayLong(day)}>
        <span>
          {weekday.slice(0, 3)}
          <span className={styles.roomy}>{weekday.slice(3)}</span>
        </span>{' '}
        <span className={styles.date}>
          {monthDayOf(day)}
          <span data-now={yearOf(day) === yearOf(group.today) || undefined}> {yearOf(day)}</span>
        </span>
      </h1>
      <Counts />
      {!shut && (
        <div className={styles.actions}>
          {/* An empty board has the invitation below: one primary action is enough. */}
          <Button variant={empty ? 'plain' : 'primary'} icon={PlusIcon} kbd="a" denied={denied} onClick={onAdd}>
            Add<span className={styles.roomy}> papers</span>
          </Button>
          <BoardMenu mayCloseIt={mayClose(me) === null} onExport={onExport} />
        </div>
      )}
      <ClosedNotice mayReopen={mayClose(me) === null} />
    </header>
  )
}

/** "77 papers · 12 votes · 4 discussed" */
function Counts() {
  const { room, group, day } = useBoard()
  const all = useView(room, papers, list => list.length)
  const votes = useView(room, tallies, by => [...by.values()].reduce((sum, { up, down }) => sum + up.length + down.length, 0))
  const discussed = useView(room, discussions, by => by.size)
  const { known, synced, status } = useRoomState(room)
  // What is still on its way is not "none"; the line keeps its place.
  if (all === 0)
    return (
      <p className={styles.counts}>
        {known && status !== 'closed' && (synced || status === 'offline') ? (day < group.today ? 'No papers' : 'No papers yet') : '\u00a0'}
      </p>
    )
  return (
    <p className={styles.counts}>
      <span>{count(all, 'paper')}</span>
      {votes > 0 && <span> · {count(votes, 'vote')}</span>}
      {discussed > 0 && <span> · {discussed} discussed</span>}
    </p>
  )
}

function BoardMenu({ mayCloseIt, onExport }: { mayCloseIt: boolean; onExport: () => void }) {
  const board = useBoard()
  const [, navigate] = useLocation()
  const isClosed = useView(board.room, closedView, status => status !== null)
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={MoreIcon} label="More about this board" />}
      sections={() => [
        {
          items: [
            { label: 'Copy link', icon: LinkIcon, onSelect: () => void copyLink(paths.board(board.group.id, board.day)) },
            { label: 'How it came about', icon: HistoryIcon, onSelect: () => navigate(paths.boardReplay(board.group.id, board.day)) },
            { label: 'Export the papers…', icon: DownloadIcon, onSelect: onExport },
            ...(hasKeys() ? [{ label: 'Keyboard shortcuts', icon: KeyboardIcon, kbd: '?', onSelect: () => pressKey('?') }] : []),
          ],
        },
        {
          items: [
            {
              label: isClosed ? 'Reopen the board' : 'Close the board',
              detail: isClosed ? 'Votes and comments go on' : 'Votes and comments stay as they are',
              denied: mayCloseIt ? null : 'Organizers close and reopen boards.',
              icon: LockIcon,
              onSelect: () => closeBoard(board, !isClosed),
            },
          ],
        },
      ]}
    />
  )
}

function ClosedNotice({ mayReopen }: { mayReopen: boolean }) {
  const board = useBoard()
  const status = useView(board.room, closedView)
  if (status === null) return null
  return (
    <div className={styles.notice}>
      <Notice
        action={
          mayReopen && (
            <Button size="small" onClick={() => closeBoard(board, false)}>
              Reopen
            </Button>
          )
        }
      >
        <span className={styles.closed} title={timeLong(status.at)}>
          <LockIcon size={16} />
          {board.nameOf(status.by)} closed this board. What is on it stays to be read.
        </span>
      </Notice>
    </div>
  )
}
