import { limits } from '@paperboard/shared/limits'
import { setTag, tagCounts, tagFrom } from '@paperboard/shared/tags'
import { useState } from 'react'
import { serverNow } from '../live/clock.ts'
import { useView } from '../live/hooks.ts'
import { MathText } from '../paper/MathText.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { useGroupView, whyNotInGroup } from './board.ts'
import { count } from './names.ts'
import styles from './Tags.module.css'
import { tagHue, tagsView, useTags } from './Tags.tsx'

/** Tags of the group that are offered: the most used. */
const offered = 24

/** Gives a paper tags and takes them off. Each press holds at once, on every screen. */
export default function TagDialog({ paper, title, onClose }: { paper: string; title: string; onClose: () => void }) {
  const view = useGroupView()
  const { groupRoom, me } = view
  const mine = useTags(groupRoom, paper)
  const all = useView(groupRoom, tagsView)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const others = tagCounts(all)
    .filter(({ tag }) => !mine.includes(tag))
    .filter(({ tag }) => tag.includes(tagFrom(typed) ?? ''))
    .slice(0, offered)

  const set = (tag: string, on: boolean): boolean => {
    const now = serverNow()
    const why = whyNotInGroup(view, { root: 'tags', key: `${paper}:${tag}`, after: on ? { by: me.id, at: now } : undefined })
    setError(why)
    if (why === null) setTag(groupRoom.doc, { paper, tag, on, me: me.id, now })
    return why === null
  }
  const add = (): boolean => {
    const tag = tagFrom(typed)
    if (tag === null) setError(typed.trim() === '' ? 'Please write a tag.' : `A tag has letters or digits, and at most ${limits.tagLength} of them.`)
    const added = tag !== null && set(tag, true)
    if (added) setTyped('')
    return added
  }
  // What was written and not yet added is meant too.
  const done = () => {
    if (typed.trim() === '' || add()) onClose()
  }
  return (
    <Dialog
      title="Tags"
      lead={<MathText>{title}</MathText>}
      size="small"
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={done}>
          Done
        </Button>
      }
    >
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          add()
        }}
      >
        <div className={styles.add}>
          <TextField
            label="Add a tag"
            placeholder="reinforcement-learning"
            autoComplete="off"
            value={typed}
            error={error}
            onChange={event => {
              setError(null)
              setTyped(event.target.value)
            }}
          />
          <Button type="submit">Add</Button>
        </div>
        <Chosen tags={mine} onRemove={tag => set(tag, false)} />
        {others.length > 0 && (
          <div>
            <p className={styles.heading} id="tags-of-group">
              Tags of the group
            </p>
            <ul className={styles.tags} aria-labelledby="tags-of-group">
              {others.map(({ tag, papers }) => (
                <li key={tag}>
                  <button type="button" className={styles.tag} style={tagHue(tag)} aria-pressed={false} onClick={() => set(tag, true)}>
                    {tag}
                    <span className="visually-hidden">, on {count(papers, 'paper')}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </form>
    </Dialog>
  )
}

function Chosen({ tags, onRemove }: { tags: readonly string[]; onRemove: (tag: string) => void }) {
  return (
    <div aria-live="polite">
      <p className={styles.heading} id="tags-of-paper">
        On this paper
      </p>
      {tags.length === 0 ? (
        <p className={styles.none}>No tags yet.</p>
      ) : (
        <ul className={styles.tags} aria-labelledby="tags-of-paper">
          {tags.map(tag => (
            <li key={tag}>
              <button
                type="button"
                className={styles.tag}
                style={tagHue(tag)}
                aria-pressed="true"
                aria-description="Press to take it off"
                onClick={() => onRemove(tag)}
              >
                {tag}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
