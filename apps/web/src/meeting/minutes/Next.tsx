import type { PlannedSession } from '@paperboard/shared/groupSessions'
import type { AcceptNext, NextMeeting } from '@paperboard/shared/meetings'
import { mayPlan } from '@paperboard/shared/rules'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { dayLong } from '../../board/dates.ts'
import { listed } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { readings, sessions } from '../../live/views.ts'
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

/** `planned`: what stands in the plan, so that it is asked anew when that changes. */
const nextQuery = (group: string, meeting: string, planned: string) =>
  queryOptions({
    queryKey: ['next-meeting', group, meeting, planned],
    queryFn: () => answer(one.next.$get({ param: { group, meeting } })),
    staleTime: 60_000,
    placeholderData: before => before,
  })

const whyWords = { carried: 'Carried over', votes: 'By votes since', passed: 'Stood for this meeting' }

/** The next meeting with its papers, as it is planned, or as it is proposed: changed where one likes, and planned at one press. */
export function Next() {
  const { group, groupRoom, meeting, me } = useFloor()
  const all = useView(groupRoom, sessions)
  const { data, error, refetch } = useQuery(nextQuery(group.id, meeting, all.map(({ key, day, papers }) => `${key} ${day} ${papers.length}`).join()))
  const [more, setMore] = useState(false)
  const next = data?.meeting ?? null
  const session = next === null ? undefined : all.find(({ key }) => key === data?.session)
  // A session of the usual days has no papers yet: those that are proposed for it are put on it here.
  const planned = next === null || session === undefined || (session.papers.length === 0 && data?.papers.length !== 0) ? null : { session, meeting: next }
  return (
    <Panel title="Next meeting">
      {data === undefined && error === null && <SkeletonText lines={3} label="Looking what could follow" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {planned !== null && <Planned {...planned} />}
      {planned !== null && !more && mayPlan(me) === null && (
        <div>
          <Button size="small" variant="quiet" onClick={() => setMore(true)}>
            More papers for it…
          </Button>
        </div>
      )}
      {data !== undefined && (planned === null || more) && <Proposal key={data.session ?? ''} proposed={data} onPlanned={() => setMore(false)} />}
    </Panel>
  )
}

/** When it is, its papers, and who presents them. */
function Planned({ session, meeting }: { session: PlannedSession; meeting: string }) {
  const { group, groupRoom, nameOf } = useFloor()
  const handedOut = useView(groupRoom, readings)
  const papers = session.papers.map(({ paper }) => paper)
  const names = useNames(useStandingPapers(group, papers))
  const presenting = (paper: string) =>
    handedOut.filter(reading => reading.session === session.key && reading.paper === paper && reading.role === 'presenter').map(({ member }) => nameOf(member))
  return (
    <div className={styles.next}>
      <p>
        Planned for {dayLong(session.day)}
        {session.time === null ? '' : `, ${session.time}`}.
      </p>
      <ul>
        {papers.map(paper => (
          <li key={paper} className={styles.planned}>
            <MathText>{names.title(paper)}</MathText>
            <p className={styles.what}>{presenting(paper).length === 0 ? 'Nobody presents it yet' : `${listed(presenting(paper))} to present it`}</p>
          </li>
        ))}
      </ul>
      <ButtonLink href={paths.meeting(group.id, meeting)} size="small">
        To the next meeting
      </ButtonLink>
    </div>
  )
}

function Proposal({ proposed, onPlanned }: { proposed: NextMeeting; onPlanned: () => void }) {
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
    onSuccess: () => {
      onPlanned()
      return Promise.all(['meetings', 'next-meeting'].map(what => queries.invalidateQueries({ queryKey: [what, group.id] })))
    },
  })
  const presenterOf = (paper: string) => chosen[paper] ?? proposed.papers.find(one => one.paper === paper)?.presenter?.member ?? ''
  const mayNot = mayPlan(me) === null ? null : 'Organizers plan sessions.'
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
        <Button variant="primary" busy={accept.isPending} denied={mayNot ?? (when.day === '' ? 'Choose a day first' : null)} onClick={send}>
          Plan it
        </Button>
      </div>
    </div>
  )
}
