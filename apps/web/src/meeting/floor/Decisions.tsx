import type { WrittenNote } from '@paperboard/shared/decisions'
import { limits } from '@paperboard/shared/limits'
import { useState } from 'react'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { EditIcon, TrashIcon } from '../../ui/icons.tsx'
import { rewrite, unwrite, writeNote } from './acts.ts'
import styles from './Decisions.module.css'
import { type FloorView, paperOf, useEnded, useFloor, useLeads } from './floor.ts'
import { Line } from './Line.tsx'
import { Panel } from './Panel.tsx'
import { decisions, parked } from './views.ts'

/** Why a guest writes nothing down; null for members. */
export const guestDenied = ({ me }: FloorView) => (me.role === 'guest' ? 'The members of the group write this down.' : null)

const kinds = {
  decisions: { title: 'Decisions', label: 'Write down a decision', submit: 'Decide', view: decisions },
  parked: { title: 'Parking lot', label: 'Park something for another time', submit: 'Park', view: parked },
} as const

export const Decisions = () => <Notes root="decisions" />
export const ParkingLot = () => <Notes root="parked" />

/** What was decided about the item that is shown, or put aside. The closing shows all of it. */
function Notes({ root }: { root: keyof typeof kinds }) {
  const floor = useFloor()
  const ended = useEnded()
  const { title, label, submit, view } = kinds[root]
  const paper = paperOf(floor.item)
  const all = useView(floor.room, view).filter(written => floor.item === 'closing' || written.paper === paper)
  const denied = guestDenied(floor)
  if (all.length === 0 && (ended || denied !== null)) return null
  return (
    <Panel title={title} count={all.length}>
      {all.length > 0 && (
        <ol className={styles.list}>
          {all.map(written => (
            <Written key={written.key} root={root} written={written} />
          ))}
        </ol>
      )}
      {!ended && denied === null && (
        <Line place={`${root}:${floor.item}`} label={label} submit={submit} most={limits.decisionLength} onSubmit={text => writeNote(floor, root, { text })} />
      )}
    </Panel>
  )
}

function Written({ root, written }: { root: keyof typeof kinds; written: WrittenNote }) {
  const floor = useFloor()
  const leads = useLeads()
  const ended = useEnded()
  const [changing, setChanging] = useState(false)
  const { key, text, by, paper } = written
  const done = (typed: string) => {
    const taken = rewrite(floor, root, written, typed)
    if (taken) setChanging(false)
    return taken
  }
  if (changing)
    return (
      <li className={styles.note}>
        <Line
          place={key}
          label="Change the words"
          submit="Save"
          initial={text}
          most={limits.decisionLength}
          ref={area => area?.focus()}
          onSubmit={done}
          onCancel={() => setChanging(false)}
        />
      </li>
    )
  const mayChange = !ended && (leads || by === floor.me.id)
  return (
    <li className={styles.note}>
      <div className={styles.words}>
        <p className={styles.text}>
          <MathText>{text}</MathText>
        </p>
        <p className={styles.by}>
          {floor.nameOf(by)}
          {floor.item === 'closing' && paper !== null && <> on {floor.titleOf(paper)}</>}
        </p>
      </div>
      {mayChange && (
        <div className={styles.tools}>
          <IconButton icon={EditIcon} size="small" iconSize={15} label="Change the words" onClick={() => setChanging(true)} />
          <IconButton icon={TrashIcon} size="small" iconSize={15} label="Remove" onClick={() => unwrite(floor, root, written)} />
        </div>
      )}
    </li>
  )
}
