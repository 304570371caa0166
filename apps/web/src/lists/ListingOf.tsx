import type { ExportOf, ListingQuery } from '@paperboard/shared/api'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { useLooks } from '../board/looks.ts'
import { paths } from '../routes.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { DownloadIcon } from '../ui/icons.tsx'
import { EmptyState, ErrorState, Notice, SkeletonText } from '../ui/states.tsx'
import { type ListOrder, listingQuery } from './listing.ts'
import { PapersList } from './PapersList.tsx'

const ExportDialog = lazy(() => import('../export/ExportDialog.tsx'))

interface ListingOfProps {
  query: ListingQuery
  /** The orders, the usual one first; the same array at each call. */
  orders: readonly [ListOrder, ...ListOrder[]]
  overview?: ReactNode
  /** What is said where there is nothing. */
  empty: ReactNode
}

/** A list of the server's, with its loading, empty and error states. */
export function ListingOf({ query, orders, overview, empty }: ListingOfProps) {
  const { group } = useGroupView()
  const [looks, setLooks] = useLooks(orders)
  const { data, error, refetch } = useQuery(listingQuery(group.id, query))
  if (data === undefined)
    return error === null ? <SkeletonText lines={8} label="Loading the papers" /> : <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
  if (data.papers.length === 0)
    return (
      <EmptyState title="Nothing here yet" actions={<ButtonLink href={paths.board(group.id)}>Go to today’s board</ButtonLink>}>
        {empty}
      </EmptyState>
    )
  return (
    <>
      {!data.whole && <Notice>The newest {data.papers.length.toLocaleString('en')} papers are listed. The search finds the others.</Notice>}
      <PapersList listing={data} looks={looks} onLooks={setLooks} orders={orders} overview={overview} />
    </>
  )
}

/** The button that exports what a page shows. */
export function ExportButton({ papers, what }: { papers: ExportOf; what: string }) {
  const { group } = useGroupView()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={DownloadIcon} aria-label={`Export ${what}`} onClick={() => setOpen(true)}>
        Export
      </Button>
      <Suspense>{open && <ExportDialog group={group.id} papers={papers} what={what} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
