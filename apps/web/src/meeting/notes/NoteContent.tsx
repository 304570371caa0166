import { plainTasks } from '@paperboard/shared/tasks'
import { findAndReplace } from 'mdast-util-find-and-replace'
import { type ReactNode, useMemo, useRef } from 'react'
import MarkdownContent, { type MarkdownProps } from '../../paper/MarkdownContent.tsx'
import styles from './NoteContent.module.css'

export interface NoteContentProps {
  text: string
  /** Names of members, which are marked where they are called. */
  members: readonly string[]
  /** Ticks a box or takes the tick away; null where one only reads. */
  onTick: ((box: { nth: number; done: boolean }) => void) | null
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Marks names of members after an @. */
const calls = (members: readonly string[]) => {
  const names = members.toSorted((a, b) => b.length - a.length).map(escaped)
  const called = new RegExp(`(?<![\\p{L}\\p{N}._-])@(?:${names.join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
  return () => (tree: Parameters<typeof findAndReplace>[0]) => {
    if (names.length === 0) return
    findAndReplace(tree, [
      called,
      (name: string) => ({
        type: 'strong',
        data: { hName: 'span', hProperties: { className: [styles.called ?? ''] } },
        children: [{ type: 'text', value: name }],
      }),
    ])
  }
}

// A note stands below the heading of its panel.
const headings = {
  h1: ({ children }: { children?: ReactNode }) => <h3 className={styles.first}>{children}</h3>,
  h2: ({ children }: { children?: ReactNode }) => <h4 className={styles.second}>{children}</h4>,
  h3: ({ children }: { children?: ReactNode }) => <h5 className={styles.third}>{children}</h5>,
  p: ({ children }: { children?: ReactNode }) => <p className={styles.line}>{children}</p>,
}

/** A note as it is read, with boxes that can be ticked. */
export default function NoteContent({ text, members, onTick }: NoteContentProps) {
  const latest = useRef(onTick)
  latest.current = onTick
  const ticks = onTick !== null
  const names = members.join('\n')
  const whole = useMemo(() => plainTasks(text), [text])
  const more = useMemo((): NonNullable<MarkdownProps['more']> => {
    const input = ({ checked }: { checked?: boolean | undefined }) => <Box done={checked === true} onTick={ticks ? latest : null} />
    return { plugins: [calls(names.split('\n').filter(name => name !== ''))], components: { ...headings, input } }
  }, [names, ticks])
  return <MarkdownContent text={whole} more={more} />
}

/** Which box of a note it is: by its place among all of them. */
const nthOf = (box: Element) => [...(box.closest('[data-note]')?.querySelectorAll('input[type=checkbox]') ?? [])].indexOf(box)

function Box({ done, onTick }: { done: boolean; onTick: { current: NoteContentProps['onTick'] } | null }) {
  const label = (box: Element | null) => box?.closest('li')?.textContent?.trim() ?? ''
  return (
    <input
      type="checkbox"
      className={styles.box}
      checked={done}
      disabled={onTick === null}
      ref={box => box?.setAttribute('aria-label', label(box))}
      onChange={({ target }) => onTick?.current?.({ nth: nthOf(target), done: target.checked })}
    />
  )
}
