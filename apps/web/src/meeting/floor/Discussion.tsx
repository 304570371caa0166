import { useState } from 'react'
import { Abstract } from '../../board/Abstract.tsx'
import { Authors } from '../../board/Authors.tsx'
import { PaperLinks } from '../../board/PaperLinks.tsx'
import { useView } from '../../live/hooks.ts'
import { PaperReadiness } from '../../readings/Readiness.tsx'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { ReadingIcon } from '../../ui/icons.tsx'
import { entries } from '../agenda/agenda.ts'
import { useHandOut } from '../agenda/useHandOut.tsx'
import { Clock } from './Clock.tsx'
import styles from './Discussion.module.css'
import { useFloor } from './floor.ts'
import { ItemTitle } from './ItemTitle.tsx'

/** A paper that is discussed, and how long still. */
export function Discussion() {
  const { item, group, papers, me } = useFloor()
  const [unfolded, setUnfolded] = useState(false)
  const [handOut, form] = useHandOut(papers)
  const paper = papers.get(item)
  return (
    <>
      <ItemTitle />
      {paper !== undefined && (
        <>
          <Authors authors={paper.authors} />
          <Presenter paper={item} />
          <div className={styles.links}>
            <PaperLinks paper={paper} />
            {me.role !== 'guest' && (
              <>
                <ButtonLink href={paths.paper(group.id, paper.id)} variant="quiet" size="small">
                  What was said on it
                </ButtonLink>
                <Button variant="quiet" size="small" icon={ReadingIcon} onClick={() => handOut('assign', paper.id)}>
                  Assign a reading…
                </Button>
              </>
            )}
          </div>
          {form}
          <PaperReadiness paper={paper.id} />
          <Abstract text={paper.abstract} unfolded={unfolded} onToggle={() => setUnfolded(!unfolded)} />
        </>
      )}
      <Clock />
    </>
  )
}

/** Who presents the paper, as the agenda says. */
function Presenter({ paper }: { paper: string }) {
  const { room, me, nameOf } = useFloor()
  const presenter = useView(room, entries).get(paper)?.presenter ?? null
  return presenter === null ? null : <p>{presenter === me.id ? 'You present it.' : `${nameOf(presenter)} presents it.`}</p>
}
