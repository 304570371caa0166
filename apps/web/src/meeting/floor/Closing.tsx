import { paths } from '../../routes.ts'
import { ButtonLink } from '../../ui/Button.tsx'
import { PageIcon } from '../../ui/icons.tsx'
import { Next } from '../minutes/Next.tsx'
import { Clock } from './Clock.tsx'
import styles from './Closing.module.css'
import { useEnded, useFloor } from './floor.ts'
import { ItemTitle } from './ItemTitle.tsx'

/** After the papers: what came of it, its minutes, and what follows. */
export function Closing() {
  const { group, meeting, me } = useFloor()
  const ended = useEnded()
  return (
    <>
      <ItemTitle />
      <p className={styles.lead}>What was decided, what is to do, and what waits for another time.</p>
      <Clock />
      {ended && me.role !== 'guest' && (
        <div className={styles.after}>
          <ButtonLink href={paths.minutes(group.id, meeting)} icon={PageIcon}>
            Minutes
          </ButtonLink>
          <Next />
        </div>
      )}
    </>
  )
}
