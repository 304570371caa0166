import { addDays } from '@paperboard/shared/days'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../../api.ts'
import { count, signed } from '../../board/names.ts'
import { listingQuery } from '../../lists/listing.ts'
import { titleOf } from '../../paper/links.ts'
import { MathText } from '../../paper/MathText.tsx'
import { fold, matches, wordsOf } from '../../paper/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { ErrorState, SkeletonText } from '../../ui/states.tsx'
import { useFloor } from '../floor/floor.ts'
import { Nothing } from '../floor/Panel.tsx'
import styles from './Agenda.module.css'
import type { AgendaView } from './agenda.ts'
import { moveTo } from './agendaActs.ts'

/** Days of boards that papers are offered from, and how many are shown at a time. */
const days = 28
const shown = 30

/** Puts papers on the agenda that votes have not brought there: from the boards of the last weeks. */
export function AddPapers({ view, onClose }: { view: AgendaView; onClose: () => void }) {
  const floor = useFloor()
  const { group } = floor
  const [typed, setTyped] = useState('')
  const { data, error, refetch } = useQuery(listingQuery(group.id, { view: 'days', from: addDays(group.today, 1 - days), to: group.today }))
  const on = new Set(view.agenda.items.map(({ paper }) => paper))
  const words = wordsOf(typed)
  const found = (data?.papers ?? []).filter(paper => !on.has(paper.id) && matches(fold(`${titleOf(paper)} ${paper.authors.join(' ')}`), words))
  return (
    <Dialog
      title="Put papers on the agenda"
      lead={`From the boards of the last ${days / 7} weeks. They stand where you put them, whatever is voted.`}
      onClose={onClose}
    >
      <TextField type="search" label="Find by title or author" value={typed} onChange={event => setTyped(event.target.value)} />
      {data === undefined && error === null && <SkeletonText lines={4} label="Loading the papers" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data !== undefined && found.length === 0 && <Nothing>{typed === '' ? 'All of them are on the agenda.' : 'None of them has these words.'}</Nothing>}
      <ul>
        {found.slice(0, shown).map(paper => (
          <li key={paper.id} className={styles.row}>
            <div className={styles.words}>
              <p className={styles.title}>
                <MathText>{titleOf(paper)}</MathText>
              </p>
              <p className={styles.why}>
                {paper.authors.slice(0, 3).join(', ')} · {signed(paper.up - paper.down)}
              </p>
            </div>
            <Button size="small" onClick={() => moveTo(floor, view.parts, { paper: paper.id, nth: view.agenda.items.length + 1 })}>
              Put on
            </Button>
          </li>
        ))}
      </ul>
      {found.length > shown && <Nothing>{count(found.length - shown, 'more paper')}: type some words to find one.</Nothing>}
    </Dialog>
  )
}
