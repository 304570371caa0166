import { limits } from '@paperboard/shared/limits'
import { useId, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { startPoll } from './acts.ts'
import { useFloor } from './floor.ts'
import styles from './Polls.module.css'
import { useStayingOpen } from './staying.ts'

const usual = 'Yes\nNo'

/** A question with options, one a line. */
export function NewPoll({ onClose }: { onClose: () => void }) {
  const floor = useFloor()
  const form = useId()
  useStayingOpen()
  const [question, setQuestion] = useState('')
  const [typed, setTyped] = useState(usual)
  const [many, setMany] = useState(false)
  const [secret, setSecret] = useState(false)
  const options = typed
    .split('\n')
    .map(option => option.trim())
    .filter(option => option !== '')
  const fault = faultOf(options)
  const denied = question.trim() === '' ? 'Write the question first' : fault
  const send = () => {
    if (denied === null && startPoll(floor, { question: question.trim(), options, many, secret })) onClose()
  }
  return (
    <Dialog
      title="New poll"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" denied={denied}>
            Start the poll
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <TextField label="Question" value={question} maxLength={limits.questionLength} onChange={event => setQuestion(event.target.value)} />
        <TextArea label="Options, one a line" value={typed} error={fault} onChange={event => setTyped(event.target.value)} />
        <label className={styles.check}>
          <input type="checkbox" checked={many} onChange={event => setMany(event.target.checked)} /> One may choose several
        </label>
        <label className={styles.check}>
          <input type="checkbox" checked={secret} onChange={event => setSecret(event.target.checked)} /> Secret: only the counts are told, when it is closed
        </label>
      </form>
    </Dialog>
  )
}

const faultOf = (options: readonly string[]): string | null => {
  if (options.length < 2) return 'A poll has two options or more.'
  if (options.length > limits.pollOptions) return `A poll has ${limits.pollOptions} options at most.`
  if (new Set(options).size < options.length) return 'Two options are the same.'
  return options.some(option => option.length > limits.optionLength) ? `An option has ${limits.optionLength} characters at most.` : null
}
