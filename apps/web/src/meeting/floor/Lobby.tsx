import { Door } from '../guests/Door.tsx'
import { Here } from './Here.tsx'
import { ItemTitle } from './ItemTitle.tsx'

/** Before the papers: who has come, and how guests do. */
export function Lobby() {
  return (
    <>
      <ItemTitle />
      <Here />
      <Door />
    </>
  )
}
