import { MathText } from '../../paper/MathText.tsx'
import { DoorOnScreen } from '../guests/DoorOnScreen.tsx'
import { Clock } from './Clock.tsx'
import { ClosingOnScreen } from './ClosingOnScreen.tsx'
import { CutOff } from './CutOff.tsx'
import { useEnded, useFloor } from './floor.ts'
import { Here } from './Here.tsx'
import { nameOfItem } from './items.ts'
import { FloorOnScreen } from './OnScreen.tsx'
import styles from './Projector.module.css'

/** For all in the room: what is discussed, in type that is read from the last row. */
export function Projector() {
  const { title, item, papers } = useFloor()
  const isOver = useEnded() && item === 'closing'
  const paper = papers.get(item)
  return (
    <main className={styles.screen}>
      <CutOff large />
      <header className={styles.head}>
        <div className={styles.words}>
          <p className={styles.meeting}>{title}</p>
          <h1 className={styles.title}>{isOver ? 'The meeting has ended' : <MathText>{nameOfItem(item, papers)}</MathText>}</h1>
          {paper !== undefined && <p className={styles.authors}>{paper.authors.slice(0, 4).join(', ')}</p>}
        </div>
        {item !== 'lobby' && <DoorOnScreen large={false} />}
      </header>
      {item === 'lobby' ? <Here large /> : <Clock large />}
      {item === 'closing' && <ClosingOnScreen />}
      {!isOver && <FloorOnScreen />}
      {item === 'lobby' && <DoorOnScreen large />}
    </main>
  )
}
