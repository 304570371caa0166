import { type ComponentType, lazy, Suspense, useMemo } from 'react'
import markdown from '../../paper/Markdown.module.css'
import type { NoteContentProps } from './NoteContent.tsx'
import { partsOf } from './noteParts.ts'
import { usePaced } from './usePaced.ts'

// Without a connection, and without a copy of it, a note stands as it was typed.
const Plain = ({ text }: { text: string }) => <p className={markdown.plain}>{text}</p>
const NoteContent = lazy((): Promise<{ default: ComponentType<NoteContentProps> }> => import('./NoteContent.tsx').catch(() => ({ default: Plain })))

/**
 * ms between two readings of a note that has such a part: to make one of 100,000 characters takes a third of a second. Deferred
 * (`useDeferredValue`), that work would be begun anew with each key that is typed beside it.
 */
const paceFor = (longest: number): number => (longest < 4_000 ? 0 : longest / 20)

/** A note to be read. While others type, it follows as there is time. */
export function NoteReader({ text, members, onTick }: NoteContentProps) {
  const whole = useMemo(() => partsOf(text), [text])
  const parts = usePaced(whole, paceFor(Math.max(...whole.map(part => part.length))))
  return (
    <div className={markdown.markdown} data-note>
      {parts.map((part, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and one that is the same is not made anew
        <Suspense key={n} fallback={<Plain text={part} />}>
          <NoteContent text={part} members={members} onTick={onTick} />
        </Suspense>
      ))}
    </div>
  )
}
