import { Here } from './Here.tsx'
import { ItemTitle } from './ItemTitle.tsx'

/** Before the papers: who has come. */
export function Lobby() {
  return (
    <>
      <ItemTitle />
      <Here />
    </>
  )
}
