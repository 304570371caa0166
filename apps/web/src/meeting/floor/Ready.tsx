import { listed } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { AvatarStack } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { paperInFocus } from '../agenda/useHandOut.tsx'
import { toggleReady } from './acts.ts'
import { useEnded, useFloor, whyListening } from './floor.ts'
import styles from './Ready.module.css'
import { readyOf } from './views.ts'

/** Who is ready for the item that is shown, and whether I am. */
export function Ready() {
  const floor = useFloor()
  const ended = useEnded()
  const ready = useView(floor.room, readyOf(floor.item))
  const mine = ready.includes(floor.me.id)
  useKeys(
    [
      {
        keys: 'r',
        does: 'Say that you are ready, or not yet',
        under: 'In a meeting',
        when: () => paperInFocus() === null,
        act: () => toggleReady(floor, floor.item),
      },
    ],
    !ended,
  )
  if (ended) return null
  const names = listed(ready.map(floor.nameOf))
  return (
    <div className={styles.ready}>
      <Button
        icon={CheckIcon}
        kbd="r"
        aria-pressed={mine}
        variant={mine ? 'primary' : 'plain'}
        denied={whyListening(floor)}
        onClick={() => toggleReady(floor, floor.item)}
      >
        {mine ? 'You are ready' : 'I’m ready'}
      </Button>
      {ready.length > 0 && (
        <span className={styles.who}>
          <AvatarStack people={ready.map(id => ({ id, name: floor.nameOf(id) }))} label={`Ready: ${names}`} max={8} />
          {ready.length} ready
        </span>
      )}
    </div>
  )
}
