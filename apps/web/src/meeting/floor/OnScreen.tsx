import { agreement, spreadOf } from '@paperboard/shared/takes'
import { count } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { paperOf, useFloor } from './floor.ts'
import styles from './OnScreen.module.css'
import { Spread } from './Spread.tsx'
import { hands, polls, questions, takes, word } from './views.ts'

/** What a projector shows of the floor: how the takes lie, the poll that is on, the questions most wanted. */
export function FloorOnScreen() {
  const { item } = useFloor()
  const paper = paperOf(item)
  return (
    <div className={styles.screen}>
      {paper !== null && <TakesOnScreen paper={paper} />}
      <PollOnScreen paper={paper} />
      <QuestionsOnScreen paper={paper} />
    </div>
  )
}

/** On a projector: who has the word, and who wants it next. */
export function SpeakersOnScreen() {
  const { room, nameOf } = useFloor()
  const speaking = useView(room, word)
  const queue = useView(room, hands)
  if (speaking === null && queue.length === 0) return null
  return (
    <section className={styles.part} aria-label="Who speaks">
      {speaking !== null && (
        <p className={styles.speaking}>
          <Avatar id={speaking.member} name={nameOf(speaking.member)} size="large" />
          {nameOf(speaking.member)}
        </p>
      )}
      {queue.length > 0 && (
        <p className={styles.next}>
          Next:{' '}
          {queue
            .slice(0, 4)
            .map(({ member }) => nameOf(member))
            .join(', ')}
          {queue.length > 4 && ` and ${queue.length - 4} more`}
        </p>
      )}
    </section>
  )
}

function TakesOnScreen({ paper }: { paper: string }) {
  const { room, nameOf } = useFloor()
  const all = useView(room, takes(paper))
  if (all.revealed === null) return all.takers.length === 0 ? null : <p className={styles.next}>{count(all.takers.length, 'sealed take')}</p>
  return (
    <section className={styles.part} aria-label="First takes">
      <h2 className={styles.title}>{agreement(spreadOf(all.takes.map(({ score }) => score)))}</h2>
      <Spread takes={all.takes} nameOf={nameOf} large />
    </section>
  )
}

function PollOnScreen({ paper }: { paper: string | null }) {
  const { room } = useFloor()
  const poll = useView(room, polls).find(each => each.paper === paper)
  if (poll === undefined) return null
  const votes = poll.result?.ballots ?? poll.voters.length
  return (
    <section className={styles.part} aria-label="Poll">
      <h2 className={styles.title}>
        <MathText>{poll.question}</MathText>
      </h2>
      <ol className={styles.options}>
        {poll.options.map((option, n) => (
          <li key={option} className={styles.option}>
            {poll.counts !== null && votes > 0 && (
              <span className={styles.bar} style={{ width: `${((poll.counts[n] ?? 0) / votes) * 100}%` }} aria-hidden="true" />
            )}
            <span>
              <MathText>{option}</MathText>
            </span>
            {poll.counts !== null && <strong>{poll.counts[n] ?? 0}</strong>}
          </li>
        ))}
      </ol>
      <p className={styles.next}>
        {count(votes, 'vote')}
        {poll.secret && poll.result === null && ', sealed until the poll is closed'}
      </p>
    </section>
  )
}

function QuestionsOnScreen({ paper }: { paper: string | null }) {
  const { room, nameOf } = useFloor()
  const open = useView(room, questions).filter(question => question.paper === paper && question.answered === null)
  if (open.length === 0) return null
  return (
    <section className={styles.part} aria-label="Questions">
      <ol className={styles.questions}>
        {open.slice(0, 3).map(({ key, text, asker, voters }) => (
          <li key={key} className={styles.question}>
            <span className={styles.wanted}>{voters.length + 1}</span>
            <span>
              <MathText>{text}</MathText> <span className={styles.asker}>{nameOf(asker)}</span>
            </span>
          </li>
        ))}
      </ol>
      {open.length > 3 && <p className={styles.next}>and {count(open.length - 3, 'more question')}</p>}
    </section>
  )
}
