import { actionKinds, marked, type WrittenAction } from '@paperboard/shared/decisions'
import { limits } from '@paperboard/shared/limits'
import { useState } from 'react'
import { dayBrief } from '../../board/dates.ts'
import { serverNow } from '../../live/clock.ts'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { TrashIcon } from '../../ui/icons.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { alterAction, dropAction, writeAction } from './acts.ts'
import styles from './Decisions.module.css'
import { guestDenied } from './Decisions.tsx'
import { paperOf, useEnded, useFloor, whyNot } from './floor.ts'
import { Line } from './Line.tsx'
import { Panel } from './Panel.tsx'
import { actions } from './views.ts'

/** What is to be done, and to be read, by whom and until when. Readings are handed out when the meeting ends. */
export function Actions() {
  const floor = useFloor()
  const ended = useEnded()
  const paper = paperOf(floor.item)
  const all = useView(floor.room, actions).filter(action => floor.item === 'closing' || action.paper === paper)
  const denied = guestDenied(floor)
  if (all.length === 0 && (ended || denied !== null)) return null
  return (
    <Panel title="To do" count={all.filter(({ done }) => !done).length}>
      {all.length > 0 && (
        <ol>
          {all.map(action => (
            <Action key={action.key} action={action} />
          ))}
        </ol>
      )}
      {!ended && denied === null && <NewAction key={floor.item} />}
    </Panel>
  )
}

const useMembers = () => useFloor().group.members.filter(({ gone, role }) => !gone && role !== 'guest')

function Action({ action }: { action: WrittenAction }) {
  const floor = useFloor()
  const members = useMembers()
  const { key, by, text, paper, assignee, due, kind, done } = action
  const { key: _, by: __, ...record } = action
  const allowed = (change: Partial<WrittenAction>) => whyNot(floor, { root: 'actions', key, after: { ...record, ...change } }) === null
  const mayTick = allowed(marked(!done, serverNow()))
  const mayGive = allowed({ assignee: assignee === null ? floor.me.id : null })
  const mayDrop = whyNot(floor, { root: 'actions', key, after: undefined }) === null
  const words = kind === 'reading' ? `Read ${paper === null ? 'it' : floor.titleOf(paper)}${text === '' ? '' : `: ${text}`}` : text
  return (
    <li className={styles.action} data-done={done || undefined}>
      <input
        type="checkbox"
        checked={done}
        disabled={!mayTick}
        aria-label={`Done: ${words}`}
        onChange={() => alterAction(floor, action, marked(!done, serverNow()))}
      />
      <div>
        <p className={styles.text}>
          <MathText>{words}</MathText>
        </p>
        <p className={styles.who}>
          {mayGive ? (
            <select
              className={styles.choice}
              aria-label="Who does it"
              value={assignee ?? ''}
              onChange={event => alterAction(floor, action, { assignee: event.target.value === '' ? null : event.target.value })}
            >
              <option value="">Nobody yet</option>
              {members.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          ) : (
            <span>{assignee === null ? 'Nobody yet' : floor.nameOf(assignee)}</span>
          )}
          {due !== null && <span>until {dayBrief(due)}</span>}
          {by !== assignee && <span>noted by {floor.nameOf(by)}</span>}
          {assignee === null && !mayDrop && allowed({ assignee: floor.me.id }) && (
            <Button variant="quiet" size="small" onClick={() => alterAction(floor, action, { assignee: floor.me.id })}>
              I’ll do it
            </Button>
          )}
        </p>
      </div>
      {mayDrop && <IconButton icon={TrashIcon} size="small" iconSize={15} label="Remove" onClick={() => dropAction(floor, action)} />}
    </li>
  )
}

const kindNames = { task: 'Task', reading: 'Reading' } as const

/** A line, and what goes with it: what kind it is, who does it, until when. */
function NewAction() {
  const floor = useFloor()
  const members = useMembers()
  const paper = paperOf(floor.item)
  const [chosen, setKind] = useState<keyof typeof kindNames>('task')
  const [assignee, setAssignee] = useState('')
  const [due, setDue] = useState('')
  const kind = paper === null ? 'task' : chosen
  const write = (text: string): boolean => {
    const taken = writeAction(floor, { paper, text, kind, assignee: assignee === '' ? null : assignee, due: due === '' ? null : due })
    if (taken) setDue('')
    return taken
  }
  return (
    <div className={styles.new}>
      <Line
        place={`action:${floor.item}`}
        label={kind === 'reading' ? 'Which part is to be read? “Sec. 3”, “all of it”' : 'What is to be done?'}
        submit="Add"
        most={kind === 'reading' ? limits.partLength : limits.decisionLength}
        onSubmit={write}
      />
      <div className={styles.kinds}>
        {paper !== null && (
          <Segmented label="What it is" options={actionKinds.map(value => ({ value, label: kindNames[value] }))} value={kind} onChange={setKind} />
        )}
        <select className={styles.choice} aria-label="Who does it" value={assignee} onChange={event => setAssignee(event.target.value)}>
          <option value="">Nobody yet</option>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <label>
          until <input type="date" className={styles.choice} value={due} onChange={event => setDue(event.target.value)} />
        </label>
      </div>
    </div>
  )
}
