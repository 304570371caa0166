import { limits } from '@paperboard/shared/limits'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { EditIcon } from '../../ui/icons.tsx'
import styles from './MyReadings.module.css'
import { type Saving, useNote } from './useNote.ts'

/** What a reader notes for themselves: folded away while there is nothing. */
export function NoteField({ me, group, reading, title }: { me: string; group: string; reading: string; title: string }) {
  const { text, write, saving } = useNote({ me, group, reading })
  const [open, setOpen] = useState(false)
  if (text === '' && !open)
    return (
      <Button size="small" variant="quiet" icon={EditIcon} aria-label={`Note on ${title}`} onClick={() => setOpen(true)}>
        Note
      </Button>
    )
  return (
    <div className={styles.note}>
      <textarea
        className={styles.field}
        aria-label={`Private note on ${title}`}
        placeholder="Only you see this"
        // biome-ignore lint/a11y/noAutofocus: whoever opens an empty note is about to write
        autoFocus={text === '' && open}
        rows={Math.min(12, Math.max(2, text.split('\n').length))}
        maxLength={limits.readingNoteLength}
        value={text}
        onChange={event => write(event.target.value)}
        onBlur={() => setOpen(false)}
      />
      <p className={styles.saving} role="status" data-waiting={saving.state === 'waiting' || undefined}>
        {said(saving)}
      </p>
    </div>
  )
}

const said = (saving: Saving): string => {
  if (saving.state === 'waiting') return `${saving.why} Your note is kept in this browser, and saved as soon as that is possible.`
  return saving.state === 'saving' ? 'Saving' : 'Only you see this. Saved.'
}
