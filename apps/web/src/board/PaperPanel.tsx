import type { Paper } from '@paperboard/shared/api'
import { addComment } from '@paperboard/shared/board'
import { useEffect, useRef, useState } from 'react'
import { serverNow } from '../live/clock.ts'
import { useView } from '../live/hooks.ts'
import { closed as closedView, discussions, threads } from '../live/views.ts'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { Related } from '../search/Related.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { ArrowLeftIcon, CloseIcon, EditIcon, LinkIcon, PresentIcon, ReadingIcon } from '../ui/icons.tsx'
import { useModal } from '../ui/modals.ts'
import { Portal } from '../ui/portal.ts'
import { Abstract } from './Abstract.tsx'
import { Authors } from './Authors.tsx'
import { toggleOffer } from './acts.ts'
import { sentence, useBoard } from './board.ts'
import { Thread } from './CommentView.tsx'
import { Composer } from './Composer.tsx'
import { listed } from './names.ts'
import { paperHref, useRowNav } from './nav.ts'
import { NewSince } from './newComments.ts'
import { useOpened } from './opened.ts'
import { PaperLinks } from './PaperLinks.tsx'
import { PaperNote } from './PaperNote.tsx'
import styles from './PaperPanel.module.css'
import { useOffers } from './Plans.tsx'
import { ReadingList } from './ReadingList.tsx'
import { copyLink } from './RowTools.tsx'
import { commentId } from './rowIds.ts'
import { VoteControl } from './VoteControl.tsx'

interface PaperPanelProps {
  id: string
  paper: Paper | undefined
  /** Beside the list; else over the whole page. */
  wide: boolean
  /** The comment field takes the focus. */
  write: boolean
  onWritten: () => void
  onClose: () => void
}

/** A paper with its discussion. */
export function PaperPanel({ wide, ...props }: PaperPanelProps) {
  const title = props.paper === undefined ? 'Paper' : titleOf(props.paper)
  return wide ? (
    <aside className={styles.panel} aria-label={`Discussion of ${title}`}>
      <PanelContent key={props.id} {...props} wide title={title} />
    </aside>
  ) : (
    <Sheet title={title} onClose={props.onClose}>
      <PanelContent key={props.id} {...props} wide={false} title={title} />
    </Sheet>
  )
}

/** The page of a paper on a narrow screen: modal, so that the board behind it is out of the way for all senses. */
function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: React.ReactNode }) {
  const element = useRef<HTMLDialogElement>(null)
  // Menus and popovers of the page: outside of the dialog they would lie below it.
  const floor = useModal(element)
  return (
    <dialog
      ref={element}
      className={styles.sheet}
      data-page
      aria-label={`Discussion of ${title}`}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <Portal value={floor}>{children}</Portal>
    </dialog>
  )
}

function PanelContent({ id, paper, wide, write, title, onWritten, onClose }: PaperPanelProps & { title: string }) {
  const { group, day } = useBoard()
  const { correct } = useRowNav()
  return (
    <>
      <header className={styles.bar}>
        {wide ? (
          <span className={styles.barTitle}>Discussion</span>
        ) : (
          <Button variant="quiet" icon={ArrowLeftIcon} onClick={onClose}>
            Board
          </Button>
        )}
        {paper !== undefined && <IconButton icon={EditIcon} size="small" iconSize={16} label="Correct this paper" onClick={() => correct(id)} />}
        <IconButton icon={LinkIcon} size="small" iconSize={16} label="Copy link to this paper" onClick={() => void copyLink(paperHref(group.id, day, id))} />
        {wide && <IconButton icon={CloseIcon} size="small" label="Close" kbd="esc" onClick={onClose} />}
      </header>
      {/* Scrolls by keyboard, so it takes the focus. */}
      <section className={styles.scroll} tabIndex={wide ? 0 : undefined} aria-label="Paper and comments">
        <About id={id} paper={paper} title={title} />
        <Comments id={id} />
        {paper !== undefined && <Related paper={id} heading="h3" />}
      </section>
      <footer className={styles.footer}>
        <NewComment id={id} write={write} onWritten={onWritten} />
      </footer>
    </>
  )
}

function About({ id, paper, title }: { id: string; paper: Paper | undefined; title: string }) {
  return (
    <section className={styles.about}>
      <h2 className={styles.title}>
        <MathText>{title}</MathText>
      </h2>
      {paper !== undefined && (
        <>
          <Authors authors={paper.authors} />
          <PaperNote paper={paper} />
          <div className={styles.links}>
            <PaperLinks paper={paper} />
          </div>
        </>
      )}
      <Acts id={id} title={title} />
      <ReadingList paper={id} />
      {paper !== undefined && <PanelAbstract id={id} text={paper.abstract} />}
    </section>
  )
}

/** In full while there is nothing to discuss; folded where comments wait below it. */
function PanelAbstract({ id, text }: { id: string; text: string }) {
  const discussed = useView(useBoard().room, discussions, all => all.has(id))
  const [unfolded, setUnfolded] = useState(!discussed)
  return (
    <div className={styles.abstract}>
      <Abstract text={text} unfolded={unfolded} onToggle={() => setUnfolded(!unfolded)} />
    </div>
  )
}

function Acts({ id, title }: { id: string; title: string }) {
  const board = useBoard()
  const { assign } = useRowNav()
  const isClosed = useView(board.room, closedView, status => status !== null)
  const offering = useOffers(id)
  const mine = offering.includes(board.me.id)
  const others = offering.filter(member => member !== board.me.id)
  return (
    <>
      <div className={styles.acts}>
        <div className={styles.vote}>
          <VoteControl paper={id} title={title} />
        </div>
        <Button size="small" icon={PresentIcon} aria-pressed={mine} denied={isClosed ? sentence('board-closed') : null} onClick={() => toggleOffer(board, id)}>
          {mine ? 'You offer to present' : 'Offer to present'}
        </Button>
        <Button size="small" icon={ReadingIcon} onClick={() => assign(id)}>
          Assign<span className={styles.roomy}> a reading</span>
        </Button>
      </div>
      {others.length > 0 && (
        <p className={styles.offers}>
          {listed(others.map(board.nameOf))} {mine ? 'too ' : ''}
          {others.length > 1 ? 'offer' : 'offers'} to present.
        </p>
      )}
    </>
  )
}

function Comments({ id }: { id: string }) {
  const { room, group, me } = useBoard()
  const opened = useOpened(group.id, me.id)
  // As it was when the thread was opened: what is new stays marked while it is read.
  const before = useRef<number | null>(null)
  if (opened !== null) before.current ??= opened.get(id) ?? Number.POSITIVE_INFINITY
  const list = useView(room, threads(id))
  const denied = useView(room, closedView, status => (status === null ? null : sentence('board-closed')))
  return (
    <section className={styles.comments} aria-label="Comments">
      {list.length === 0 ? (
        <p className={styles.none}>{denied === null ? 'No comments yet. What should the group talk about?' : 'Nobody commented on this paper.'}</p>
      ) : (
        <NewSince value={before.current ?? Number.POSITIVE_INFINITY}>
          <ol>
            {list.map(comment => (
              <Thread key={comment.key} comment={comment} paper={id} denied={denied} />
            ))}
          </ol>
        </NewSince>
      )}
    </section>
  )
}

function NewComment({ id, write, onWritten }: { id: string; write: boolean; onWritten: () => void }) {
  const { room, me } = useBoard()
  const denied = useView(room, closedView, status => (status === null ? null : sentence('board-closed')))
  const [sent, setSent] = useState<string | null>(null)
  // It stands last, often below a long abstract: whoever sends it sees where it went.
  useEffect(() => {
    if (sent !== null) document.getElementById(commentId(sent))?.scrollIntoView({ block: 'center' })
  }, [sent])
  return (
    <Composer
      place={`paper:${id}`}
      label="Write a comment"
      placeholder="Write a comment"
      submit="Comment"
      autoFocus={write}
      onFocused={onWritten}
      denied={denied}
      onSubmit={text => setSent(addComment(room.doc, { paper: id, me: me.id, text, now: serverNow() }))}
    />
  )
}
