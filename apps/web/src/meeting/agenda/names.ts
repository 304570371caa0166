/** How members and papers are called in an agenda. */
import type { Named } from '@paperboard/shared/agendaReasons'
import type { Paper } from '@paperboard/shared/api'
import { createContext, use, useMemo } from 'react'
import { titleOf } from '../../paper/links.ts'
import { useFloor } from '../floor/floor.ts'

export const NamesContext = createContext<Named>({ name: () => '', title: () => '' })
export const useNamed = (): Named => use(NamesContext)

export const useNames = (papers: ReadonlyMap<string, Paper>): Named => {
  const { nameOf, papers: known } = useFloor()
  return useMemo(
    () => ({
      name: nameOf,
      title: paper => {
        const found = papers.get(paper) ?? known.get(paper)
        return found === undefined ? 'A paper' : titleOf(found)
      },
    }),
    [nameOf, papers, known],
  )
}
