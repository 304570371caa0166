import type { SearchAnswer } from '@paperboard/shared/search'
import { useQuery } from '@tanstack/react-query'
import { useGroupView } from '../board/board.ts'
import { count } from '../board/names.ts'
import { paths } from '../routes.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/states.tsx'
import { anyPaperQuery } from './asking.ts'
import { type Counts, type Kind, kinds, kindWords } from './kinds.ts'
import { QueryHelp } from './QueryHelp.tsx'
import { chipsOf } from './query.ts'
import styles from './SearchPage.module.css'

interface NothingFoundProps {
  q: string
  kind: Kind
  counts: Counts
  asked: SearchAnswer['asked']
  onText: (text: string) => void
  onKind: (kind: Kind) => void
}

/** Nothing of this kind: what else there is, and what to try. */
export function NothingFound({ q, kind, counts, asked, onText, onKind }: NothingFoundProps) {
  const others = kinds.filter(other => other !== kind && (counts[other]?.total ?? 0) > 0)
  const chips = chipsOf(q)
  const plain = [...asked.words, ...asked.phrases].join(' ')
  const { group } = useGroupView()
  const { data: anyPaper } = useQuery(anyPaperQuery(group.id))
  if (anyPaper === false && others.length === 0) return <NoPapers />
  if (asked.problems.length > 0 && plain === '' && asked.fields.length === 0)
    return (
      <>
        <p className={styles.instead}>There is nothing to look for yet.</p>
        <QueryHelp onTry={onText} />
      </>
    )
  return (
    <>
      <EmptyState
        drawing="lens"
        title={others.length > 0 ? `No ${kindWords[kind][1]} found` : 'Nothing found'}
        actions={
          <>
            {others.map(other => (
              <Button key={other} onClick={() => onKind(other)}>
                {count(counts[other]?.total ?? 0, ...kindWords[other])}
              </Button>
            ))}
            {chips.length > 0 && plain !== '' && plain !== q && <Button onClick={() => onText(plain)}>Search for the words alone</Button>}
          </>
        }
      >
        {others.length > 0
          ? 'Others have these words:'
          : chips.length > 0
            ? 'Nothing of this group is all of that. Taking one part away finds more.'
            : 'Nothing of this group has all of these words. Fewer words, or the beginning of one, find more.'}
      </EmptyState>
      {others.length === 0 && <QueryHelp onTry={onText} />}
    </>
  )
}

/** A group that has not begun. */
export function NoPapers() {
  const { group } = useGroupView()
  return (
    <EmptyState
      title="Nothing to find yet"
      actions={
        <ButtonLink variant="primary" href={paths.board(group.id)}>
          Open today’s board
        </ButtonLink>
      }
    >
      Papers that are put on a board are found here from then on, with what is said of them and the notes of meetings.
    </EmptyState>
  )
}
