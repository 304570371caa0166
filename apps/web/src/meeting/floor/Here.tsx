import { listed } from '../../board/names.ts'
import { sameList } from '../../board/shown.ts'
import { usePresence } from '../../live/hooks.ts'
import { AvatarStack } from '../../ui/Avatar.tsx'
import { useFloor } from './floor.ts'
import styles from './Here.module.css'

/** Who is in the meeting now. */
export function Here({ large = false }: { large?: boolean }) {
  const { room, nameOf } = useFloor()
  const ids = usePresence(room, here => [...here.keys()].sort(), sameList)
  const people = ids.map(id => ({ id, name: nameOf(id) }))
  if (people.length === 0)
    return (
      <p className={styles.here} data-large={large || undefined}>
        Nobody else is here yet.
      </p>
    )
  const names = listed(people.map(({ name }) => name))
  return (
    <p className={styles.here} data-large={large || undefined}>
      <AvatarStack people={people} label={`Here: ${names}`} max={12} size="medium" /> {names} {people.length === 1 ? 'is' : 'are'} here.
    </p>
  )
}
