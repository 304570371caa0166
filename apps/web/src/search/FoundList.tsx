import { parseSearch, type SearchAnswer, type SearchHit } from '@paperboard/shared/search'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { isCode, sentenceOf } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { count } from '../board/names.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState, Notice, SkeletonText } from '../ui/states.tsx'
import { againAfter, hitsQuery } from './asking.ts'
import type { Entering } from './entering.ts'
import { FoundOthers } from './FoundOthers.tsx'
import { FoundPapers } from './FoundPapers.tsx'
import { KeptPapers } from './KeptPapers.tsx'
import { type Counts, type Kind, kindWords, tabId } from './kinds.ts'
import { NothingFound } from './NothingFound.tsx'
import styles from './SearchPage.module.css'
import { useLastError } from './useLastError.ts'

interface FoundListProps {
  q: string
  kind: Kind
  counts: Counts
  field: RefObject<HTMLInputElement | null>
  entering: Entering
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

function Found({ q, kind, counts, field, entering, onText, onKind }: FoundListProps) {
  const { group } = useGroupView()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useInfiniteQuery(hitsQuery(group.id, q, kind))
  const hits = useMemo(() => data?.pages.flatMap(page => page.hits) ?? [], [data])
  const first = data?.pages[0]
  const failed = useLastError(q, { data: first, error })
  const retry = () => void refetch()
  if (first === undefined) return failed === null ? <SkeletonText lines={8} label="Searching" /> : <NoAnswer q={q} error={failed} onRetry={retry} />
  const into = { ...entering, ready: entering.ready && !isPlaceholderData }
  if (hits.length === 0)
    return (
      <>
        <Unknown q={q} asked={first.asked} />
        <NothingFound {...{ q, kind, counts, onText, onKind }} asked={first.asked} />
      </>
    )
  return (
    <div data-waiting={isPlaceholderData || undefined} className={styles.hits}>
      {error !== null && (
        <Notice tone="warn" action={<Again onRetry={retry} />}>
          {sentenceOf(error)} This is what was found before.
        </Notice>
      )}
      <Instead asked={first.asked} />
      <Unknown q={q} asked={first.asked} />
      {first.more && (
        <Notice>
          The best {first.total.toLocaleString('en')} of more are listed. More words, or one of <code>author:</code> <code>tag:</code> <code>after:2026</code>,
          narrow them.
        </Notice>
      )}
      {kind === 'papers' ? (
        <FoundPapers q={q} hits={hits.filter(hit => hit.kind === 'paper')} field={field} entering={into} onText={onText} />
      ) : (
        <FoundOthers hits={hits.filter((hit): hit is Exclude<SearchHit, { kind: 'paper' }> => hit.kind !== 'paper')} field={field} entering={into} />
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

const Again = ({ onRetry }: { onRetry: () => void }) => (
  <Button size="small" onClick={onRetry}>
    Try again
  </Button>
)

/** Without a connection what was shown here before is looked through; it is asked again by itself when there is one. */
const NoAnswer = ({ q, error, onRetry }: { q: string; error: unknown; onRetry: () => void }) =>
  isCode(error, 'offline') ? (
    <>
      <Notice tone="warn" action={<Again onRetry={onRetry} />}>
        {sentenceOf(error)} Meanwhile these are the papers that were shown here before, by their titles and authors.
      </Notice>
      <KeptPapers q={q} />
    </>
  ) : (
    <ErrorState title="The search did not work" onRetry={onRetry}>
      {sentenceOf(error)}
      {againAfter(error) !== null && ' It is tried again by itself.'}
    </ErrorState>
  )
