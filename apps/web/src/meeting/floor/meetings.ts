/** Meetings of a group as the pages ask for them over HTTP, and what the facilitator does that the server decides. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { toast } from '../../ui/toast.ts'

const all = api.groups[':group'].meetings
const one = all[':meeting']

export const meetingsQuery = (group: string) =>
  queryOptions({ queryKey: ['meetings', group], queryFn: async () => (await answer(all.$get({ param: { group } }))).meetings })

/** One meeting, which guests of it may ask for, too. */
export const meetingQuery = (group: string, meeting: string) =>
  queryOptions({ queryKey: ['meetings', group, meeting], queryFn: () => answer(one.$get({ param: { group, meeting } })) })

export const openMeeting = (group: string, title: string) => answer(all.$post({ param: { group }, json: { title } }))

type Act = 'start' | 'end' | { lead: string }

/** Starts or ends a meeting, or says who leads it. */
export const useMeetingAct = (group: string, meeting: string) =>
  useMutation({
    mutationFn: async (act: Act) => {
      const param = { group, meeting }
      if (act === 'start') await answer(one.start.$post({ param }))
      else if (act === 'end') await answer(one.end.$post({ param }))
      else await answer(one.facilitator.$post({ param, json: { member: act.lead } }))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['meetings', group] }),
    onError: error => toast(sentenceOf(error), { key: 'meeting', tone: 'warn' }),
  })

/** What time it is at the server. */
export const askTime = async () => (await answer(api.time.$get())).now
