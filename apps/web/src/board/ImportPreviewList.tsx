import type { ImportItem, ImportPreview, ImportProblem } from '@paperboard/shared/api'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef } from 'react'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { useBoard } from './board.ts'
import { dayBrief } from './dates.ts'
import styles from './ImportPreviewList.module.css'
import { papersInWords } from './importing.ts'
import { kindInWords } from './importKinds.ts'
import { count } from './names.ts'

function Status({ item: { status, seenOn } }: { item: ImportItem }) {
  const { group } = useBoard()
  if (status === 'here') return 'Already on this board'
  if (status === 'repeated') return 'Named before in this text'
  if (seenOn === null) return 'Already in the group'
  return (
    <>
      Already in the group, on{' '}
      <a href={paths.board(group.id, seenOn)} target="_blank" rel="noopener">
        {dayBrief(seenOn)}
      </a>
    </>
  )
}

/** "70 new · 5 already in the group (Wed 26 Aug) · 1 already on this board · 1 repeated"; what does not occur is not said. */
const countsInWords = (items: readonly ImportItem[]) => {
  const having = (status: ImportItem['status']) => items.filter(item => item.status === status).length
  const days = [...new Set(items.flatMap(({ status, seenOn }) => (status === 'known' && seenOn !== null ? [seenOn] : [])))].sort()
  const where = days.length === 0 ? '' : ` (${days.length > 3 ? `on ${days.length} days` : days.map(dayBrief).join(', ')})`
  return [
    { number: having('new'), what: 'new' },
    { number: having('known'), what: `already in the group${where}` },
    { number: having('here'), what: 'already on this board' },
    { number: having('repeated'), what: 'repeated' },
  ]
    .filter(({ number }) => number !== 0)
    .map(({ number, what }) => `${number.toLocaleString('en')} ${what}`)
    .join(' · ')
}

interface ImportPreviewListProps {
  preview: ImportPreview
  /** Numbers of the items to leave out. */
  left: ReadonlySet<number>
  onLeave: (number: number, leave: boolean) => void
}

/** What was understood, item by item, and what was not. */
export function ImportPreviewList({ preview, left, onLeave }: ImportPreviewListProps) {
  const { kind, items, problems } = preview
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that asked for the preview is gone: the answer has the focus, and is read aloud.
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={styles.preview}>
      <div>
        <h3 ref={heading} tabIndex={-1} className={styles.kind}>
          {kindInWords[kind]}
          {items.length > 0 && kind !== 'hand' && `: ${papersInWords(items.length)}`}
        </h3>
        <p className={styles.counts} role="status">
          {countsInWords(items)}
        </p>
      </div>
      {problems.length > 0 && <Problems problems={problems} />}
      {kind === 'mixed' && (
        <p className={styles.note}>
          {preview.parts
            .filter(part => part.papers > 0)
            .map(part => `${kindInWords[part.kind]}: ${part.papers}`)
            .join(' · ')}
        </p>
      )}
      {items.length > 0 && <Items items={items} left={left} onLeave={onLeave} />}
    </div>
  )
}

/** Of a long list only the items in sight are in the page. */
const shownAtOnce = 60
/** What an item of average length measures, px. */
const itemHeight = 76

function Items({ items, left, onLeave }: { items: readonly ImportItem[]; left: ReadonlySet<number>; onLeave: ImportPreviewListProps['onLeave'] }) {
  const frame = useRef<HTMLDivElement>(null)
  const long = items.length > shownAtOnce
  const virtualizer = useVirtualizer({
    count: long ? items.length : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => itemHeight,
    overscan: 6,
  })
  if (!long)
    return (
      <ol className={styles.items} aria-label="Papers found">
        {items.map(item => (
          <li key={item.number} className={styles.item}>
            <Item item={item} left={left.has(item.number)} onLeave={onLeave} />
          </li>
        ))}
      </ol>
    )
  return (
    <section ref={frame} className={styles.frame} aria-label="Papers found">
      <ol className={styles.long} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          return (
            <li
              key={item.number}
              ref={virtualizer.measureElement}
              data-index={index}
              className={styles.item}
              style={{ top: start }}
              aria-setsize={items.length}
              aria-posinset={index + 1}
            >
              <Item item={item} left={left.has(item.number)} onLeave={onLeave} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const Item = memo(({ item, left, onLeave }: { item: ImportItem; left: boolean; onLeave: ImportPreviewListProps['onLeave'] }) => {
  const { number, title, authors, abstract, arxivId, doi, url, status } = item
  const idle = status === 'here' || status === 'repeated'
  const id = arxivId ?? doi ?? url
  const note = [
    title === null ? null : id,
    authors.length > 3 ? `${authors.slice(0, 3).join(', ')} and ${count(authors.length - 3, 'other')}` : authors.join(', '),
  ]
  return (
    <label className={styles.row} data-out={idle || left || undefined}>
      <input type="checkbox" checked={!idle && !left} disabled={idle} onChange={event => onLeave(number, !event.target.checked)} />
      <span className={styles.words}>
        <span className={styles.title}>
          <MathText>{titleOf(item)}</MathText>
        </span>
        <span className={styles.note}>{note.filter(Boolean).join(' · ')}</span>
        {/* Enough to see that it was understood; the whole of it is on the board. */}
        {abstract !== '' && <span className={styles.abstract}>{abstract.slice(0, 200)}</span>}
        {status !== 'new' && (
          <span className={styles.status}>
            <Status item={item} />
          </span>
        )}
      </span>
    </label>
  )
})

/** Nothing is dropped in silence: each line that could not be read, and why. */
function Problems({ problems }: { problems: readonly ImportProblem[] }) {
  return (
    <section className={styles.problems} aria-label="Lines that could not be read">
      <h4 className={styles.problemsTitle}>{problems.length === 1 ? '1 line could not be read' : `${problems.length} lines could not be read`}</h4>
      <ul className={styles.lines}>
        {problems.map(({ file = '', line, text, reason }) => (
          <li key={`${file} ${line} ${reason}`} className={styles.line}>
            <span className={styles.number}>
              {file === '' ? '' : `${file}, `}Line {line}
            </span>
            <span className={styles.words}>
              <code className={styles.text}>{text}</code>
              <span className={styles.note}>{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
