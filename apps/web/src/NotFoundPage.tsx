import type { ReactNode } from 'react'
import { useMe } from './api.ts'
import { paths } from './routes.ts'
import { ButtonLink } from './ui/Button.tsx'
import { useTitle } from './ui/Page.tsx'
import { EmptyState } from './ui/states.tsx'

/** Where a link leads nowhere. */
export function NotFoundPage({
  title = 'There is nothing at this address',
  children = 'The link may be old, or a letter of it got lost.',
}: {
  title?: string
  children?: ReactNode
}) {
  useTitle('Not found')
  const groups = useMe().data?.groups ?? []
  return (
    <EmptyState
      as="h1"
      drawing="lost"
      title={title}
      actions={<ButtonLink href={paths.home}>{groups.length > 0 ? 'Go to today’s board' : 'Start a group'}</ButtonLink>}
    >
      {children}
    </EmptyState>
  )
}
