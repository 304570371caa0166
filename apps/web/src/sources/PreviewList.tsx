import { createRules, type Judgement, ruleName } from '@paperboard/shared/sourceRules'
import type { PreviewItem, SourcePreview, SourceRule } from '@paperboard/shared/sources'
import { useDeferredValue, useMemo } from 'react'
import { dayBrief } from '../board/dates.ts'
import { listed } from '../board/names.ts'
import { MathText } from '../paper/MathText.tsx'
import styles from './PreviewList.module.css'

interface Judged {
  item: PreviewItem
  judgement: Judgement
}

/** What a source has now, and what the rules make of it: they are asked here, with every letter. */
export function PreviewList({ preview, rules, most }: { preview: SourcePreview; rules: readonly SourceRule[]; most: number }) {
  const asked = useDeferredValue(rules)
  const judged = useMemo((): Judged[] => {
    const judge = createRules(asked.filter(({ phrases, where }) => phrases.length > 0 && where.length > 0))
    return preview.items.map(item => ({ item, judgement: judge(item) }))
  }, [preview, asked])
  const usable = asked.filter(({ phrases, where }) => phrases.length > 0 && where.length > 0)
  const matching = judged.filter(({ judgement }) => judgement.comes)
  const fresh = matching.filter(({ item }) => item.seenOn === null)
  const days = [...new Set(preview.items.map(({ day }) => day))].sort()
  return (
    <>
      <p className={styles.sum} aria-live="polite">
        {preview.items.length === 0
          ? 'It has nothing now.'
          : `${preview.items.length} found, ${matching.length} match, ${fresh.length} new to the group${fresh.length > most ? `; ${most} of them would come` : ''}.`}
        {days.length === 1 && ` Of ${dayBrief(days[0] ?? '')}.`} {preview.notes.join(' ')}
      </p>
      <ul className={styles.items}>
        {judged.map(({ item, judgement }) => (
          <li key={`${item.url} ${item.title}`} data-out={!judgement.comes || undefined}>
            <p className={styles.title}>
              <MathText>{item.title}</MathText>
            </p>
            <p className={styles.why}>
              {item.authors.slice(0, 3).join(', ')}
              {item.authors.length > 3 && ' …'}
              {days.length > 1 && <span>{dayBrief(item.day)}</span>}
              {item.seenOn !== null && <span>on the board of {dayBrief(item.seenOn)}</span>}
              <Why judgement={judgement} rules={usable} />
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

function Why({ judgement, rules }: { judgement: Judgement; rules: readonly SourceRule[] }) {
  const by = (effect: SourceRule['effect']) => judgement.found.flatMap(n => (rules[n]?.effect === effect ? ruleName(rules[n]) : []))
  const excluded = by('exclude')
  if (excluded.length > 0) return <span data-tone="out">left out by “{listed(excluded)}”</span>
  if (!judgement.comes) return <span data-tone="out">no rule finds it</span>
  return (
    <>
      {by('include').length > 0 && <span data-tone="in">let in by “{listed(by('include'))}”</span>}
      {judgement.marks.map(mark => (
        <mark key={mark} className={styles.mark}>
          {mark}
        </mark>
      ))}
    </>
  )
}
