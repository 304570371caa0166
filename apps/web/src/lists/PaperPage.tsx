import type { Paper } from '@paperboard/shared/api'
import { addComment } from '@paperboard/shared/board'
import type { Day } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { answer, api, isCode, sentenceOf } from '../api.ts'
import { Authors } from '../board/Authors.tsx'
import { type Board, BoardContext, sentence, useBoard, useGroupView } from '../board/board.ts'
import { boardsOfQuery } from '../board/boardsOf.ts'
import { Thread } from '../board/CommentView.tsx'
import { Composer } from '../board/Composer.tsx'
import { Connection } from '../board/Connection.tsx'
import { dayLong, publishedIn } from '../board/dates.ts'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { count, signed } from '../board/names.ts'
import { paperHref } from '../board/nav.ts'
import { useMarkOpened } from '../board/opened.ts'
import { PaperLinks } from '../board/PaperLinks.tsx'
import { Plans } from '../board/Plans.tsx'
import { Presence } from '../board/Presence.tsx'
import { copyLink } from '../board/RowTools.tsx'
import { TrendMark } from '../board/Seen.tsx'
import { PaperTags } from '../board/Tags.tsx'
import { VoteControl } from '../board/VoteControl.tsx'
import { serverNow } from '../live/clock.ts'
import { useMyPresence, useRoom, useView } from '../live/hooks.ts'
import { closed as closedView, peopleOnBoard, threads } from '../live/views.ts'
import { DiscussedOn } from '../meeting/minutes/DiscussedOn.tsx'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { Related } from '../search/Related.tsx'
import { Button } from '../ui/Button.tsx'
import { CalendarIcon, DownloadIcon, LinkIcon, ReadingIcon, TagIcon } from '../ui/icons.tsx'
import { useKeys } from '../ui/keys.ts'
import { useTitle } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { ErrorState, SkeletonText } from '../ui/states.tsx'
import { CitationHead } from './CitationHead.tsx'
import { type PaperDialog, PaperDialogs } from './PaperDialogs.tsx'
import styles from './PaperPage.module.css'
import { paperKeys } from './useListKeys.ts'

const paperQuery = (group: string, paper: string) =>
  queryOptions({ queryKey: ['papers', group, 'one', paper], queryFn: () => answer(api.groups[':group'].papers[':paper'].$get({ param: { group, paper } })) })

/** Boards whose discussions are open at once: each is a live document. */
const opened = 3

/** The page of a paper: what it is, and all that the group said about it, board by board. A link to it holds for ever. */
export default function PaperPage({ group, paper }: { group: string; paper: string }) {
  return (
    <GroupFrame group={group}>
      <PaperOfGroup id={paper} />
    </GroupFrame>
  )
}

function PaperOfGroup({ id }: { id: string }) {
  const { group, me, groupRoom } = useGroupView()
  const { data: paper, error, refetch } = useQuery(paperQuery(group.id, id))
  useTitle(paper === undefined ? 'Paper' : titleOf(paper))
  const [openedAt] = useState(serverNow)
  useMarkOpened(group.id, me.id, paper === undefined ? null : id, openedAt)
  useMyPresence(groupRoom, { paper: id })
  if (isCode(error, 'not-found')) return <NotFoundPage title="There is no such paper">Perhaps it was taken off the board it was on.</NotFoundPage>
  return (
    <div className={styles.page}>
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      {paper !== undefined ? (
        <>
          <PaperHeader paper={paper} />
          <Boards paper={paper} />
          <Related paper={paper.id} heading="h2" />
        </>
      ) : error === null ? (
        <SkeletonText lines={8} label="Loading the paper" />
      ) : (
        <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
      )}
    </div>
  )
}

function PaperHeader({ paper }: { paper: Paper }) {
  const { group, groupRoom } = useGroupView()
  const [, navigate] = useLocation()
  const [dialog, setDialog] = useState<PaperDialog | null>(null)
  useKeys(paperKeys(setDialog))
  const place = [paper.venue, paper.published === null ? null : publishedIn(paper.published), ...paper.subjects.slice(0, 6)].filter(Boolean).join(' · ')
  return (
    <header className={styles.header}>
      <CitationHead paper={paper} />
      <h1 className={styles.title}>
        <MathText>{titleOf(paper)}</MathText>
      </h1>
      <Authors authors={paper.authors} />
      {place !== '' && <p className={styles.place}>{place}</p>}
      <PaperLinks paper={paper} />
      <PaperTags room={groupRoom} paper={paper.id} onTag={tag => navigate(`${paths.library(group.id)}?tag=${encodeURIComponent(tag)}`)} />
      <TrendMark group={group.id} paper={paper.id} />
      <DiscussedOn paper={paper.id} />
      <div className={styles.acts}>
        <Button size="small" icon={ReadingIcon} kbd="r" onClick={() => setDialog('assign')}>
          Assign a reading
        </Button>
        <Button size="small" icon={CalendarIcon} kbd="s" onClick={() => setDialog('plan')}>
          Plan
        </Button>
        <Button size="small" icon={TagIcon} kbd="#" onClick={() => setDialog('tags')}>
          Tags
        </Button>
        <Button size="small" icon={DownloadIcon} kbd="x" onClick={() => setDialog('export')}>
          Export
        </Button>
        <Button size="small" icon={LinkIcon} onClick={() => void copyLink(paths.paper(group.id, paper.id))}>
          Copy link
        </Button>
      </div>
      {paper.abstract !== '' && (
        <div className={styles.abstract}>
          {paper.abstract.split(/\n{2,}/).map(text => (
            <p key={text.slice(0, 40)}>
              <MathText>{text}</MathText>
            </p>
          ))}
        </div>
      )}
      <PaperDialogs dialog={dialog} paper={paper} onClose={() => setDialog(null)} />
    </header>
  )
}

/** Each board that the paper was on, the newest first. */
function Boards({ paper }: { paper: Paper }) {
  const { group } = useGroupView()
  const { data, error, refetch } = useQuery(boardsOfQuery(group.id, paper.id))
  const [more, setMore] = useState(0)
  if (data === undefined)
    return error === null ? (
      <SkeletonText lines={3} label="Loading the discussions" />
    ) : (
      <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
    )
  if (data.boards.length === 0) return <p className={styles.none}>This paper is on no board now.</p>
  const shown = data.boards.slice(0, opened + more)
  const left = data.boards.slice(shown.length)
  return (
    <>
      {shown.map(({ day }) => (
        <BoardOfPaper key={day} paper={paper} day={day} />
      ))}
      {left.length > 0 && (
        <Button onClick={() => setMore(more + opened)}>
          Show {count(left.length, 'earlier board')}: {left.map(({ net, votes }) => (votes === 0 ? '·' : signed(net))).join(', ')}
        </Button>
      )}
    </>
  )
}

/** The votes and the discussion of the paper on one board, live. */
function BoardOfPaper({ paper, day }: { paper: Paper; day: Day }) {
  const view = useGroupView()
  const room = useRoom(boardRoom(view.group.id, day), view.me.id)
  const board = useMemo((): Board => ({ ...view, day, room }), [view, day, room])
  const people = useView(room, peopleOnBoard)
  useEffect(() => view.meet(people), [view.meet, people])
  const heading = `board-${day}`
  return (
    <BoardContext value={board}>
      <section className={styles.board} aria-labelledby={heading}>
        <header className={styles.boardHead}>
          <div className={styles.vote}>
            <VoteControl paper={paper.id} title={titleOf(paper)} />
          </div>
          <h2 id={heading}>
            <Link href={paperHref(view.group.id, day, paper.id)}>{dayLong(day)}</Link>
          </h2>
        </header>
        <Plans paper={paper.id} />
        <Discussion paper={paper.id} />
      </section>
    </BoardContext>
  )
}

function Discussion({ paper }: { paper: string }) {
  const { room, me, day } = useBoard()
  const list = useView(room, threads(paper))
  const denied = useView(room, closedView, status => (status === null ? null : sentence('board-closed')))
  return (
    <>
      {list.length > 0 && (
        <ol>
          {list.map(comment => (
            <Thread key={comment.key} comment={comment} paper={paper} denied={denied} />
          ))}
        </ol>
      )}
      {list.length === 0 && denied !== null ? (
        <p className={styles.none}>Nobody commented on this board, which is closed.</p>
      ) : (
        <Composer
          place={`paper:${day}:${paper}`}
          label={`Write a comment on the board of ${dayLong(day)}`}
          placeholder="Write a comment"
          submit="Comment"
          denied={denied}
          onSubmit={text => addComment(room.doc, { paper, me: me.id, text, now: serverNow() })}
        />
      )}
    </>
  )
}
