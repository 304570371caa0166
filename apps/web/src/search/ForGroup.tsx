import type { ListedPaper } from '@paperboard/shared/api'
import { mayAddPapers } from '@paperboard/shared/rules'
import type { PapersForYou } from '@paperboard/shared/search'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { answer, api, queries, sentenceOf } from '../api.ts'
import { sentence, useGroupView } from '../board/board.ts'
import { paperHref } from '../board/nav.ts'
import { readItem, writeItem } from '../live/storage.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { PlusIcon } from '../ui/icons.tsx'
import { toast } from '../ui/toast.ts'
import { AwaitedSuggestions } from './AwaitedSuggestions.tsx'
import { forGroupQuery } from './asking.ts'
import { SuggestedPaper } from './SuggestedPaper.tsx'
import styles from './Suggestions.module.css'
import { useLastError } from './useLastError.ts'

/** Whether it was folded or unfolded here last. On a narrow screen it begins folded: the list is what one came for. */
const foldKey = 'paperboard:for-group'
const beginsOpen = () => (readItem(foldKey) ?? (matchMedia('(max-width: 40rem)').matches ? 'folded' : 'open')) === 'open'
/** Papers in sight before "Show more"; and votes that a reason names. */
const atFirst = 3
const reasons = 2

/** Papers that the group may want on a board, from what it voted for. */
export function ForGroup() {
  const [folded, setFolded] = useState(() => !beginsOpen())
  const onToggle = (open: boolean) => {
    if (open !== folded) return
    setFolded(!open)
    writeItem(foldKey, open ? 'open' : 'folded')
  }
  return (
    <details className={styles.forGroup} open={!folded} onToggle={event => onToggle(event.currentTarget.open)}>
      <summary>
        <h2 className={styles.heading}>For this group</h2>
        <span className={styles.about}>From what you voted for together</span>
      </summary>
      {!folded && <Suggested />}
    </details>
  )
}

function Suggested() {
  const { group } = useGroupView()
  const { data, error, refetch } = useQuery(forGroupQuery(group.id))
  const failed = useLastError(group.id, { data, error })
  const [all, setAll] = useState(false)
  if (data === undefined) return <AwaitedSuggestions error={failed} label="Looking for papers for the group" onRetry={() => void refetch()} />
  if (data.papers.length === 0) return <p className={styles.none}>Nothing to suggest now. It grows with what the group votes for.</p>
  const shown = all ? data.papers : data.papers.slice(0, atFirst)
  return (
    <>
      <ul className={styles.list}>
        {shown.map(suggestion => (
          <SuggestedPaper key={suggestion.paper.id} paper={suggestion.paper} act={<PutOnBoard paper={suggestion.paper} />}>
            <Because {...suggestion} />
          </SuggestedPaper>
        ))}
      </ul>
      {data.papers.length > shown.length && (
        <Button variant="quiet" size="small" className={styles.more} onClick={() => setAll(true)}>
          Show {data.papers.length - shown.length} more
        </Button>
      )}
    </>
  )
}

/** "Because you voted for … and …. Shares …" */
function Because({ because, why }: PapersForYou['papers'][number]) {
  const { group } = useGroupView()
  return (
    <>
      {because.slice(0, reasons).map(({ paper, title }, n) => (
        <span key={paper}>
          {n === 0 ? 'Because you voted for ' : ' and '}
          <Link href={paths.paper(group.id, paper)}>
            <MathText>{title ?? 'a paper without a title'}</MathText>
          </Link>
        </span>
      ))}
      {because.length > 0 && '. '}
      {why}
    </>
  )
}

function PutOnBoard({ paper }: { paper: ListedPaper }) {
  const { group, me } = useGroupView()
  const [, navigate] = useLocation()
  const refusal = mayAddPapers(me, group.settings)
  const put = useMutation({
    mutationFn: () =>
      answer(
        api.groups[':group'].boards[':day'].papers.$post({
          param: { group: group.id, day: group.today },
          json: { source: { from: 'group', papers: [paper.id] } },
        }),
      ),
    onSuccess: () => {
      toast('On today’s board', { action: { label: 'Open it', run: () => navigate(paperHref(group.id, group.today, paper.id)) } })
      queries.setQueryData(forGroupQuery(group.id).queryKey, known => known && { papers: known.papers.filter(other => other.paper.id !== paper.id) })
    },
    onError: error => toast(sentenceOf(error), { tone: 'warn' }),
  })
  return (
    <Button
      size="small"
      icon={PlusIcon}
      busy={put.isPending}
      denied={refusal === null ? null : sentence(refusal)}
      aria-label={`Put ${paper.title ?? 'this paper'} on today’s board`}
      onClick={() => put.mutate()}
    >
      Today’s board
    </Button>
  )
}
