import type { Group } from '@paperboard/shared/api'
import { mayChangeSources } from '@paperboard/shared/rules'
import type { Source } from '@paperboard/shared/sources'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { sentenceOf, useGroup } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { PlusIcon } from '../ui/icons.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyState, ErrorState, SkeletonText } from '../ui/states.tsx'
import { sourcesQuery } from './queries.ts'
import { SourceLine } from './SourceLine.tsx'
import styles from './SourcesPage.module.css'

const SourceDialog = lazy(() => import('./SourceDialog.tsx'))
const RunLog = lazy(() => import('./RunLog.tsx'))

const lead = 'Papers come to the boards by themselves from these places. Everyone sees what they did; organizers change them.'

/** Where the group's papers come from, when next, and what happened last. */
export default function SourcesPage({ group }: { group: string }) {
  const { data, error, refetch } = useGroup(group)
  if (data !== undefined) return <OfGroup group={data} />
  return (
    <Page title="Sources" lead={lead}>
      {error === null ? <SkeletonText lines={5} label="Loading the sources" /> : <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
    </Page>
  )
}

/** What is open over the page. */
type Open = { what: 'edit'; source: Source | null } | { what: 'log'; source: Source } | null

function OfGroup({ group }: { group: Group }) {
  const { data, error, refetch } = useQuery(sourcesQuery(group.id))
  const [open, setOpen] = useState<Open>(null)
  const denied = mayChangeSources(group.role) === null ? null : 'Only organizers change where papers come from.'
  const add = (
    <Button variant="primary" icon={PlusIcon} denied={denied} onClick={() => setOpen({ what: 'edit', source: null })}>
      Add a source
    </Button>
  )
  return (
    <Page title="Sources" lead={lead} actions={data !== undefined && data.sources.length > 0 && add}>
      {data === undefined && error === null && <SkeletonText lines={5} label="Loading the sources" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data?.sources.length === 0 && (
        <EmptyState title="No source yet" actions={add}>
          Daily Papers, what is new on arXiv, or the feed of a journal or a blog: chosen by your rules, each morning on the board.
        </EmptyState>
      )}
      {data !== undefined && data.sources.length > 0 && (
        <ul className={styles.list} aria-label="Sources">
          {data.sources.map(source => (
            <SourceLine
              key={source.id}
              group={group}
              source={source}
              denied={denied}
              onEdit={() => setOpen({ what: 'edit', source })}
              onLog={() => setOpen({ what: 'log', source })}
            />
          ))}
        </ul>
      )}
      <Suspense>
        {open?.what === 'edit' && <SourceDialog group={group} source={open.source} onClose={() => setOpen(null)} />}
        {open?.what === 'log' && <RunLog group={group} source={open.source} onClose={() => setOpen(null)} />}
      </Suspense>
    </Page>
  )
}
