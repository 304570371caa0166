import { noVotes } from '@paperboard/shared/board'
import { useView } from '../live/hooks.ts'
import { closed as closedView, tallies, upVotes, view } from '../live/views.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { DownIcon, UpIcon } from '../ui/icons.tsx'
import { Popover } from '../ui/Popover.tsx'
import { tip } from '../ui/Tooltip.tsx'
import { vote } from './acts.ts'
import { type Board, sentence, useBoard } from './board.ts'
import { count, listed, signed } from './names.ts'
import styles from './VoteControl.module.css'

const noBudget = view([], () => 0)

/** Why no vote can be cast on a paper, and why none up. The rule itself is `withinBudget`; this asks it without walking the votes once a row. */
const useDenied = ({ room, group, me }: Board, mine: number) => {
  const isClosed = useView(room, closedView, status => status !== null)
  const budget = group.settings.voteBudget
  const spent = useView(room, budget === null ? noBudget : upVotes(me.id), given => budget !== null && given >= budget)
  const any = isClosed ? sentence('board-closed') : null
  return { any, up: any ?? (spent && mine !== 1 ? sentence('over-budget') : null) }
}

/** One's vote on a paper and the group's: up, the net, down. The same press again withdraws. */
export function VoteControl({ paper, title }: { paper: string; title: string }) {
  const board = useBoard()
  const tally = useView(board.room, tallies, all => all.get(paper) ?? noVotes)
  const me = board.me.id
  const mine = tally.up.includes(me) ? 1 : tally.down.includes(me) ? -1 : 0
  const denied = useDenied(board, mine)
  return (
    <fieldset className={styles.vote} data-mine={mine}>
      <legend className="visually-hidden">Votes on {title}</legend>
      <Arrow up pressed={mine === 1} denied={denied.up} title={title} onVote={() => vote(board, paper, 1)} />
      <Net up={tally.up} down={tally.down} net={tally.net} nameOf={board.nameOf} />
      <Arrow pressed={mine === -1} denied={denied.any} title={title} onVote={() => vote(board, paper, -1)} />
    </fieldset>
  )
}

function Arrow({ up = false, pressed, denied, title, onVote }: { up?: boolean; pressed: boolean; denied: string | null; title: string; onVote: () => void }) {
  const Icon = up ? UpIcon : DownIcon
  const words = denied ?? (pressed ? 'Withdraw your vote' : up ? 'Worth discussing' : 'Not for us')
  return (
    <button
      type="button"
      className={up ? styles.up : styles.down}
      aria-pressed={pressed}
      aria-label={`Vote ${up ? 'up' : 'down'} ${title}`}
      aria-disabled={denied === null ? undefined : true}
      aria-description={denied ?? undefined}
      onClick={denied === null ? onVote : undefined}
      {...tip(words, denied === null ? (up ? 'u' : 'd') : undefined)}
    >
      <Icon size={17} />
    </button>
  )
}

interface Voters {
  up: readonly string[]
  down: readonly string[]
  net: number
  nameOf: (member: string) => string
}

function Net({ up, down, net, nameOf }: Voters) {
  if (up.length + down.length === 0) {
    return (
      <span className={styles.none}>
        <span aria-hidden="true">·</span>
        <span className="visually-hidden">No votes yet</span>
      </span>
    )
  }
  const names = [up.length > 0 && `Up: ${listed(up.map(nameOf))}`, down.length > 0 && `Down: ${listed(down.map(nameOf))}`].filter(Boolean).join(' · ')
  const trigger = (
    <button type="button" className={styles.net} data-sign={Math.sign(net)} aria-label={`Net ${signed(net)}. ${names}. Who voted`} {...tip(names)}>
      {signed(net)}
    </button>
  )
  return (
    <Popover label="Who voted" trigger={trigger}>
      {() => (
        <div className={styles.voters}>
          <VoterList title={count(up.length, 'vote up', 'votes up')} voters={up} nameOf={nameOf} />
          <VoterList title={count(down.length, 'vote down', 'votes down')} voters={down} nameOf={nameOf} />
        </div>
      )}
    </Popover>
  )
}

function VoterList({ title, voters, nameOf }: { title: string; voters: readonly string[]; nameOf: (member: string) => string }) {
  if (voters.length === 0) return null
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <ul>
        {voters.map(id => (
          <li key={id} className={styles.voter}>
            <Avatar id={id} name={nameOf(id)} size="small" />
            {nameOf(id)}
          </li>
        ))}
      </ul>
    </div>
  )
}
