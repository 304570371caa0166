import { type KeyboardEvent, type Ref, useId } from 'react'
import { useDraft } from '../../board/drafts.ts'
import { Button } from '../../ui/Button.tsx'
import { useFloor } from './floor.ts'
import styles from './Line.module.css'
import { useStaying } from './staying.ts'

interface LineProps {
  /** Where its draft is kept, within the meeting. */
  place: string
  label: string
  submit: string
  most: number
  initial?: string
  /** Why nothing can be written, as a sentence. */
  denied?: string | null
  ref?: Ref<HTMLTextAreaElement>
  /** False where it was not taken: what was typed stays. */
  onSubmit: (text: string) => boolean
  onCancel?: () => void
}

/** A line to write: Enter sends, Shift and Enter begins another. What is typed is kept until it is sent. */
export function Line({ place, label, submit, most, initial, denied = null, ref, onSubmit, onCancel }: LineProps) {
  const { me, meeting } = useFloor()
  const [text, setText] = useDraft(me.id, `meeting:${meeting}:${place}`, initial)
  const staying = useStaying()
  const id = useId()
  const isEmpty = text.trim() === ''
  const over = text.trim().length - most
  const stop = denied ?? (over > 0 ? `Shorter by ${over} characters, please.` : null)
  const send = () => {
    if (isEmpty || stop !== null || !onSubmit(text)) return
    setText('')
    staying.done()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      event.currentTarget.blur()
      staying.done()
      onCancel?.()
    }
  }
  return (
    <div className={styles.line}>
      <textarea
        ref={ref}
        className={styles.text}
        rows={1}
        aria-label={label}
        aria-describedby={over > 0 ? id : undefined}
        placeholder={denied ?? label}
        readOnly={denied !== null}
        value={text}
        onFocus={() => staying.write(text)}
        onBlur={staying.leave}
        onChange={event => {
          setText(event.target.value)
          staying.write(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      {!isEmpty && (
        // The focus stays in the field, for the next line.
        <Button variant="primary" size="small" denied={stop} onPointerDown={event => event.preventDefault()} onClick={send}>
          {submit}
        </Button>
      )}
      {staying.behind && !isEmpty && <p className={styles.behind}>The meeting went on. You go along once this is sent.</p>}
      {over > 0 && (
        <p id={id} className={styles.over} role="status">
          {stop}
        </p>
      )}
    </div>
  )
}
