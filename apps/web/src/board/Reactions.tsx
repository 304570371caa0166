import { type Emoji, emojis, type ThreadComment } from '@paperboard/shared/board'
import { IconButton } from '../ui/Button.tsx'
import { SmileIcon } from '../ui/icons.tsx'
import { Popover } from '../ui/Popover.tsx'
import { tip } from '../ui/Tooltip.tsx'
import { react } from './acts.ts'
import { useBoard } from './board.ts'
import styles from './Comment.module.css'
import { listed } from './names.ts'

export const emojiNames: Record<Emoji, string> = { '👍': 'Agree', '🎯': 'To the point', '🤔': 'Not sure', '❓': 'Question', '🎉': 'Great', '❤️': 'Love it' }

/** The reactions to a comment; a press adds or takes back one's own. */
export function Reactions({ comment }: { comment: ThreadComment }) {
  const board = useBoard()
  if (comment.reactions.length === 0) return null
  return (
    <ul className={styles.reactions} aria-label="Reactions">
      {comment.reactions.map(({ emoji, members }) => {
        const names = listed(members.map(id => (id === board.me.id ? 'You' : board.nameOf(id))))
        return (
          <li key={emoji}>
            <button
              type="button"
              className={styles.reaction}
              aria-pressed={members.includes(board.me.id)}
              onClick={() => react(board, comment.key, emoji)}
              {...tip(`${emojiNames[emoji]}: ${names}`)}
            >
              <span aria-hidden="true">{emoji}</span> {members.length}
              <span className="visually-hidden">
                {emojiNames[emoji]}: {names}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

export function AddReaction({ comment, denied }: { comment: string; denied: string | null }) {
  const board = useBoard()
  if (denied !== null) return null
  return (
    <Popover label="Add a reaction" trigger={<IconButton icon={SmileIcon} size="small" iconSize={16} label="Add a reaction" />}>
      {close => (
        <div className={styles.emojis}>
          {emojis.map(emoji => (
            <button
              key={emoji}
              type="button"
              aria-label={emojiNames[emoji]}
              onClick={() => {
                react(board, comment, emoji)
                close()
              }}
              {...tip(emojiNames[emoji])}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </Popover>
  )
}
