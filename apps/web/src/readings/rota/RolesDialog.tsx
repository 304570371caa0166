import { type Casting, cast, castReason, type Place, rolesHeld } from '@paperboard/shared/casting'
import type { PlannedSession } from '@paperboard/shared/groupSessions'
import { type NamedTemplate, usualTemplates } from '@paperboard/shared/templates'
import { useMemo, useState } from 'react'
import { useGroupView } from '../../board/board.ts'
import { dayBrief, dayNear } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'
import { titleOf } from '../../paper/links.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import { useReadingPapers } from '../readingPapers.ts'
import styles from './RolesDialog.module.css'
import { handOut, whyNotHandOut } from './roleActs.ts'

/** Hands out the roles of a template for a session: who is proposed and why, changed by hand, then put down as readings. */
export default function RolesDialog({ session, onClose }: { session: PlannedSession; onClose: () => void }) {
  const view = useGroupView()
  const { group, groupRoom } = view
  const templates = useView(groupRoom, views.templates)
  const [chosen, setChosen] = useState(0)
  const [paper, setPaper] = useState(session.papers[0]?.paper ?? '')
  const [partsText, setPartsText] = useState('Sec. 1, Sec. 2, Sec. 3')
  /** Whom one has chosen by hand, by place. */
  const [byHand, setByHand] = useState<ReadonlyMap<string, string>>(new Map())
  const template = templates[chosen] ?? usualTemplates[0]
  const papers = useReadingPapers(
    group.id,
    session.papers.map(each => ({ paper: each.paper, board: session.day })),
  )
  const byParts = template?.roles.some(({ takers }) => takers === 'parts') ?? false
  const parts = partsText
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
  const proposed = useProposed({ session, template, paper: paper === '' ? null : paper, parts })
  const castings = proposed.map((casting, n) => ({ ...casting, key: keyOf(casting, n), member: byHand.get(keyOf(casting, n)) ?? casting.member }))
  const fresh = castings.filter(({ member, why }, n) => member !== '' && !(why === 'has' && member === proposed[n]?.member))
  const roles = { session: session.key, paper: paper === '' ? null : paper, board: session.day, castings: fresh }
  const denied = fresh.length === 0 ? 'Nobody is to get a role.' : whyNotHandOut(view, roles)
  const choose = (key: string, member: string) => setByHand(new Map(byHand).set(key, member))

  return (
    <Dialog
      title="Hand out roles"
      lead={`For ${dayBrief(session.day)}. Whoever has the fewest roles comes first, and gets the one they have least often.`}
      size="large"
      unsaved={byHand.size > 0}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            denied={denied}
            onClick={() => {
              handOut(view, roles)
              onClose()
            }}
          >
            Hand out {count(fresh.length, 'role')}
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        <Select
          label="Template"
          value={chosen}
          onChange={event => {
            setChosen(Number(event.target.value))
            setByHand(new Map())
          }}
        >
          {templates.map(({ key, name }, n) => (
            <option key={key ?? name} value={n}>
              {name}
            </option>
          ))}
        </Select>
        <Select label="Paper" value={paper} onChange={event => setPaper(event.target.value)}>
          {session.papers.map(each => {
            const known = papers.get(each.paper)
            return (
              <option key={each.paper} value={each.paper}>
                {known === undefined ? 'Loading' : titleOf(known)}
              </option>
            )
          })}
          <option value="">Still open</option>
        </Select>
        {byParts && (
          <TextField
            label="Parts, with commas between"
            hint={parts.length === 0 ? 'For example: Sec. 1, Sec. 2, Fig. 3' : count(parts.length, 'part')}
            value={partsText}
            onChange={event => setPartsText(event.target.value)}
          />
        )}
      </div>
      <ul className={styles.places} aria-label="Who has which role">
        {castings.map((casting, n) => (
          <PlaceRow key={casting.key} casting={casting} proposed={proposed[n]?.member ?? ''} onChoose={member => choose(casting.key, member)} />
        ))}
      </ul>
    </Dialog>
  )
}

const keyOf = ({ roleName, part }: Place, n: number) => `${n} ${roleName} ${part}`

/** Who is proposed for each role, from what everybody has had before and has already. */
function useProposed({
  session,
  template,
  paper,
  parts,
}: {
  session: PlannedSession
  template: NamedTemplate | undefined
  paper: string | null
  parts: readonly string[]
}): Casting[] {
  const { group, groupRoom } = useGroupView()
  const readings = useView(groupRoom, views.readings)
  const presenters = useView(groupRoom, views.presenters)
  const absences = useView(groupRoom, views.absences)
  const split = parts.join(', ')
  return useMemo(
    () =>
      cast(template?.roles ?? [], {
        members: group.members
          .filter(({ gone, role }) => !gone && role !== 'guest')
          .map(({ id, joinedAt }) => ({ id, joined: new Date(joinedAt).toISOString().slice(0, 10), factor: 1 })),
        absences,
        held: rolesHeld(readings.filter(reading => reading.session !== session.key)),
        day: session.day,
        parts: split === '' ? [] : split.split(', '),
        presenting: presenters.filter(presenter => presenter.session === session.key).map(({ member }) => member),
        there: readings.flatMap(({ session: of, paper: its, member, roleName, part }) =>
          of === session.key && its === paper && roleName !== undefined ? [{ member, roleName, part }] : [],
        ),
      }),
    [template, group, absences, readings, presenters, session, paper, split],
  )
}

function PlaceRow({ casting, proposed, onChoose }: { casting: Casting; proposed: string; onChoose: (member: string) => void }) {
  const { group, me } = useGroupView()
  const { roleName, task, part, member } = casting
  const hint = member === proposed ? castReason(casting, day => dayNear(day, group.today)) : member === '' ? 'Left open' : 'Chosen by you'
  return (
    <li className={styles.place}>
      <div>
        <p className={styles.role}>
          <strong>{roleName}</strong> {part}
        </p>
        {task !== '' && <p className={styles.task}>{task}</p>}
      </div>
      <Select
        label={`Who is ${[roleName, part].filter(Boolean).join(', ')}`}
        labelHidden
        value={member}
        disabled={casting.why === 'has'}
        hint={hint}
        onChange={event => onChoose(event.target.value)}
      >
        <option value="">Nobody</option>
        {group.members
          .filter(({ gone, id }) => !gone || id === member)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {id === me.id ? `${name} (you)` : name}
            </option>
          ))}
      </Select>
    </li>
  )
}
