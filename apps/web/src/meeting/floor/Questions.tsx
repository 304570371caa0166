import { limits } from '@paperboard/shared/limits'
import type { AskedQuestion } from '@paperboard/shared/questions'
import { useRef, useState } from 'react'
import { count, listed } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon, MoreIcon, TrashIcon, UpIcon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Menu, type MenuItem } from '../../ui/Menu.tsx'
import { tip } from '../../ui/Tooltip.tsx'
import { askQuestion, park, toggleAnswered, toggleQuestionVote, withdraw } from './acts.ts'
import { paperOf, useEnded, useFloor, useLeads, whyListening } from './floor.ts'
import { Line } from './Line.tsx'
import { Nothing, Panel } from './Panel.tsx'
import styles from './Questions.module.css'
import { questions } from './views.ts'

/** The questions about the item that is shown: those most wanted first, the answered ones folded away. */
export function Questions() {
  const floor = useFloor()
  const ended = useEnded()
  const paper = paperOf(floor.item)
  const all = useView(floor.room, questions).filter(question => question.paper === paper)
  const open = all.filter(({ answered }) => answered === null)
  const answered = all.filter(question => question.answered !== null)
  const line = useRef<HTMLTextAreaElement>(null)
  useKeys([{ keys: 'q', does: 'Ask a question', under: 'In a meeting', act: () => line.current?.focus() }], !ended)
  if (ended && all.length === 0) return null
  return (
    <Panel title="Questions" count={open.length}>
      {open.length === 0 && !ended && <Nothing>Nobody has asked anything yet.</Nothing>}
      <QuestionList list={open} />
      {!ended && (
        <Line
          ref={line}
          place={`question:${floor.item}`}
          label={paper === null ? 'Ask a question' : 'Ask about this paper'}
          submit="Ask"
          most={limits.questionLength}
          denied={whyListening(floor)}
          onSubmit={text => askQuestion(floor, text)}
        />
      )}
      {answered.length > 0 && (
        <details className={styles.done} open={ended || undefined}>
          <summary>{count(answered.length, 'answered question')}</summary>
          <QuestionList list={answered} />
        </details>
      )}
    </Panel>
  )
}

const QuestionList = ({ list }: { list: readonly AskedQuestion[] }) =>
  list.length === 0 ? null : (
    <ol className={styles.list}>
      {list.map(question => (
        <Question key={question.key} question={question} />
      ))}
    </ol>
  )

function Question({ question }: { question: AskedQuestion }) {
  const floor = useFloor()
  const { asker, text, answered } = question
  const isMine = asker === floor.me.id
  return (
    <li className={styles.question} data-answered={answered !== null || undefined}>
      <Wanted question={question} />
      <div className={styles.words}>
        <p className={styles.text}>
          <MathText>{text}</MathText>
        </p>
        <p className={styles.by}>
          {isMine ? 'You' : floor.nameOf(asker)}
          {answered !== null && (
            <span className={styles.mark}>
              <CheckIcon size={14} /> Answered
            </span>
          )}
        </p>
      </div>
      <Tools question={question} isMine={isMine} />
    </li>
  )
}

/** How many want to hear the answer, who asks among them; a press joins them. */
function Wanted({ question }: { question: AskedQuestion }) {
  const floor = useFloor()
  const { voters, asker, answered, text } = question
  const mine = voters.includes(floor.me.id)
  const isAsker = asker === floor.me.id
  const names = listed([asker, ...voters].map(floor.nameOf))
  const ended = useEnded()
  const listens = whyListening(floor)
  const still = ended || answered !== null || isAsker || listens !== null
  return (
    <button
      type="button"
      className={styles.wanted}
      aria-pressed={mine || isAsker}
      aria-disabled={still || undefined}
      aria-description={listens ?? undefined}
      aria-label={`${count(voters.length + 1, 'person wants', 'people want')} to hear the answer to “${text}”: ${names}`}
      onClick={still ? undefined : () => toggleQuestionVote(floor, question)}
      {...tip(listens ?? (still ? names : `${mine ? 'I no longer want to hear this' : 'I want to hear this, too'} · ${names}`))}
    >
      <UpIcon size={15} />
      {voters.length + 1}
    </button>
  )
}

function Tools({ question, isMine }: { question: AskedQuestion; isMine: boolean }) {
  const floor = useFloor()
  const leads = useLeads()
  const ended = useEnded()
  const [sure, setSure] = useState(false)
  if (ended || !(leads || isMine)) return null
  const items = (): MenuItem[] => [
    { label: question.answered === null ? 'Mark as answered' : 'Open it again', icon: CheckIcon, onSelect: () => toggleAnswered(floor, question) },
    ...(question.answered === null && floor.me.role !== 'guest' ? [{ label: 'Park it for another time', onSelect: () => park(floor, question) }] : []),
    { label: isMine ? 'Withdraw' : 'Remove', icon: TrashIcon, danger: true, onSelect: () => setSure(true) },
  ]
  return (
    <div className={styles.tools}>
      {sure ? (
        <Button variant="danger" size="small" ref={button => button?.focus()} onBlur={() => setSure(false)} onClick={() => withdraw(floor, question)}>
          {isMine ? 'Withdraw it' : 'Remove it'}
        </Button>
      ) : (
        <Menu
          sections={() => [{ items: items() }]}
          align="end"
          trigger={
            <button type="button" className={styles.more} aria-label={`More about “${question.text}”`}>
              <MoreIcon size={16} />
            </button>
          }
        />
      )}
    </div>
  )
}
