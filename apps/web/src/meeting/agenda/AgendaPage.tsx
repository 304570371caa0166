import { paths } from '../../routes.ts'
import { ButtonLink } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { useFloor } from '../floor/floor.ts'
import { AgendaSection } from './AgendaSection.tsx'

/** The agenda of a meeting by itself: before it, to see what is coming; after it, why its papers won. */
export function AgendaPage() {
  const { group, meeting, title } = useFloor()
  return (
    <Page
      title={`Agenda: ${title}`}
      width="read"
      lead="Which papers the meeting is about, who voted for them, and what decided."
      actions={
        <ButtonLink href={paths.meeting(group.id, meeting)} size="small" variant="quiet">
          To the meeting
        </ButtonLink>
      }
    >
      <AgendaSection />
    </Page>
  )
}
