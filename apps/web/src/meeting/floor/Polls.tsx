import type { OpenPoll } from '@paperboard/shared/polls'
import { useId, useState } from 'react'
import { count, listed } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { AvatarStack } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { choose, dropPoll } from './acts.ts'
import { paperOf, useEnded, useFloor, useLeads, whyListening } from './floor.ts'
import { NewPoll } from './NewPoll.tsx'
import { Panel } from './Panel.tsx'
import styles from './Polls.module.css'
import { useClosePoll, useMySealed, useSecretVote } from './sealed.ts'
import { polls } from './views.ts'

/** The polls of the item that is shown. */
export function Polls() {
  const floor = useFloor()
  const ended = useEnded()
  const [asking, setAsking] = useState(false)
  const paper = paperOf(floor.item)
  const all = useView(floor.room, polls).filter(poll => poll.paper === paper)
  const mayAsk = !ended && floor.me.role !== 'guest'
  if (all.length === 0 && !mayAsk) return null
  return (
    <Panel
      title="Polls"
      count={all.filter(({ result }) => result === null).length}
      actions={
        mayAsk && (
          <Button variant="quiet" size="small" icon={PlusIcon} onClick={() => setAsking(true)}>
            New poll…
          </Button>
        )
      }
    >
      {all.length > 0 && (
        <ol className={styles.list}>
          {all.map(poll => (
            <li key={poll.key}>
              <PollCard poll={poll} />
            </li>
          ))}
        </ol>
      )}
      {asking && <NewPoll onClose={() => setAsking(false)} />}
    </Panel>
  )
}

function PollCard({ poll }: { poll: OpenPoll }) {
  const floor = useFloor()
  const leads = useLeads()
  const ended = useEnded()
  const close = useClosePoll()
  const [removing, setRemoving] = useState(false)
  const id = useId()
  const isOpen = poll.result === null
  const votes = isOpen && !ended && whyListening(floor) === null
  const mayClose = !ended && (leads || poll.by === floor.me.id)
  return (
    <section className={styles.poll} aria-labelledby={id}>
      <h3 id={id} className={styles.question}>
        <MathText>{poll.question}</MathText>
      </h3>
      {votes ? poll.secret ? <SecretBallot poll={poll} /> : <OpenBallot poll={poll} /> : <Outcome poll={poll} />}
      <footer className={styles.foot}>
        <span>
          {poll.secret ? 'Secret' : 'Open'} · {isOpen ? count(poll.voters.length, 'vote') : `closed with ${count(poll.result?.ballots ?? 0, 'vote')}`}
        </span>
        {mayClose && (
          <span className={styles.tools}>
            <Button variant="quiet" size="small" onClick={() => (poll.voters.length === 0 ? dropPoll(floor, poll.key) : setRemoving(true))}>
              Remove{poll.voters.length > 0 && '…'}
            </Button>
            {isOpen && (
              <Button size="small" busy={close.isPending} onClick={() => close.mutate(poll.key)}>
                Close the poll
              </Button>
            )}
          </span>
        )}
      </footer>
      {removing && (
        <ConfirmDialog title="Remove this poll?" confirm="Remove the poll" onConfirm={() => dropPoll(floor, poll.key)} onClose={() => setRemoving(false)}>
          Its {count(poll.voters.length, 'vote goes', 'votes go')} with it. This cannot be undone.
        </ConfirmDialog>
      )}
    </section>
  )
}

/** Each press counts at once, for all to see. */
function OpenBallot({ poll }: { poll: OpenPoll }) {
  const floor = useFloor()
  const mine = poll.chosen.get(floor.me.id) ?? []
  return <Options poll={poll} mine={mine} onChange={choices => choose(floor, poll.key, choices)} />
}

/** Chosen here, then sent to the server, which counts it and tells nobody. */
function SecretBallot({ poll }: { poll: OpenPoll }) {
  const { data } = useMySealed()
  const sent = data?.ballots.find(ballot => ballot.poll === poll.key)?.choices
  const [changed, setChanged] = useState<number[] | null>(null)
  const vote = useSecretVote()
  const choices = changed ?? sent ?? []
  const denied = choices.length === 0 ? 'Choose first' : null
  return (
    <>
      <Options poll={poll} mine={choices} onChange={setChanged} />
      {(changed !== null || sent === undefined) && (
        <Button
          variant="primary"
          size="small"
          className={styles.vote}
          busy={vote.isPending}
          denied={denied}
          onClick={() => vote.mutate({ poll: poll.key, choices }, { onSuccess: () => setChanged(null) })}
        >
          {sent === undefined ? 'Vote' : 'Change your vote'}
        </Button>
      )}
      {changed === null && sent !== undefined && <p className={styles.note}>Your vote is sealed. Nobody learns who chose what.</p>}
    </>
  )
}

function Options({ poll, mine, onChange }: { poll: OpenPoll; mine: readonly number[]; onChange: (choices: number[]) => void }) {
  const name = useId()
  const toggle = (option: number, on: boolean) => {
    if (!poll.many) onChange(on ? [option] : [])
    else onChange(on ? [...mine, option] : mine.filter(other => other !== option))
  }
  return (
    <fieldset className={styles.options}>
      <legend className="visually-hidden">{poll.many ? 'Choose any' : 'Choose one'}</legend>
      {poll.options.map((option, n) => (
        <label key={option} className={styles.option} data-chosen={mine.includes(n) || undefined}>
          <Bar poll={poll} option={n} />
          <input type={poll.many ? 'checkbox' : 'radio'} name={name} checked={mine.includes(n)} onChange={event => toggle(n, event.target.checked)} />
          <span className={styles.label}>
            <MathText>{option}</MathText>
          </span>
          <Chosen poll={poll} option={n} />
        </label>
      ))}
    </fieldset>
  )
}

function Outcome({ poll }: { poll: OpenPoll }) {
  const most = Math.max(0, ...(poll.counts ?? []))
  return (
    <ol className={styles.options}>
      {poll.options.map((option, n) => (
        <li key={option} className={styles.option} data-most={(most > 0 && poll.counts?.[n] === most) || undefined}>
          <Bar poll={poll} option={n} />
          <span className={styles.label}>
            <MathText>{option}</MathText>
          </span>
          <Chosen poll={poll} option={n} />
        </li>
      ))}
    </ol>
  )
}

/** How many chose an option, as a part of all who voted. */
function Bar({ poll, option }: { poll: OpenPoll; option: number }) {
  const votes = poll.result?.ballots ?? poll.voters.length
  if (poll.counts === null || votes === 0) return null
  return <span className={styles.bar} style={{ width: `${((poll.counts[option] ?? 0) / votes) * 100}%` }} aria-hidden="true" />
}

function Chosen({ poll, option }: { poll: OpenPoll; option: number }) {
  const { nameOf } = useFloor()
  if (poll.counts === null) return null
  const members = [...poll.chosen].filter(([, choices]) => choices.includes(option)).map(([member]) => member)
  return (
    <span className={styles.chosen}>
      {members.length > 0 && <AvatarStack people={members.map(id => ({ id, name: nameOf(id) }))} label={`Chosen by ${listed(members.map(nameOf))}`} />}
      <span className={styles.count}>{poll.counts[option] ?? 0}</span>
    </span>
  )
}
