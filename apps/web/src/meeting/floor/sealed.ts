/** What is secret until it is opened: it goes to the server by HTTP, and only its author is ever told of it. */
import type { NewTake } from '@paperboard/shared/takes'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { toast } from '../../ui/toast.ts'
import { useFloor } from './floor.ts'

const meeting = api.groups[':group'].meetings[':meeting']

const sealedQuery = (group: string, id: string) =>
  queryOptions({
    queryKey: ['sealed', group, id],
    queryFn: () => answer(meeting.sealed.$get({ param: { group, meeting: id } })),
  })

/** What I have written in this meeting. */
export const useMySealed = () => {
  const { group, meeting } = useFloor()
  return useQuery(sealedQuery(group.id, meeting))
}

/** An act by HTTP: says what went wrong, and asks again for what is mine once it is done. */
const useAct = <T>(act: (at: { group: string; meeting: string }, of: T) => Promise<unknown>) => {
  const { group, meeting } = useFloor()
  const at = { group: group.id, meeting }
  return useMutation({
    mutationFn: (of: T) => act(at, of),
    onSuccess: () => queries.invalidateQueries({ queryKey: sealedQuery(at.group, at.meeting).queryKey }),
    onError: error => toast(sentenceOf(error), { key: 'sealed', tone: 'warn' }),
  })
}

export const useSealTake = () =>
  useAct(({ group, meeting: id }, { paper, take }: { paper: string; take: NewTake }) =>
    answer(meeting.takes[':paper'].$put({ param: { group, meeting: id, paper }, json: take })),
  )
export const useTakeBack = () =>
  useAct(({ group, meeting: id }, paper: string) => answer(meeting.takes[':paper'].$delete({ param: { group, meeting: id, paper } })))
export const useReveal = () =>
  useAct(({ group, meeting: id }, paper: string) => answer(meeting.takes[':paper'].reveal.$post({ param: { group, meeting: id, paper } })))
export const useSecretVote = () =>
  useAct(({ group, meeting: id }, { poll, choices }: { poll: string; choices: number[] }) =>
    answer(meeting.ballots[':poll'].$put({ param: { group, meeting: id, poll }, json: { choices } })),
  )
export const useClosePoll = () =>
  useAct(({ group, meeting: id }, poll: string) => answer(meeting.polls[':poll'].close.$post({ param: { group, meeting: id, poll } })))
