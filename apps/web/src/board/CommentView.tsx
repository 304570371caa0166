import { addComment, deleteComment, editComment, type ThreadComment } from '@paperboard/shared/board'
import { useEffect, useRef, useState } from 'react'
import { serverNow } from '../live/clock.ts'
import { Markdown } from '../paper/Markdown.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { CheckIcon, CopyIcon, EditIcon, MoreIcon, ReplyIcon, TrashIcon } from '../ui/icons.tsx'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import { toast } from '../ui/toast.ts'
import { resolve } from './acts.ts'
import { useBoard, whyNot } from './board.ts'
import styles from './Comment.module.css'
import { Composer } from './Composer.tsx'
import { ago, timeLong, useNow } from './dates.ts'
import { hasDraft } from './drafts.ts'
import { count, listed } from './names.ts'
import { useIsNew } from './newComments.ts'
import { AddReaction, Reactions } from './Reactions.tsx'
import { commentId } from './rowIds.ts'

/** How deep replies are moved in; deeper ones stand below one another, or a phone has no room for words. */
const deepest = 2

const repliesOf = (comment: ThreadComment): number => comment.replies.reduce((sum, reply) => sum + 1 + repliesOf(reply), 0)
const authorsOf = (comment: ThreadComment): string[] => [comment.author, ...comment.replies.flatMap(authorsOf)]

/** Whether the address names the comment, as a link from the search does. */
const isNamed = (key: string) => location.hash === `#${commentId(key)}`
const holdsNamed = (comment: ThreadComment): boolean => isNamed(comment.key) || comment.replies.some(holdsNamed)

/** A top comment with its replies. A settled one folds to a line. */
export function Thread({ comment, paper, denied }: { comment: ThreadComment; paper: string; denied: string | null }) {
  const board = useBoard()
  const [unfolded, setUnfolded] = useState(() => holdsNamed(comment))
  if (comment.resolved === null || unfolded) {
    return (
      <li className={styles.thread}>
        <CommentView comment={comment} paper={paper} depth={0} denied={denied} onFold={comment.resolved === null ? undefined : () => setUnfolded(false)} />
      </li>
    )
  }
  const names = listed([...new Set(authorsOf(comment))].slice(0, 3).map(board.nameOf))
  return (
    <li className={styles.thread}>
      <button type="button" className={styles.resolved} aria-expanded={false} onClick={() => setUnfolded(true)}>
        <CheckIcon size={16} />
        <span className={styles.resolvedWords}>
          <strong>Resolved</strong> · {comment.removed ? 'a removed comment' : comment.text}
        </span>
        <span className={styles.resolvedBy}>
          {count(repliesOf(comment) + 1, 'comment')} by {names}
        </span>
      </button>
    </li>
  )
}

interface CommentProps {
  comment: ThreadComment
  paper: string
  depth: number
  /** Why nothing can be written on this board. */
  denied: string | null
  onFold?: () => void
}

function CommentView({ comment, paper, depth, denied, onFold }: CommentProps) {
  const board = useBoard()
  const { me, room } = board
  const [replying, setReplying] = useState(() => hasDraft(me.id, `reply:${comment.key}`))
  const [editing, setEditing] = useState(() => hasDraft(me.id, `edit:${comment.key}`))
  const [named] = useState(() => isNamed(comment.key))
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (named) element.current?.scrollIntoView({ block: 'center' })
  }, [named])
  return (
    <div ref={element} className={styles.comment} id={commentId(comment.key)} data-named={named || undefined}>
      {comment.removed ? (
        <p className={styles.removed}>This comment was removed.</p>
      ) : (
        <article aria-label={`Comment by ${board.nameOf(comment.author)}`} className={styles.body}>
          <Avatar id={comment.author} name={board.nameOf(comment.author)} size="small" />
          <div className={styles.words}>
            <Byline comment={comment} />
            {editing ? (
              <Composer
                place={`edit:${comment.key}`}
                label="Edit the comment"
                placeholder="Say it better"
                submit="Save"
                initial={comment.text}
                autoFocus
                denied={denied}
                onSubmit={text => {
                  editComment(room.doc, comment.key, text, serverNow())
                  setEditing(false)
                }}
                onCancel={() => setEditing(false)}
              />
            ) : (
              <Markdown text={comment.text} />
            )}
            {!editing && (
              <>
                <Reactions comment={comment} />
                <Tools {...{ comment, depth, denied, onFold }} onReply={() => setReplying(true)} onEdit={() => setEditing(true)} />
              </>
            )}
          </div>
        </article>
      )}
      {(comment.replies.length > 0 || replying) && (
        <div className={depth < deepest ? styles.replies : styles.deepReplies}>
          {comment.replies.map(reply => (
            <CommentView key={reply.key} comment={reply} paper={paper} depth={depth + 1} denied={denied} />
          ))}
          {replying && (
            <Composer
              place={`reply:${comment.key}`}
              label={`Reply to ${board.nameOf(comment.author)}`}
              placeholder={`Reply to ${board.nameOf(comment.author)}`}
              submit="Reply"
              autoFocus
              denied={denied}
              onSubmit={text => {
                addComment(room.doc, { paper, me: me.id, parent: comment.key, text, now: serverNow() })
                setReplying(false)
              }}
              onCancel={() => setReplying(false)}
            />
          )}
        </div>
      )}
    </div>
  )
}

function Byline({ comment }: { comment: ThreadComment }) {
  const { nameOf } = useBoard()
  const now = useNow()
  const isNew = useIsNew(comment)
  return (
    <p className={styles.byline}>
      <strong>{nameOf(comment.author)}</strong>{' '}
      <time dateTime={new Date(comment.at).toISOString()} title={timeLong(comment.at)}>
        {ago(comment.at, now)}
      </time>
      {isNew && <span className={styles.new}> · new</span>}
      {comment.edited !== null && <span title={timeLong(comment.edited)}> · edited</span>}
      {comment.resolved !== null && <span className={styles.settled}> · resolved by {nameOf(comment.resolved.by)}</span>}
    </p>
  )
}

const copyComment = async (text: string) => {
  if (await copyText(text)) toast('Comment copied')
  else toast('The browser did not allow copying. Select the text and copy it by hand.', { tone: 'warn' })
}

interface ToolsProps extends Pick<CommentProps, 'comment' | 'depth' | 'denied' | 'onFold'> {
  onReply: () => void
  onEdit: () => void
}

function Tools({ comment, depth, denied, onFold, onReply, onEdit }: ToolsProps) {
  const board = useBoard()
  const [removing, setRemoving] = useState(false)
  const { key, text, resolved } = comment
  const own = comment.author === board.me.id
  const sections = (): MenuSection[] => [
    {
      items: [
        { label: 'Copy the text', icon: CopyIcon, onSelect: () => void copyComment(text) },
        ...(own ? [{ label: 'Edit', icon: EditIcon, denied, onSelect: onEdit }] : []),
        {
          label: 'Delete',
          icon: TrashIcon,
          danger: true,
          denied: whyNot(board, { root: 'comments', key, after: undefined }),
          onSelect: () => setRemoving(true),
        },
      ],
    },
  ]
  return (
    <div className={styles.tools}>
      <Button variant="quiet" size="small" icon={ReplyIcon} denied={denied} onClick={onReply}>
        Reply
      </Button>
      {depth === 0 && (
        <Button variant="quiet" size="small" icon={CheckIcon} denied={denied} onClick={() => resolve(board, key, resolved === null)}>
          {resolved === null ? 'Resolve' : 'Reopen'}
        </Button>
      )}
      <AddReaction comment={key} denied={denied} />
      <Menu trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label="More about this comment" />} sections={sections} />
      {onFold && (
        <Button variant="quiet" size="small" onClick={onFold}>
          Fold
        </Button>
      )}
      {removing && (
        <ConfirmDialog
          title={own ? 'Delete your comment?' : `Delete the comment by ${board.nameOf(comment.author)}?`}
          confirm="Delete"
          onClose={() => setRemoving(false)}
          onConfirm={() => {
            deleteComment(board.room.doc, key)
            setRemoving(false)
          }}
        >
          It goes for everyone, for good. Replies to it stay.
        </ConfirmDialog>
      )}
    </div>
  )
}
