import { limits } from '@paperboard/shared/limits'
import { agreement, scoreEnds as ends, scores, spreadOf, type TakesOfPaper } from '@paperboard/shared/takes'
import { type FormEvent, useId, useState } from 'react'
import { useDraft } from '../../board/drafts.ts'
import { count, listed } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Avatar, AvatarStack } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { SkeletonText } from '../../ui/states.tsx'
import { useEnded, useFloor, useLeads, whyListening } from './floor.ts'
import { Nothing, Panel } from './Panel.tsx'
import { Spread } from './Spread.tsx'
import { useMySealed, useReveal, useSealTake, useTakeBack } from './sealed.ts'
import { useStaying } from './staying.ts'
import styles from './Takes.module.css'
import { takes } from './views.ts'

/** First impressions of a paper: mine, sealed until all are revealed together; then how they lie. */
export function Takes({ paper }: { paper: string }) {
  const floor = useFloor()
  const all = useView(floor.room, takes(paper))
  const leads = useLeads()
  const ended = useEnded()
  const reveal = useReveal()
  const listens = whyListening(floor)
  if (all.revealed !== null) return <Revealed all={all} />
  if (ended) return all.takers.length === 0 ? null : <Unopened takers={all.takers} />
  return (
    <Panel
      title="First takes"
      count={all.takers.length}
      actions={
        leads && (
          <Button
            size="small"
            busy={reveal.isPending}
            denied={all.takers.length === 0 ? 'Nobody has written a take yet' : null}
            onClick={() => reveal.mutate(paper)}
          >
            Reveal {all.takers.length > 1 ? `all ${all.takers.length}` : ''}
          </Button>
        )
      }
    >
      {listens === null ? <Mine paper={paper} /> : <Nothing>{listens}</Nothing>}
      <Takers takers={all.takers} />
    </Panel>
  )
}

function Takers({ takers }: { takers: readonly string[] }) {
  const { nameOf } = useFloor()
  if (takers.length === 0) return <Nothing>Sealed until everybody’s are revealed together.</Nothing>
  const names = listed(takers.map(nameOf))
  return (
    <p className={styles.takers}>
      <AvatarStack people={takers.map(id => ({ id, name: nameOf(id) }))} label={`Written by ${names}`} max={8} />
      {count(takers.length, 'sealed take')}
    </p>
  )
}

const Unopened = ({ takers }: { takers: readonly string[] }) => (
  <Panel title="First takes">
    <Nothing>{count(takers.length, 'take was', 'takes were')} written and never revealed.</Nothing>
  </Panel>
)

/** My own take: written, or sealed and to be changed until the reveal. */
function Mine({ paper }: { paper: string }) {
  const { data, isPending } = useMySealed()
  const [changing, setChanging] = useState(false)
  const back = useTakeBack()
  const mine = data?.takes.find(take => take.paper === paper)
  if (isPending) return <SkeletonText lines={2} label="Loading your take" />
  if (mine === undefined || changing)
    return <Write key={mine?.at ?? 0} paper={paper} {...(mine === undefined ? {} : { mine })} onDone={() => setChanging(false)} />
  return (
    <div className={styles.sealed}>
      <span className={styles.big} role="img" aria-label={`Your score: ${mine.score}`}>
        {mine.score}
      </span>
      <div className={styles.words}>
        <p className={styles.text}>{mine.text === '' ? 'No words' : <MathText>{mine.text}</MathText>}</p>
        <p className={styles.note}>Sealed. Only you can see it until the reveal.</p>
      </div>
      <div className={styles.tools}>
        <Button variant="quiet" size="small" onClick={() => setChanging(true)}>
          Change
        </Button>
        <Button variant="quiet" size="small" busy={back.isPending} onClick={() => back.mutate(paper)}>
          Take back
        </Button>
      </div>
    </div>
  )
}

function Write({ paper, mine, onDone }: { paper: string; mine?: { text: string; score: number }; onDone: () => void }) {
  const { me, meeting } = useFloor()
  const [text, setText] = useDraft(me.id, `meeting:${meeting}:take:${paper}`, mine?.text)
  const [score, setScore] = useState<number | null>(mine?.score ?? null)
  const seal = useSealTake()
  const staying = useStaying()
  const over = text.trim().length - limits.takeLength
  const denied = score === null ? 'Choose a score first' : over > 0 ? `Shorter by ${over} characters, please.` : null
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (score === null || denied !== null) return
    const done = () => {
      setText('')
      staying.done()
      onDone()
    }
    seal.mutate({ paper, take: { text: text.trim(), score } }, { onSuccess: done })
  }
  return (
    <form className={styles.write} onSubmit={send}>
      <Score value={score} onChange={setScore} />
      <textarea
        className={styles.field}
        rows={2}
        aria-label="Your take in a line"
        placeholder="Your take, in a line"
        value={text}
        onFocus={() => staying.write(text)}
        onBlur={staying.leave}
        onChange={event => {
          setText(event.target.value)
          staying.write(event.target.value)
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event)
        }}
      />
      <div className={styles.bar}>
        <span className={styles.note}>{over > 0 ? denied : 'Nobody sees it before the reveal.'}</span>
        {mine !== undefined && (
          <Button
            variant="quiet"
            size="small"
            onClick={() => {
              staying.done()
              onDone()
            }}
          >
            Cancel
          </Button>
        )}
        <Button type="submit" variant="primary" size="small" busy={seal.isPending} denied={denied}>
          Seal
        </Button>
      </div>
    </form>
  )
}

/** A score of 1 to 5: radio buttons, so that arrows move it. */
function Score({ value, onChange }: { value: number | null; onChange: (score: number) => void }) {
  const name = useId()
  return (
    <fieldset className={styles.score}>
      <legend className="visually-hidden">
        Your score, from 1, {ends.low}, to 5, {ends.high}
      </legend>
      <div className={styles.steps}>
        {scores.map(score => (
          <label key={score} className={styles.step}>
            <input type="radio" name={name} value={score} checked={score === value} onChange={() => onChange(score)} />
            <span>{score}</span>
          </label>
        ))}
      </div>
      <p className={styles.ends} aria-hidden="true">
        <span>{ends.low}</span>
        <span>{ends.high}</span>
      </p>
    </fieldset>
  )
}

/** How the takes lie, in words and as a picture, and each of them. */
function Revealed({ all }: { all: TakesOfPaper }) {
  const { nameOf, me } = useFloor()
  const spread = spreadOf(all.takes.map(({ score }) => score))
  return (
    <Panel title="First takes" count={all.takes.length}>
      <p className={styles.agreement}>
        {agreement(spread)}
        {spread.of > 1 && spread.mean !== null && (
          <span className={styles.note}>
            {' '}
            · mean {spread.mean.toFixed(1)}, median {spread.median}
          </span>
        )}
      </p>
      <Spread takes={all.takes} nameOf={nameOf} />
      <ol className={styles.list}>
        {all.takes.map(take => (
          <li key={take.member} className={styles.take}>
            <span className={styles.number}>{take.score}</span>
            <div className={styles.words}>
              {take.text !== '' && (
                <p className={styles.text}>
                  <MathText>{take.text}</MathText>
                </p>
              )}
              <p className={styles.note}>
                <Avatar id={take.member} name={nameOf(take.member)} size="small" /> {take.member === me.id ? 'You' : nameOf(take.member)}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
