/** What is left of meetings, as pages ask for it. */
import type { Minutes } from '@paperboard/shared/meetings'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { ago, timeLong } from '../../board/dates.ts'
import { toast } from '../../ui/toast.ts'

const one = api.groups[':group'].meetings[':meeting'].minutes

export const minutesQuery = (group: string, meeting: string) =>
  queryOptions({ queryKey: ['minutes', group, meeting], queryFn: () => answer(one.$get({ param: { group, meeting } })) })

export const archiveQuery = (group: string) =>
  queryOptions({ queryKey: ['archive', group], queryFn: async () => (await answer(api.groups[':group'].archive.$get({ param: { group } }))).meetings })

export const meetingsOfPaperQuery = (group: string, paper: string) =>
  queryOptions({
    queryKey: ['meetings-of', group, paper],
    queryFn: async () => (await answer(api.groups[':group'].papers[':paper'].meetings.$get({ param: { group, paper } }))).meetings,
  })

/** Where minutes are had as a file. */
export const minutesFile = (group: string, meeting: string, format: 'md' | 'html') => `/api/groups/${group}/meetings/${meeting}/minutes/as/${format}`

export type MinutesAct = 'make' | 'mail' | { text: string | null }

/** Makes minutes anew, sends them, or puts a text in place of what was made. */
export const useMinutesAct = (group: string, meeting: string) =>
  useMutation({
    mutationFn: (act: MinutesAct): Promise<Minutes> => {
      const param = { group, meeting }
      if (act === 'make') return answer(one.make.$post({ param }))
      if (act === 'mail') return answer(one.mail.$post({ param }))
      return answer(one.$put({ param, json: act }))
    },
    onSuccess: minutes => queries.setQueryData(minutesQuery(group, meeting).queryKey, minutes),
    onError: error => toast(sentenceOf(error), { key: 'minutes', tone: 'warn' }),
  })

/** Who has edited them, and whether members have them. */
export function stateOfMinutes(
  { edited, editedBy, editedAt, mailAt, mailedAt }: Minutes,
  { now, nameOf }: { now: number; nameOf: (member: string) => string },
): string {
  const by = edited && editedBy !== null && editedAt !== null ? `Edited by ${nameOf(editedBy)}, ${ago(editedAt, now)}. ` : ''
  if (mailedAt !== null) return `${by}The minutes were sent to members ${ago(mailedAt, now)}.`
  return by + (mailAt <= now ? 'The minutes are on their way to members.' : `The minutes go to members on ${timeLong(mailAt)}.`)
}
