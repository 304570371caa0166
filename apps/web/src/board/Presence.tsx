import { usePresence } from '../live/hooks.ts'
import { AvatarStack } from '../ui/Avatar.tsx'
import { useGroupView } from './board.ts'
import { listed } from './names.ts'
import { useMedia } from './nav.ts'
import { sameList } from './shown.ts'

/** Who else of the group is here now. */
export function Presence() {
  const { groupRoom, me, nameOf } = useGroupView()
  const ids = usePresence(groupRoom, here => [...here.keys()].filter(id => id !== me.id).sort(), sameList)
  const narrow = useMedia('(max-width: 48rem)')
  const people = ids.map(id => ({ id, name: nameOf(id) }))
  return <AvatarStack people={people} label={`Here now: ${listed(people.map(({ name }) => name))}`} max={narrow ? 1 : 5} size="medium" />
}
