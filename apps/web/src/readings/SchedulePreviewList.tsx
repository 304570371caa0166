import type { ScheduleItem, SchedulePreview } from '@paperboard/shared/api'
import { memo, useEffect, useRef } from 'react'
import { useGroupView } from '../board/board.ts'
import { dayShort } from '../board/dates.ts'
import { count } from '../board/names.ts'
import { MathText } from '../paper/MathText.tsx'
import { Select } from '../ui/Field.tsx'
import type { ShownSchedule } from './importingSchedule.ts'
import styles from './SchedulePreviewList.module.css'

const formats: Record<SchedulePreview['format'], string> = {
  csv: 'A table',
  markdown: 'Markdown',
  yaml: 'YAML',
  nothing: 'No schedule was found in this text',
}

interface Props {
  shown: ShownSchedule
  onLeave: (line: number, leave: boolean) => void
  onChoose: (name: string, member: string | null) => void
}

/** What was understood, row by row: sessions by day, who presents, what is left out and why, and what could not be read. */
export function SchedulePreviewList({ shown, onLeave, onChoose }: Props) {
  const { format, items, problems } = shown.preview
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that asked for the preview is gone: the answer has the focus, and is read aloud.
  useEffect(() => heading.current?.focus(), [])
  const planned = items.filter(({ status }) => status !== 'out')
  const out = items.filter(({ status }) => status === 'out')
  return (
    <div className={styles.preview}>
      <div>
        <h3 ref={heading} tabIndex={-1} className={styles.kind}>
          {formats[format]}
          {items.length > 0 && `: ${count(items.length, 'row')}`}
        </h3>
        <p className={styles.counts} role="status">
          {[
            `${count(planned.length, 'row')} for the plan`,
            out.length > 0 && `${out.length} left out`,
            problems.length > 0 && `${count(problems.length, 'line')} could not be read`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {format === 'nothing' && (
          <p className={styles.counts}>
            A table needs a first line that names its columns, such as “date”, “paper” and “presenter”; a list, a day in each item.
          </p>
        )}
      </div>
      {problems.length > 0 && <Reasons title={`${count(problems.length, 'line')} could not be read`} tone="warn" lines={problems} />}
      <People shown={shown} onChoose={onChoose} />
      {planned.length > 0 && (
        <ol className={styles.items} aria-label="Sessions found">
          {planned.map(item => (
            <Item key={item.line} item={item} left={shown.left.has(item.line)} onLeave={onLeave} />
          ))}
        </ol>
      )}
      {out.length > 0 && (
        <details className={styles.details}>
          <summary>{count(out.length, 'row')} left out</summary>
          <Reasons title="Left out" tone="plain" lines={out.map(({ line, text, reason }) => ({ line, text, reason: reason ?? '' }))} />
        </details>
      )}
    </div>
  )
}

/** Who presents, once for each name: the member it was taken for, or a guest. */
function People({ shown: { preview, people }, onChoose }: Pick<Props, 'shown' | 'onChoose'>) {
  const { group } = useGroupView()
  const members = group.members.filter(({ gone }) => !gone)
  if (preview.people.length === 0) return null
  return (
    <section aria-label="Presenters">
      <h4 className={styles.title}>Who presents</h4>
      <ul className={styles.people}>
        {preview.people.map(({ name, member, why }) => (
          <li key={name}>
            <Select
              label={name}
              hint={people.has(name) ? undefined : why}
              value={(people.has(name) ? people.get(name) : member) ?? ''}
              onChange={event => onChoose(name, event.target.value === '' ? null : event.target.value)}
            >
              <option value="">A guest</option>
              {members.map(each => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </Select>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Item = memo(({ item, left, onLeave }: { item: ScheduleItem; left: boolean; onLeave: Props['onLeave'] }) => {
  const { line, day, time, papers, presenters, note, status, here } = item
  const words = [
    presenters.join(', '),
    note,
    here && 'Joins the session that is planned on that day',
    papers.some(({ known }) => known) && 'The group has this paper already',
  ]
  return (
    <li className={styles.item} data-out={left || undefined}>
      <label className={styles.row}>
        <input type="checkbox" checked={!left} onChange={event => onLeave(line, !event.target.checked)} />
        <span className={styles.day}>
          {day === null ? '' : dayShort(day)}
          {time !== null && <span className={styles.time}>{time}</span>}
        </span>
        <span className={styles.words}>
          {papers.map(paper => (
            <span key={`${paper.title} ${paper.url}`} className={styles.paper}>
              <MathText>{paper.title ?? paper.url ?? ''}</MathText>
            </span>
          ))}
          {papers.length === 0 && <span className={styles.paper}>{status === 'cancelled' ? 'Does not take place' : 'A session without a paper yet'}</span>}
          <span className={styles.note}>{words.filter(Boolean).join(' · ')}</span>
        </span>
      </label>
    </li>
  )
})

/** Nothing is dropped in silence: each line, and why. */
function Reasons({ title, tone, lines }: { title: string; tone: 'warn' | 'plain'; lines: readonly { line: number; text: string; reason: string }[] }) {
  return (
    <section className={styles.reasons} data-tone={tone} aria-label={title}>
      {tone === 'warn' && <h4 className={styles.warning}>{title}</h4>}
      <ul className={styles.lines}>
        {lines.map(({ line, text, reason }) => (
          <li key={`${line} ${reason}`} className={styles.line}>
            <span className={styles.number}>Line {line}</span>
            <span className={styles.words}>
              <code className={styles.code}>{text}</code>
              <span className={styles.note}>{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
