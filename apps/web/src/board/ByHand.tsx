import { limits } from '@paperboard/shared/limits'
import { TextArea, TextField } from '../ui/Field.tsx'
import styles from './ImportDialog.module.css'
import type { Mend, Typed } from './importing.ts'

/** A paper that is written down: a title is enough. */
export function ByHand({ typed, mend, onType }: { typed: Typed; mend: Mend; onType: (change: Partial<Typed>) => void }) {
  return (
    <div className={styles.fields}>
      <TextField
        label="Title"
        value={typed.title}
        error={mend.title}
        maxLength={limits.titleLength}
        onChange={event => onType({ title: event.target.value })}
      />
      <TextArea
        label="Authors"
        hint="Separated by commas, or one on each line"
        rows={2}
        className={styles.short ?? ''}
        value={typed.authors}
        error={mend.authors}
        onChange={event => onType({ authors: event.target.value })}
      />
      <TextField
        label="Link"
        inputMode="url"
        placeholder="https://"
        value={typed.url}
        error={mend.url}
        maxLength={limits.urlLength}
        onChange={event => onType({ url: event.target.value })}
      />
      <TextArea
        label="Abstract"
        rows={5}
        value={typed.abstract}
        error={mend.abstract}
        maxLength={limits.abstractLength}
        onChange={event => onType({ abstract: event.target.value })}
      />
    </div>
  )
}
