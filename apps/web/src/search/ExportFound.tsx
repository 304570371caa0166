import type { ExportOf } from '@paperboard/shared/api'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { sentenceOf } from '../api.ts'
import { useGroupView } from '../board/board.ts'
import { count } from '../board/names.ts'
import { Button } from '../ui/Button.tsx'
import { DownloadIcon } from '../ui/icons.tsx'
import { toast } from '../ui/toast.ts'
import { papersFound } from './asking.ts'

const ExportDialog = lazy(() => import('../export/ExportDialog.tsx'))

/** Exports all papers that a query finds, in the order in which it finds them. */
export function ExportFound({ q, denied }: { q: string; denied: string | null }) {
  const { group } = useGroupView()
  const [papers, setPapers] = useState<(ExportOf & { of: 'papers' }) | null>(null)
  const gather = useMutation({
    mutationFn: () => papersFound(group.id, q),
    onSuccess: ids => setPapers({ of: 'papers', papers: ids }),
    onError: error => toast(sentenceOf(error), { tone: 'warn' }),
  })
  return (
    <>
      <Button icon={DownloadIcon} aria-label="Export what was found" busy={gather.isPending} denied={denied} onClick={() => gather.mutate()}>
        Export
      </Button>
      <Suspense>
        {papers !== null && <ExportDialog group={group.id} papers={papers} what={count(papers.papers.length, 'paper')} onClose={() => setPapers(null)} />}
      </Suspense>
    </>
  )
}
