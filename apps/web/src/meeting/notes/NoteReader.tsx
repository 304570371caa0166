import { type ComponentType, lazy, Suspense, useDeferredValue } from 'react'
import markdown from '../../paper/Markdown.module.css'
import type { NoteContentProps } from './NoteContent.tsx'

// Without a connection, and without a copy of it, a note stands as it was typed.
const Plain = ({ text }: { text: string }) => <p className={markdown.plain}>{text}</p>
const NoteContent = lazy((): Promise<{ default: ComponentType<NoteContentProps> }> => import('./NoteContent.tsx').catch(() => ({ default: Plain })))

/** A note to be read. While others type, it follows as there is time. */
export function NoteReader({ text, members, onTick }: NoteContentProps) {
  const shown = useDeferredValue(text)
  return (
    <div className={markdown.markdown} data-note>
      <Suspense fallback={<Plain text={shown} />}>
        <NoteContent text={shown} members={members} onTick={onTick} />
      </Suspense>
    </div>
  )
}
