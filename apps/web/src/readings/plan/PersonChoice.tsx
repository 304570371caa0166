import { limits } from '@paperboard/shared/limits'
import type { PlanSession } from '@paperboard/shared/plan'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { type GroupView, useGroupView } from '../../board/board.ts'
import { count } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { absences as absencesView, readings as readingsView } from '../../live/views.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './PersonChoice.module.css'
import { isSameName, matchesName } from './people.ts'
import { whyNotPlan } from './planActs.ts'

/** A member, or somebody from outside by name. */
export type Chosen = { outside: false; member: string; name: string } | { outside: true; name: string }

interface PersonChoiceProps {
  session: PlanSession
  chosen: Chosen | null
  onChoose: (chosen: Chosen | null) => void
  /** Enter in the field takes whoever is marked. */
  onEnter: (chosen: Chosen | null) => void
}

const keyOf = (chosen: Chosen) => (chosen.outside ? 'outside' : chosen.member)

/** A field that finds people by the letters of their names; arrows mark one, and Enter takes them. */
export function PersonChoice({ session, chosen, onChoose, onEnter }: PersonChoiceProps) {
  const view = useGroupView()
  const id = useId()
  const [typed, setTyped] = useState('')
  const people = usePeople(view, session)
  const found = useMemo(() => foundBy(typed, people, whyNotPlan(view, session.key) === null), [typed, people, view, session.key])
  const marked = found.findIndex(each => chosen !== null && keyOf(each.chosen) === keyOf(chosen))
  const mark = (at: number) => onChoose(found[Math.min(Math.max(at, 0), found.length - 1)]?.chosen ?? null)
  const type = (text: string) => {
    setTyped(text)
    onChoose(text.trim() === '' ? null : (foundBy(text, people, whyNotPlan(view, session.key) === null)[0]?.chosen ?? null))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') mark(marked + 1)
    else if (event.key === 'ArrowUp') mark(marked - 1)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter(chosen)
    else return
    event.preventDefault()
  }
  return (
    <div>
      <label htmlFor={`${id}-field`} className={styles.label}>
        Who
      </label>
      <input
        id={`${id}-field`}
        className={styles.field}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={marked === -1 ? undefined : `${id}-${marked}`}
        autoComplete="off"
        placeholder="Type a name"
        maxLength={limits.nameLength}
        value={typed}
        onChange={event => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label="People" className={styles.list}>
        {found.map(({ chosen: person, detail }, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the marked one
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field
          <div
            key={keyOf(person)}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === marked}
            className={styles.option}
            onPointerDown={event => event.preventDefault()}
            onClick={() => onChoose(person)}
          >
            {!person.outside && <Avatar id={person.member} name={person.name} size="small" />}
            <span className={styles.name}>
              {person.outside ? `“${person.name}”, from outside` : person.member === view.me.id ? `${person.name} (you)` : person.name}
            </span>
            <span className={styles.detail}>{detail}</span>
          </div>
        ))}
        {found.length === 0 && <p className={styles.none}>Nobody of this name is in the group.</p>}
      </div>
    </div>
  )
}

interface Found {
  chosen: Chosen
  detail: string
}

/** The members, oneself first, with what speaks for or against them. */
const usePeople = ({ group, me, groupRoom }: GroupView, { day }: PlanSession): Found[] => {
  const absences = useView(groupRoom, absencesView)
  const readings = useView(groupRoom, readingsView)
  return useMemo(() => {
    const open = Map.groupBy(
      readings.filter(({ state, due }) => state !== 'read' && state !== 'ready' && (due === null || due >= group.today)),
      ({ member }) => member,
    )
    const present = group.members.filter(({ gone }) => !gone)
    const sorted = [...present.filter(({ id }) => id === me.id), ...present.filter(({ id }) => id !== me.id).sort((a, b) => a.name.localeCompare(b.name))]
    return sorted.map(({ id, name }) => {
      const away = absences.some(({ member, from, to }) => member === id && from <= day && day <= to)
      const n = open.get(id)?.length ?? 0
      return { chosen: { outside: false, member: id, name }, detail: away ? 'away that day' : n === 0 ? '' : count(n, 'open reading') }
    })
  }, [group, me, absences, readings, day])
}

const foundBy = (typed: string, people: readonly Found[], outside: boolean): Found[] => {
  const name = typed.trim()
  const found = people.filter(({ chosen }) => matchesName(chosen.name, name))
  const isMember = people.some(({ chosen }) => isSameName(chosen.name, name))
  return outside && name.length > 1 && !isMember ? [...found, { chosen: { outside: true, name }, detail: '' }] : found
}
