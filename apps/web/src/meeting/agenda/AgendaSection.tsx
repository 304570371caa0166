import { limits } from '@paperboard/shared/limits'
import { useState } from 'react'
import { timeOf } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { Button } from '../../ui/Button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { SkeletonText } from '../../ui/states.tsx'
import { useEnded, useFloor, useLeads } from '../floor/floor.ts'
import { Nothing, Panel } from '../floor/Panel.tsx'
import { AddPapers } from './AddPapers.tsx'
import styles from './Agenda.module.css'
import { AgendaList } from './AgendaList.tsx'
import { OtherRow } from './AgendaRow.tsx'
import { useAgenda, useStandingPapers } from './agenda.ts'
import { change, idsOf, letVotesDecide, moveTo } from './agendaActs.ts'
import { Lifts } from './Lifts.tsx'
import { MyRanking } from './MyRanking.tsx'
import { NamesContext, useNames } from './names.ts'
import { PlanLine } from './PlanLine.tsx'
import { HandOutContext, useHandOut, useHandOutKeys } from './useHandOut.tsx'
import { VotesPlayed } from './VotesPlayed.tsx'

/** Papers beside the agenda that are shown at first. */
const shownFirst = 8

/** What the meeting is about: by votes, and by whoever leads; and why each paper is there. */
export function AgendaSection() {
  const floor = useFloor()
  const { room, meeting, session, group, me } = floor
  const view = useAgenda(floor, room, { meeting, session })
  const leads = useLeads()
  const ended = useEnded()
  const [all, setAll] = useState(false)
  const [adding, setAdding] = useState(false)
  const { agenda, parts } = view
  const others = all ? agenda.others : agenda.others.slice(0, shownFirst)
  const wanted = [...[...agenda.items, ...others].map(({ paper }) => paper), ...agenda.dropped, ...parts.standing.candidates.map(({ paper }) => paper)]
  const papers = useStandingPapers(group, [...new Set(wanted)].slice(0, limits.papersAsked))
  const names = useNames(papers)
  const mayChange = leads && !ended
  const [handOut, form] = useHandOut(papers)
  const isMember = me.role !== 'guest'
  useHandOutKeys(handOut, isMember)
  return (
    <NamesContext value={names}>
      <HandOutContext value={isMember ? handOut : null}>
        <div className={styles.agenda}>
          <Panel
            title={view.set ? 'Agenda' : 'Agenda, as votes stand'}
            count={agenda.items.length}
            actions={
              mayChange && (
                <Button size="small" icon={PlusIcon} onClick={() => setAdding(true)}>
                  Put papers on
                </Button>
              )
            }
          >
            <PlanLine view={view} />
            {view.loading && <SkeletonText lines={4} label="Loading the agenda" />}
            {view.failed && <Nothing>The votes could not be asked for. They come as soon as the server is in reach.</Nothing>}
            {view.stoodAt !== null && <Nothing>Without a connection: the votes as they stood at {timeOf(view.stoodAt)}. Later ones come with it.</Nothing>}
            {!view.loading && !view.failed && agenda.items.length === 0 && (
              <Nothing>{view.set ? 'Nothing is on the agenda.' : 'Vote for papers on the boards, and those with most votes stand here.'}</Nothing>
            )}
            <AgendaList view={view} mayChange={mayChange} />
          </Panel>
          {parts.rule.kind === 'ranked' && !view.set && view.until === null && <MyRanking view={view} />}
          {parts.rule.boost && <Lifts view={view} />}
          {view.until !== null && <VotesPlayed view={view} />}
          {agenda.others.length > 0 && me.role !== 'guest' && (
            <details className={styles.more}>
              <summary>{count(agenda.others.length, 'other paper')} with votes</summary>
              <ul>
                {others.map(placed => (
                  <OtherRow key={placed.paper} paper={placed.paper} placed={placed} rule={parts.rule}>
                    {mayChange && (
                      <Button size="small" onClick={() => moveTo(floor, parts, { paper: placed.paper, nth: agenda.items.length + 1 })}>
                        Put on
                      </Button>
                    )}
                  </OtherRow>
                ))}
              </ul>
              {others.length < agenda.others.length && (
                <Button size="small" variant="quiet" onClick={() => setAll(true)}>
                  Show all
                </Button>
              )}
            </details>
          )}
          {agenda.dropped.length > 0 && me.role !== 'guest' && (
            <details className={styles.more}>
              <summary>{count(agenda.dropped.length, 'paper')} taken off</summary>
              <ul>
                {agenda.dropped.map(paper => (
                  <OtherRow key={paper} paper={paper} placed={null} rule={parts.rule}>
                    {mayChange && (
                      <Button
                        size="small"
                        onClick={() =>
                          view.set ? change(floor, paper, { state: 'planned', place: agenda.items.length + 1 }) : letVotesDecide(floor, idsOf(parts, paper))
                        }
                      >
                        Put back
                      </Button>
                    )}
                  </OtherRow>
                ))}
              </ul>
            </details>
          )}
          {adding && <AddPapers view={view} onClose={() => setAdding(false)} />}
        </div>
        {form}
      </HandOutContext>
    </NamesContext>
  )
}
