import type { AcceptNext, NextMeeting } from '@paperboard/shared/meetings'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { dayLong } from '../../board/dates.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import { ErrorState, SkeletonText } from '../../ui/states.tsx'
import { useStandingPapers } from '../agenda/agenda.ts'
import { useNames } from '../agenda/names.ts'
import { useFloor } from '../floor/floor.ts'
import { Nothing, Panel } from '../floor/Panel.tsx'
import styles from './Minutes.module.css'

const one = api.groups[':group'].meetings[':meeting']

const nextQuery = (group: string, meeting: string) =>
  queryOptions({ queryKey: ['next-meeting', group, meeting], queryFn: () => answer(one.next.$get({ param: { group, meeting } })), staleTime: 60_000 })

const whyWords = { carried: 'Carried over', votes: 'By votes since', passed: 'Stood for this meeting' }

/** The next meeting with its papers, as it is proposed: changed where one likes, and planned at one press. */
export function Next() {
  const { group, meeting } = useFloor()
  const { data, error, refetch } = useQuery(nextQuery(group.id, meeting))
  return (
    <Panel title="Next meeting">
      {data === undefined && error === null && <SkeletonText lines={3} label="Looking what could follow" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data !== undefined && <Proposal proposed={data} />}
    </Panel>
  )
}

function Proposal({ proposed }: { proposed: NextMeeting }) {
  const { group, meeting, me } = useFloor()
  const names = useNames(
    useStandingPapers(
      group,
      proposed.papers.map(({ paper }) => paper),
    ),
  )
  const [when, setWhen] = useState({ day: proposed.day, time: proposed.time ?? '' })
  const [off, setOff] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const accept = useMutation({
    mutationFn: (json: AcceptNext) => answer(one.next.$post({ param: { group: group.id, meeting }, json })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['meetings', group.id] }),
  })
  const presenterOf = (paper: string) => chosen[paper] ?? proposed.papers.find(one => one.paper === paper)?.presenter?.member ?? ''
  const organizes = me.role === 'owner' || me.role === 'organizer'
  if (accept.data !== undefined)
    return (
      <div className={styles.next}>
        <p>Planned for {dayLong(when.day)}. Who presents was told, and the meeting is open.</p>
        <ButtonLink href={paths.meeting(group.id, accept.data.id)} size="small">
          To the next meeting
        </ButtonLink>
      </div>
    )
  const send = () =>
    accept.mutate({
      session: proposed.session,
      day: when.day,
      time: when.time === '' ? null : when.time,
      papers: proposed.papers
        .filter(({ paper }) => !off.has(paper))
        .map(({ paper }) => ({ paper, presenter: presenterOf(paper) === '' ? null : presenterOf(paper) })),
    })
  const toggle = (paper: string, on: boolean) => setOff(on ? new Set([...off].filter(each => each !== paper)) : new Set([...off, paper]))
  return (
    <div className={styles.next}>
      {proposed.session === null ? (
        <div className={styles.when}>
          <TextField label="Day" type="date" value={when.day} onChange={event => setWhen({ ...when, day: event.target.value })} />
          <TextField label="Time" type="time" value={when.time} onChange={event => setWhen({ ...when, time: event.target.value })} />
        </div>
      ) : (
        <p>
          {dayLong(proposed.day)}
          {proposed.time === null ? '' : `, ${proposed.time}`}, as planned.
        </p>
      )}
      {proposed.papers.length === 0 && <Nothing>No paper stands for it yet: votes will tell.</Nothing>}
      <ul>
        {proposed.papers.map(({ paper, why, presenter }) => (
          <li key={paper} className={styles.choice}>
            <input
              type="checkbox"
              aria-label={`Discuss “${names.title(paper)}”`}
              checked={!off.has(paper)}
              onChange={event => toggle(paper, event.target.checked)}
            />
            <div>
              <MathText>{names.title(paper)}</MathText>
              <p className={styles.what}>
                {whyWords[why]}
                {presenter !== null && chosen[paper] === undefined
                  ? ` · ${names.name(presenter.member)} ${presenter.why === 'offers' ? 'offers to present it' : 'is next in the rota'}`
                  : ''}
              </p>
            </div>
            <Select
              label={`Who presents “${names.title(paper)}”`}
              labelHidden
              value={presenterOf(paper)}
              onChange={event => setChosen({ ...chosen, [paper]: event.target.value })}
            >
              <option value="">Nobody yet</option>
              {group.members
                .filter(({ gone, role }) => !gone && role !== 'guest')
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </Select>
          </li>
        ))}
      </ul>
      {accept.error !== null && <p role="alert">{sentenceOf(accept.error)}</p>}
      <div className={styles.acts}>
        <Button
          variant="primary"
          busy={accept.isPending}
          denied={organizes ? (when.day === '' ? 'Choose a day first' : null) : 'Organizers plan sessions.'}
          onClick={send}
        >
          Plan it
        </Button>
      </div>
    </div>
  )
}
