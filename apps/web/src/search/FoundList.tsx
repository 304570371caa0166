import { parseSearch, type SearchAnswer, type SearchHit } from '@paperboard/shared/search'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { isCode, sentenceOf } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { count } from '../board/names.ts'
import { paths } from '../routes.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { EmptyState, ErrorState, Notice, SkeletonText } from '../ui/states.tsx'
import { hitsQuery } from './asking.ts'
import { FoundOthers } from './FoundOthers.tsx'
import { FoundPapers } from './FoundPapers.tsx'
import { type Counts, type Kind, kinds, kindWords, tabId } from './kinds.ts'
import { chipsOf } from './query.ts'
import styles from './SearchPage.module.css'

interface FoundListProps {
  q: string
  kind: Kind
  counts: Counts
  field: RefObject<HTMLInputElement | null>
  onText: (text: string) => void
  onKind: (kind: Kind) => void
}

/** What was found of one kind, with its loading, empty, offline and error states. */
export function FoundList(props: FoundListProps) {
  return (
    <div id="found" role="tabpanel" aria-labelledby={tabId(props.kind)} className={styles.found}>
      <Found {...props} />
    </div>
  )
}

function Found({ q, kind, counts, field, onText, onKind }: FoundListProps) {
  const { group } = useGroupView()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useInfiniteQuery(hitsQuery(group.id, q, kind))
  const hits = useMemo(() => data?.pages.flatMap(page => page.hits) ?? [], [data])
  const first = data?.pages[0]
  if (error !== null && (first === undefined || isPlaceholderData)) return <NoAnswer error={error} onRetry={() => void refetch()} />
  if (first === undefined) return <SkeletonText lines={8} label="Searching" />
  if (hits.length === 0)
    return (
      <>
        <Unknown q={q} asked={first.asked} />
        <Nothing {...{ q, kind, counts, onText, onKind }} asked={first.asked} />
      </>
    )
  return (
    <div data-waiting={isPlaceholderData || undefined} className={styles.hits}>
      <Instead asked={first.asked} />
      <Unknown q={q} asked={first.asked} />
      {first.more && (
        <Notice>
          The best {first.total.toLocaleString('en')} of more are listed. More words, or one of <code>author:</code> <code>tag:</code> <code>after:2026</code>,
          narrow them.
        </Notice>
      )}
      {kind === 'papers' ? (
        <FoundPapers q={q} hits={hits.filter(hit => hit.kind === 'paper')} field={field} onText={onText} />
      ) : (
        <FoundOthers hits={hits.filter((hit): hit is Exclude<SearchHit, { kind: 'paper' }> => hit.kind !== 'paper')} />
      )}
      <p className="visually-hidden" role="status">
        {!isPlaceholderData && `${count(first.total, ...kindWords[kind])} found`}
      </p>
      {hasNextPage && <More key={hits.length} busy={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
    </div>
  )
}

/** What was looked for in place of words that nothing has. */
const Instead = ({ asked: { instead = [] } }: Pick<SearchAnswer, 'asked'>) =>
  instead
    .filter(({ taken }) => taken.length > 0)
    .map(({ word, taken }) => (
      <p key={word} className={styles.instead}>
        Nothing here has <q>{word}</q>. Shown is what has <b>{taken.join(', ')}</b>.
      </p>
    ))

/** What only the server knows to be wrong with the query, such as a name that nobody here has. */
const Unknown = ({ q, asked }: { q: string; asked: SearchAnswer['asked'] }) => {
  const told = parseSearch(q).problems.map(({ text }) => text)
  return asked.problems
    .filter(({ text }) => !told.includes(text))
    .map(({ text, reason }) => (
      <p key={text} className={styles.problem}>
        <b>{text}</b> {reason}
      </p>
    ))
}

/** Distance (px) before the end at which the next hits are asked for. */
const ahead = '1200px'

/** The end of the list: the next part comes when it is near, or on a press. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  latest.current = onMore
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), { rootMargin: ahead })
    if (end.current !== null) observer.observe(end.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={end} className={styles.more}>
      <Button variant="quiet" busy={busy} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}

function NoAnswer({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { group } = useGroupView()
  if (!isCode(error, 'offline'))
    return (
      <ErrorState title="The search did not work" onRetry={onRetry}>
        {sentenceOf(error)}
      </ErrorState>
    )
  return (
    <EmptyState
      drawing="lost"
      title="Searching needs a connection"
      actions={
        <>
          <Button onClick={onRetry}>Try again</Button>
          <ButtonLink href={paths.library(group.id)}>Filter the library</ButtonLink>
        </>
      }
    >
      {sentenceOf(error)} Boards and the library are kept in this browser and can be filtered.
    </EmptyState>
  )
}

interface NothingProps extends Pick<FoundListProps, 'q' | 'kind' | 'counts' | 'onText' | 'onKind'> {
  asked: SearchAnswer['asked']
}

/** Nothing of this kind: what else there is, and what to try. */
function Nothing({ q, kind, counts, asked, onText, onKind }: NothingProps) {
  const others = kinds.filter(other => other !== kind && (counts[other]?.total ?? 0) > 0)
  const chips = chipsOf(q)
  const plain = [...asked.words, ...asked.phrases].join(' ')
  return (
    <EmptyState
      drawing="lost"
      title={`No ${kindWords[kind][1]} found`}
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
  )
}
