import type { Paper } from '@paperboard/shared/api'
import { type KeyboardEvent, type MouseEvent, memo, useState } from 'react'
import { usePresence, useView } from '../live/hooks.ts'
import { discussions } from '../live/views.ts'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { AvatarStack } from '../ui/Avatar.tsx'
import { CommentIcon } from '../ui/icons.tsx'
import { isKey, type KeyBinding } from '../ui/keys.ts'
import { Skeleton } from '../ui/states.tsx'
import { tip } from '../ui/Tooltip.tsx'
import { Abstract } from './Abstract.tsx'
import { Authors } from './Authors.tsx'
import { useBoard } from './board.ts'
import { CameFrom } from './CameFrom.tsx'
import { count, listed } from './names.ts'
import { paperHref, useRowNav } from './nav.ts'
import { useNewComments } from './newComments.ts'
import { PaperLinks } from './PaperLinks.tsx'
import { PaperNote } from './PaperNote.tsx'
import styles from './PaperRow.module.css'
import { Plans } from './Plans.tsx'
import paperStyles from './paper.module.css'
import { RowTools } from './RowTools.tsx'
import { titleId } from './rowIds.ts'
import { SeenEarlier, TrendMark } from './Seen.tsx'
import { sameList } from './shown.ts'
import { PaperTags } from './Tags.tsx'
import { isUnfolded, setUnfolded } from './unfolded.ts'
import { VoteControl } from './VoteControl.tsx'

/** Each row listens to it itself: whether its abstract is unfolded is its own matter. */
export const unfoldKey: KeyBinding = { keys: 'e', does: 'Unfold the abstract, or fold it', under: 'On a paper' }

interface PaperRowProps {
  id: string
  paper: Paper | undefined
  open: boolean
  unread: boolean
  /** When I had it open last; null for never. */
  seen: number | null
}

/** One paper on the board. Renders when something about this paper changes, and for nothing else. */
export const PaperRow = memo(({ id, paper, open, unread, seen }: PaperRowProps) => {
  const nav = useRowNav()
  const { group, groupRoom, day } = useBoard()
  const [unfolded, setShown] = useState(() => isUnfolded(id))
  const toggle = () => {
    setUnfolded(id, !unfolded)
    setShown(!unfolded)
  }
  const title = paper === undefined ? 'Paper' : titleOf(paper)
  // Events of a menu or popover come by here too: React passes them to who rendered it, wherever it stands.
  const isOwn = ({ target, currentTarget }: { target: EventTarget; currentTarget: Element }) => target instanceof Element && currentTarget.contains(target)
  // Beside the controls a row opens as a whole; a selection of text is no press.
  const onClick = (event: MouseEvent) => {
    const onControl = event.target instanceof Element && event.target.closest('a, button') !== null
    if (isOwn(event) && !onControl && getSelection()?.isCollapsed !== false) nav.open(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isOwn(event) && isKey(event.nativeEvent, unfoldKey)) toggle()
  }
  return (
    <article className={styles.inner} aria-labelledby={titleId(id)} onClick={onClick} onKeyDown={onKeyDown}>
      <div className={styles.votes}>
        <VoteControl paper={id} title={title} />
      </div>
      <div className={styles.words}>
        <Title id={id} title={title} open={open} known={paper !== undefined} unread={unread} />
        {paper === undefined ? (
          <Coming />
        ) : (
          <>
            <Authors authors={paper.authors} />
            <CameFrom paper={id} />
            <PaperNote paper={paper} />
            <Abstract text={paper.abstract} unfolded={unfolded} onToggle={toggle} />
            <PaperLinks paper={paper} />
            <PaperTags room={groupRoom} paper={id} onTag={nav.showTag} />
            <SeenEarlier group={group.id} day={day} today={group.today} paper={id} />
            <TrendMark group={group.id} paper={id} />
          </>
        )}
        <Plans paper={id} />
      </div>
      <div className={styles.side}>
        <div className={styles.now}>
          <LookingHere paper={id} />
          <CommentCount paper={id} seen={seen} />
        </div>
        <RowTools paper={id} title={title} />
      </div>
    </article>
  )
})

function Title({ id, title, open, known, unread }: { id: string; title: string; open: boolean; known: boolean; unread: boolean }) {
  const { group, day } = useBoard()
  const nav = useRowNav()
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    nav.open(id)
  }
  return (
    <h2 className={paperStyles.title}>
      <a id={titleId(id)} href={paperHref(group.id, day, id)} aria-current={open ? 'true' : undefined} onClick={onClick}>
        {known ? <MathText>{title}</MathText> : <Skeleton width="24rem" height="1.1em" />}
        {/* A space, or it is read as one word with the title. */ unread && ' '}
        {unread && <span className={styles.unread}>Unread</span>}
        {!known && <span className="visually-hidden">Loading</span>}
      </a>
    </h2>
  )
}

const Coming = () => (
  <div className={styles.coming}>
    <Skeleton width="40%" height="0.8em" />
    <Skeleton width="100%" height="0.8em" />
  </div>
)

/** Who else looks at this paper now. */
function LookingHere({ paper }: { paper: string }) {
  const { groupRoom, me, nameOf, day } = useBoard()
  const ids = usePresence(
    groupRoom,
    here => [...here].filter(([id, at]) => id !== me.id && at.board === day && at.papers.includes(paper)).map(([id]) => id),
    sameList,
  )
  if (ids.length === 0) return null
  const people = ids.map(id => ({ id, name: nameOf(id) }))
  return (
    <span className={styles.looking}>
      <AvatarStack people={people} label={`Looking at this: ${listed(people.map(({ name }) => name))}`} max={3} />
    </span>
  )
}

function CommentCount({ paper, seen }: { paper: string; seen: number | null }) {
  const { room } = useBoard()
  const { open } = useRowNav()
  const comments = useView(room, discussions, all => all.get(paper)?.comments ?? 0)
  const fresh = useNewComments(paper, seen)
  return (
    <button
      type="button"
      className={styles.comments}
      data-none={comments === 0 || undefined}
      aria-label={comments === 0 ? 'Comment' : `${count(comments, 'comment')}${fresh > 0 ? `, ${fresh} new` : ''}`}
      onClick={() => open(paper, comments === 0)}
      {...(fresh > 0 ? tip(`${fresh} new since you looked`) : tip('Comment', 'c'))}
    >
      <CommentIcon size={16} />
      {comments > 0 && comments}
      {fresh > 0 && <span className={styles.unread} />}
    </button>
  )
}
