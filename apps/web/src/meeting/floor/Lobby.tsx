import { AgendaSection } from '../agenda/AgendaSection.tsx'
import { Door } from '../guests/Door.tsx'
import { Here } from './Here.tsx'
import { ItemTitle } from './ItemTitle.tsx'

/** Before the papers: who has come, what the meeting is to be about, and how guests come in. */
export function Lobby() {
  return (
    <>
      <ItemTitle />
      <Here />
      <AgendaSection />
      <Door />
    </>
  )
}
