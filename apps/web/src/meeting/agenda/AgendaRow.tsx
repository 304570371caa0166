import type { AgendaItem } from '@paperboard/shared/agendaOrder'
import { reasonFor, shown } from '@paperboard/shared/agendaReasons'
import type { AgendaRule, Placed } from '@paperboard/shared/agendaRules'
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'wouter'
import { dayBrief, timeLong } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { IconButton } from '../../ui/Button.tsx'
import { DownIcon, MoreIcon, TrashIcon, UpIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import { type FloorView, useFloor } from '../floor/floor.ts'
import styles from './Agenda.module.css'
import type { AgendaView } from './agenda.ts'
import { change, drop, idsOf, letVotesDecide } from './agendaActs.ts'
import { Handle } from './Handle.tsx'
import { useNamed } from './names.ts'
import { RunOffRounds } from './RunOffRounds.tsx'
import { useHandOutItems } from './useHandOut.tsx'

/** Time boxes that are offered. */
const boxes = [5, 10, 15, 20, 30, 45]

interface AgendaRowProps {
  item: AgendaItem
  nth: number
  view: AgendaView
  /** What makes its handle one; null for who may not move it. */
  handle: ComponentProps<'button'> | null
  /** Where what is dragged would come, beside this row. */
  dropped: 'above' | 'below' | null
  isDragged: boolean
  onMove: (nth: number) => void
}

/** One paper of the agenda: its place, why it has that, and who presents it. */
export function AgendaRow({ item, nth, view, handle, dropped, isDragged, onMove }: AgendaRowProps) {
  const floor = useFloor()
  const named = useNamed()
  const { paper, placed, minutes } = item
  const title = named.title(paper)
  const of = view.agenda.items.length
  const handOut = useHandOutItems(paper)
  const sections = () => [...(handOut.length > 0 ? [{ items: handOut }] : []), ...(handle === null ? [] : sectionsFor(floor, { item, nth, view, onMove }))]
  return (
    <li className={styles.row} data-agenda-paper={paper} data-dropped={dropped ?? undefined} data-dragged={isDragged || undefined}>
      {handle === null ? <span className={styles.place}>{nth}</span> : <Handle title={title} nth={nth} of={of} {...handle} />}
      <div className={styles.words}>
        <Title paper={paper} />
        <p className={styles.why}>
          <Way item={item} set={view.set} />
          {placed !== null && reasonFor(placed, view.parts.rule, named)}
        </p>
        {(item.presenter !== null || minutes !== null) && (
          <p className={styles.facts}>
            {[
              item.presenter === null ? '' : `${item.presenter === floor.me.id ? 'You present' : `${floor.nameOf(item.presenter)} presents`}`,
              minutes === null ? '' : `${minutes} minutes`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
        {placed !== null && placed.votes.length > 0 && <Votes placed={placed} />}
        {placed?.runOff != null && <RunOffRounds placed={placed} parts={view.parts} />}
      </div>
      {placed !== null && (
        <span className={styles.score} title={`Score: ${shown(placed.score)}`}>
          <span className="visually-hidden">Score: </span>
          {shown(placed.score)}
        </span>
      )}
      {(handle !== null || handOut.length > 0) && (
        <Menu align="end" trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about “${title}”`} />} sections={sections} />
      )}
    </li>
  )
}

/** What a paper is called, and the way to what was said on it; guests have no way there. */
function Title({ paper }: { paper: string }) {
  const { group, me } = useFloor()
  const title = <MathText>{useNamed().title(paper)}</MathText>
  if (me.role === 'guest') return <p className={styles.title}>{title}</p>
  return (
    <Link href={paths.paper(group.id, paper)} className={styles.title}>
      {title}
    </Link>
  )
}

/** What put it here beside votes. */
function Way({ item: { way, by, placed }, set }: { item: AgendaItem; set: boolean }) {
  const { me, nameOf } = useFloor()
  if (way === 'session') return <>Planned for this session. </>
  if (way !== 'hand' || by === null) return placed === null && set ? <>Put on the agenda by hand. </> : null
  return <>{by === me.id ? 'You put it here. ' : `${nameOf(by)} put it here. `}</>
}

/** Who voted, when, and on which board. */
function Votes({ placed }: { placed: Placed }) {
  const { group, me } = useFloor()
  const { name } = useNamed()
  return (
    <details className={styles.votes}>
      <summary>Who voted when</summary>
      <ul>
        {placed.votes
          .toSorted((a, b) => a.at - b.at)
          .map(({ member, value, at, board }) => (
            <li key={member}>
              {value > 0 ? <UpIcon size={12} /> : <DownIcon size={12} />}
              <span>
                {name(member)} {value > 0 ? 'for it' : 'against it'}, <time dateTime={new Date(at).toISOString()}>{timeLong(at)}</time>
                {board !== undefined && (
                  <>
                    , on{' '}
                    {me.role === 'guest' ? `the board of ${dayBrief(board)}` : <Link href={paths.board(group.id, board)}>the board of {dayBrief(board)}</Link>}
                  </>
                )}
              </span>
            </li>
          ))}
      </ul>
      {placed.also !== undefined && (
        <p>It was on boards under two entries, which turned out to be one work. Whoever voted on both is counted once, by the later vote.</p>
      )}
    </details>
  )
}

function sectionsFor(floor: FloorView, { item, nth, view, onMove }: Pick<AgendaRowProps, 'item' | 'nth' | 'view' | 'onMove'>): MenuSection[] {
  const { paper, minutes, presenter, pinned, placed } = item
  const last = view.agenda.items.length
  const offering = (placed?.offers ?? []).map(({ member }) => member)
  const members = floor.group.members.filter(({ gone, role }) => !gone && role !== 'guest')
  const order = [...members].sort((a, b) => Number(offering.includes(b.id)) - Number(offering.includes(a.id)))
  return [
    {
      items: [
        ...(nth > 1 ? [{ label: 'Move up', icon: UpIcon, onSelect: () => onMove(nth - 1) }] : []),
        ...(nth < last ? [{ label: 'Move down', icon: DownIcon, onSelect: () => onMove(nth + 1) }] : []),
        ...(view.set
          ? []
          : pinned
            ? [{ label: 'Let votes decide its place', onSelect: () => letVotesDecide(floor, idsOf(view.parts, paper)) }]
            : [{ label: `Pin it as number ${nth}`, onSelect: () => onMove(nth) }]),
        { label: 'Take it off', icon: TrashIcon, danger: true, onSelect: () => drop(floor, paper) },
      ],
    },
    {
      heading: 'Minutes',
      items: boxes.map(box => ({
        label: `${box} minutes`,
        checked: minutes === box,
        onSelect: () => void change(floor, paper, { minutes: minutes === box ? null : box }),
      })),
    },
    {
      heading: 'Who presents it',
      items: order.map(({ id, name }) => ({
        key: id,
        label: id === floor.me.id ? 'You' : name,
        ...(offering.includes(id) ? { detail: 'offers to present it' } : {}),
        checked: presenter === id,
        onSelect: () => void change(floor, paper, { presenter: presenter === id ? null : id }),
      })),
    },
  ]
}

/** A paper that is not on the agenda. */
export function OtherRow({ paper, placed, rule, children }: { paper: string; placed: Placed | null; rule: AgendaRule; children: ReactNode }) {
  const named = useNamed()
  const handOut = useHandOutItems(paper)
  return (
    <li className={styles.row} data-agenda-paper={paper}>
      <div className={styles.words}>
        <Title paper={paper} />
        {placed !== null && <p className={styles.why}>{reasonFor(placed, rule, named)}</p>}
      </div>
      {children}
      {handOut.length > 0 && (
        <Menu
          align="end"
          trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about “${named.title(paper)}”`} />}
          sections={() => [{ items: handOut }]}
        />
      )}
    </li>
  )
}
