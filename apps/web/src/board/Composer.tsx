import { limits } from '@paperboard/shared/limits'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Markdown, prepareMarkdown } from '../paper/Markdown.tsx'
import { Button } from '../ui/Button.tsx'
import { isKey, type KeyBinding } from '../ui/keys.ts'
import { useBoard } from './board.ts'
import styles from './Composer.module.css'
import { useDraft } from './drafts.ts'

/** Sends what is written; the text field listens to it. */
export const sendKey: KeyBinding = { keys: 'mod+enter', does: 'Send the comment', under: 'On a paper' }

interface ComposerProps {
  /** Where its draft is kept. */
  place: string
  label: string
  placeholder: string
  submit: string
  initial?: string
  autoFocus?: boolean
  denied?: string | null
  onSubmit: (text: string) => void
  onCancel?: () => void
  /** Told once it has taken the focus it was asked to take. */
  onFocused?: () => void
}

/** Where one writes: Markdown with formulas, a preview, and the draft kept until it is sent. */
export function Composer({ place, label, placeholder, submit, initial, autoFocus = false, denied = null, onSubmit, onCancel, onFocused }: ComposerProps) {
  const { me } = useBoard()
  const [text, setText] = useDraft(me.id, place, initial)
  const [preview, setPreview] = useState(false)
  const [used, setUsed] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const empty = text.trim() === ''
  const over = text.length - limits.commentLength
  const stop = denied ?? (over > 0 ? `Shorter by ${over.toLocaleString('en')} characters, please.` : null)

  const focused = useRef(onFocused)
  focused.current = onFocused
  useEffect(() => {
    if (!autoFocus) return
    const field = area.current
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
    focused.current?.()
  }, [autoFocus])

  const send = () => {
    if (empty || stop !== null) return
    onSubmit(text)
    setText('')
    setPreview(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isKey(event.nativeEvent, sendKey)) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      area.current?.blur()
      onCancel?.()
    }
  }
  const open = used || !empty || onCancel !== undefined
  return (
    <div className={styles.composer} data-open={open || undefined}>
      {preview && !empty ? (
        <div className={styles.preview}>
          <Markdown text={text} />
        </div>
      ) : (
        <textarea
          ref={area}
          id={id}
          className={styles.area}
          rows={open ? 3 : 1}
          aria-label={label}
          placeholder={denied ?? placeholder}
          readOnly={denied !== null}
          value={text}
          onFocus={() => {
            setUsed(true)
            prepareMarkdown()
          }}
          onChange={event => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {open && (
        <div className={styles.bar}>
          <Button variant="quiet" size="small" aria-pressed={preview} denied={empty ? 'Nothing to preview yet' : null} onClick={() => setPreview(!preview)}>
            {preview ? 'Write' : 'Preview'}
          </Button>
          <span className={styles.hint}>{over > 0 ? stop : 'Markdown, $math$'}</span>
          {onCancel && (
            <Button
              variant="quiet"
              size="small"
              onClick={() => {
                setText('')
                onCancel()
              }}
            >
              Cancel
            </Button>
          )}
          <Button variant="primary" size="small" kbd={sendKey.keys} denied={empty ? 'Write something first' : stop} onClick={send}>
            {submit}
          </Button>
        </div>
      )}
    </div>
  )
}
