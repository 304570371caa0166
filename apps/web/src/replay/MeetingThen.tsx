import { setAgendaOf } from '@paperboard/shared/agenda'
import { actionsOf, notedIn } from '@paperboard/shared/decisions'
import { handsOf, wordOf } from '@paperboard/shared/hands'
import { attendanceOf, clockOf, floorOf, leftAt, type MeetingItem, meetingOf, whereAllAre } from '@paperboard/shared/meetingFloor'
import { meetingNote } from '@paperboard/shared/notes'
import { pollsOf } from '@paperboard/shared/polls'
import { questionsOf } from '@paperboard/shared/questions'
import { takesOf } from '@paperboard/shared/takes'
import { type ReactNode, useMemo } from 'react'
import { listed } from '../board/names.ts'
import { docThen } from '../live/docThen.ts'
import { Spread } from '../meeting/floor/Spread.tsx'
import { NoteReader } from '../meeting/notes/NoteReader.tsx'
import { MathText } from '../paper/MathText.tsx'
import styles from './Then.module.css'
import type { ThenProps } from './then.ts'

const states = { planned: 'Not started yet', live: 'On', ended: 'Ended' }

/** A meeting as it stood: where it was, who was there, and what had been said and written. */
export function MeetingThen({ state, at, changed, nameOf, titleOf }: ThenProps) {
  const then = useMemo(() => {
    const doc = docThen(state)
    const item: MeetingItem = whereAllAre(doc)
    const paper = item === 'lobby' || item === 'closing' ? null : item
    return {
      state: meetingOf(doc).state,
      lead: floorOf(doc)?.facilitator ?? null,
      item,
      left: leftAt(clockOf(doc, item), at),
      here: [...attendanceOf(doc)].filter(([, { spans }]) => spans.at(-1)?.[1] === null).map(([member]) => member),
      agenda: setAgendaOf(doc),
      speaks: wordOf(doc),
      hands: handsOf(doc),
      questions: questionsOf(doc),
      takes: paper === null ? null : takesOf(doc, paper),
      decisions: notedIn(doc, 'decisions'),
      parked: notedIn(doc, 'parked'),
      actions: actionsOf(doc),
      polls: pollsOf(doc),
      note: state.texts.get(paper ?? meetingNote) ?? '',
      others: [...state.texts].filter(([key, text]) => key !== (paper ?? meetingNote) && text.trim() !== ''),
    }
  }, [state, at])
  const nameOfItem = (item: MeetingItem) => (item === 'lobby' ? 'Lobby' : item === 'closing' ? 'Closing' : titleOf(item))
  const isNew = (root: string, key: string) => changed.has(`${root}/${key}`) || undefined
  const minutes = then.left === null ? '' : then.left < 0 ? ' · over time' : ` · ${Math.ceil(then.left / 60_000)} min left`
  return (
    <>
      <p className={styles.facts}>
        {states[then.state]}
        {then.lead !== null && ` · ${nameOf(then.lead)} leads`}
        {minutes}
        {then.here.length > 0 && ` · here: ${listed(then.here.map(nameOf))}`}
      </p>
      <h2 className={styles.item}>
        <MathText>{nameOfItem(then.item)}</MathText>
      </h2>
      {then.agenda.length > 0 && (
        <Part title="Agenda">
          <ol className={styles.lines}>
            {then.agenda.map(({ paper }) => (
              <li key={paper} data-changed={isNew('agenda', paper)} aria-current={paper === then.item ? 'step' : undefined}>
                <MathText>{titleOf(paper)}</MathText>
              </li>
            ))}
          </ol>
        </Part>
      )}
      {(then.speaks !== null || then.hands.length > 0) && (
        <Part title="Who speaks">
          <p>
            {then.speaks !== null && `${nameOf(then.speaks.member)} has the word. `}
            {then.hands.length > 0 && `Hands: ${listed(then.hands.map(({ member }) => nameOf(member)))}.`}
          </p>
        </Part>
      )}
      {then.takes !== null && then.takes.takers.length > 0 && (
        <Part title="First takes">
          {then.takes.revealed === null ? <p>{then.takes.takers.length} sealed</p> : <Spread takes={then.takes.takes} nameOf={nameOf} />}
        </Part>
      )}
      {then.note.trim() !== '' && (
        <Part title="Notes">
          <NoteReader text={then.note} members={[]} onTick={null} />
        </Part>
      )}
      <Lines
        title="Questions"
        of={then.questions.map(({ key, text, asker, answered, voters }) => ({
          key,
          isNew: isNew('questions', key) ?? isNew('answered', key),
          text: text || 'A question that was taken away later',
          facts: [nameOf(asker), voters.length > 0 ? `and ${voters.length} more` : '', answered === null ? '' : 'answered'],
        }))}
      />
      <Lines
        title="Polls"
        of={then.polls.map(({ key, question, options, counts, voters, result }) => ({
          key,
          isNew: isNew('polls', key) ?? isNew('results', key),
          text: question || 'A poll that was taken away later',
          facts:
            counts === null ? [`${voters.length} voted`] : [...options.map((option, n) => `${option}: ${counts[n] ?? 0}`), result === null ? '' : 'closed'],
        }))}
      />
      <Lines
        title="Decisions"
        of={then.decisions.map(({ key, text, by }) => ({
          key,
          isNew: isNew('decisions', key),
          text: text || 'A decision that was taken away later',
          facts: [nameOf(by)],
        }))}
      />
      <Lines
        title="To do"
        of={then.actions.map(({ key, text, paper, assignee, done }) => ({
          key,
          isNew: isNew('actions', key),
          text: text || (paper === null ? 'Something that was taken away later' : `Read ${titleOf(paper)}`),
          facts: [assignee === null ? 'nobody yet' : nameOf(assignee), done ? 'done' : ''],
        }))}
      />
      <Lines
        title="For another time"
        of={then.parked.map(({ key, text, by }) => ({
          key,
          isNew: isNew('parked', key),
          text: text || 'Something that was taken away later',
          facts: [nameOf(by)],
        }))}
      />
      {then.others.length > 0 && (
        <Part title="Other notes">
          <ul className={styles.lines}>
            {then.others.map(([key, text]) => (
              <li key={key} data-changed={isNew('notes', key)}>
                <details>
                  <summary>
                    <MathText>{key === meetingNote ? 'The meeting' : titleOf(key)}</MathText>
                  </summary>
                  <NoteReader text={text} members={[]} onTick={null} />
                </details>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={styles.part}>
    <h3>{title}</h3>
    {children}
  </section>
)

interface Line {
  key: string
  isNew: true | undefined
  text: string
  facts: readonly string[]
}

function Lines({ title, of }: { title: string; of: readonly Line[] }) {
  if (of.length === 0) return null
  return (
    <Part title={title}>
      <ul className={styles.lines}>
        {of.map(({ key, isNew, text, facts }) => (
          <li key={key} data-changed={isNew}>
            <MathText>{text}</MathText> <span className={styles.facts}>{facts.filter(fact => fact !== '').join(' · ')}</span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
