import { ballotsOf } from '@paperboard/shared/agendaRules'
import { useState } from 'react'
import { count } from '../../board/names.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CloseIcon, DownIcon, MoreIcon, UpIcon } from '../../ui/icons.tsx'
import { Menu, type MenuSection } from '../../ui/Menu.tsx'
import { useFloor } from '../floor/floor.ts'
import { Nothing, Panel } from '../floor/Panel.tsx'
import styles from './Agenda.module.css'
import type { AgendaView } from './agenda.ts'
import { rank } from './agendaActs.ts'
import { Handle } from './Handle.tsx'
import { useNamed } from './names.ts'
import { useReorder } from './reorder.ts'

/** Papers that one has not put in order, of which so many are shown at first. */
const shownFirst = 8

/** My order of papers, for ranked choice: as I voted, until I put it otherwise. */
export function MyRanking({ view: { agenda, parts } }: { view: AgendaView }) {
  const floor = useFloor()
  const { me } = floor
  const { title } = useNamed()
  const [all, setAll] = useState(false)
  const { standing } = parts
  const papers = ballotsOf(standing).find(({ member }) => member === me.id)?.papers ?? []
  const votedFor = new Set(
    standing.candidates.filter(({ votes }) => votes.some(({ member, value }) => member === me.id && value > 0)).map(({ paper }) => paper),
  )
  const rest = [...agenda.items, ...agenda.others].map(({ paper }) => paper).filter(paper => !papers.includes(paper))
  const put = (paper: string, nth: number) => rank(floor, papers.filter(other => other !== paper).toSpliced(nth - 1, 0, paper))
  const { list, handle, dropped, dragged, move, told } = useReorder({ ids: papers, titleOf: title, onMove: put })
  const sections = (paper: string, i: number): MenuSection[] => [
    {
      items: [
        ...(i > 1 ? [{ label: 'Wish it most', icon: UpIcon, onSelect: () => move(paper, 1) }] : []),
        ...(i > 0 ? [{ label: 'Move up', icon: UpIcon, onSelect: () => move(paper, i) }] : []),
        ...(i < papers.length - 1 ? [{ label: 'Move down', icon: DownIcon, onSelect: () => move(paper, i + 2) }] : []),
        {
          label: 'Leave it out',
          icon: CloseIcon,
          denied: votedFor.has(paper) ? 'You voted for it. Take the vote back on its board.' : null,
          onSelect: () => rank(floor, papers.toSpliced(i, 1)),
        },
      ],
    },
  ]
  return (
    <Panel
      title="Your order"
      count={papers.length}
      actions={
        standing.rankings.has(me.id) && (
          <Button size="small" variant="quiet" onClick={() => rank(floor, [])}>
            {votedFor.size > 0 ? 'As I voted' : 'Take it back'}
          </Button>
        )
      }
    >
      <Nothing>
        {papers.length === 0
          ? 'Vote for papers, or put them in your order here. Your first counts until it has won a place, or is out.'
          : 'Your ballot counts for the first of these until that has won a place, or is out; then for the next. Drag them, or move them with the arrow keys.'}
      </Nothing>
      <ol ref={list} className={styles.list}>
        {papers.map((paper, i) => (
          <li key={paper} className={styles.row} data-dropped={dropped(paper) ?? undefined} data-dragged={dragged === paper || undefined}>
            <Handle title={title(paper)} nth={i + 1} of={papers.length} {...handle(paper)} />
            <span className={styles.words}>
              <MathText>{title(paper)}</MathText>
            </span>
            <Menu
              align="end"
              trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`Your wish for “${title(paper)}”`} />}
              sections={() => sections(paper, i)}
            />
          </li>
        ))}
      </ol>
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
      {rest.length > 0 && (
        <details className={styles.more} open={papers.length === 0}>
          <summary>{count(rest.length, 'paper')} not in your order</summary>
          <ul>
            {rest.slice(0, all ? rest.length : shownFirst).map(paper => (
              <li key={paper} className={styles.row}>
                <span className={styles.words}>
                  <MathText>{title(paper)}</MathText>
                </span>
                <Button size="small" aria-label={`Add “${title(paper)}” to your order`} onClick={() => rank(floor, [...papers, paper])}>
                  Add
                </Button>
              </li>
            ))}
          </ul>
          {!all && rest.length > shownFirst && (
            <Button size="small" variant="quiet" onClick={() => setAll(true)}>
              Show all
            </Button>
          )}
        </details>
      )}
    </Panel>
  )
}
