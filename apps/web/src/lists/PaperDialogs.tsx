import { lazy, Suspense } from 'react'
import { useGroupView } from '../board/board.ts'
import { titleOf } from '../paper/links.ts'

const ReadingDialog = lazy(() => import('../board/ReadingDialog.tsx'))
const PlanForDialog = lazy(() => import('../readings/plan/PlanForDialog.tsx'))
const TagDialog = lazy(() => import('../board/TagDialog.tsx'))
const ExportDialog = lazy(() => import('../export/ExportDialog.tsx'))

/** What can be asked about a paper that stands on no board's page: in a list, on its own page, in the palette. */
export type PaperDialog = 'assign' | 'plan' | 'tags' | 'export'

interface PaperDialogsProps {
  /** The open one, and the paper it is about. */
  dialog: PaperDialog | null
  paper: ({ id: string } & Parameters<typeof titleOf>[0]) | undefined
  onClose: () => void
}

/** The dialogs about a paper, each fetched when it is first asked for. */
export function PaperDialogs({ dialog, paper, onClose }: PaperDialogsProps) {
  const { group } = useGroupView()
  if (paper === undefined) return null
  const { id } = paper
  const title = titleOf(paper)
  return (
    <Suspense>
      {dialog === 'assign' && <ReadingDialog paper={id} title={paper} onClose={onClose} />}
      {dialog === 'plan' && <PlanForDialog paper={id} title={title} onClose={onClose} />}
      {dialog === 'tags' && <TagDialog paper={id} title={title} onClose={onClose} />}
      {dialog === 'export' && <ExportDialog group={group.id} papers={{ of: 'papers', papers: [id] }} what="this paper" onClose={onClose} />}
    </Suspense>
  )
}
