import { MathText } from '../../paper/MathText.tsx'
import { DoorOnScreen } from '../guests/DoorOnScreen.tsx'
import { Clock } from './Clock.tsx'
import { ClosingOnScreen } from './ClosingOnScreen.tsx'
import { CutOff } from './CutOff.tsx'
import { useEnded, useFloor } from './floor.ts'
import { Here } from './Here.tsx'
import { nameOfItem } from './items.ts'
import { FloorOnScreen, SpeakersOnScreen } from './OnScreen.tsx'
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
        {item !== 'lobby' && !isOver && <DoorOnScreen large={false} />}
      </header>
      {item === 'lobby' ? (
        <>
          <Here large />
          <div className={styles.lobby}>
            <AgendaOnScreen />
            <DoorOnScreen large />
          </div>
        </>
      ) : (
        <div className={styles.now}>
          <Clock large />
          {!isOver && <SpeakersOnScreen />}
        </div>
      )}
      {item === 'closing' && <ClosingOnScreen />}
      {!isOver && <FloorOnScreen />}
    </main>
  )
}

/** Papers that have room beside the code. */
const shown = 6

/** What the meeting is to be about, as votes stand. */
function AgendaOnScreen() {
  const { items, papers } = useFloor()
  const agenda = items.filter(each => each !== 'lobby' && each !== 'closing')
  if (agenda.length === 0) return null
  return (
    <section className={styles.agenda}>
      <h2>On the agenda</h2>
      <ol>
        {agenda.slice(0, shown).map(paper => (
          <li key={paper}>
            <MathText>{nameOfItem(paper, papers)}</MathText>
          </li>
        ))}
      </ol>
      {agenda.length > shown && <p className={styles.authors}>and {agenda.length - shown} more</p>}
    </section>
  )
}
