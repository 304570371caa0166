/** Meetings of a group as the pages ask for them over HTTP, and what the facilitator does that the server decides. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { tuneClock } from '../../live/clock.ts'
import { toast } from '../../ui/toast.ts'

const all = api.groups[':group'].meetings
const one = all[':meeting']

export const meetingsQuery = (group: string) =>
  queryOptions({ queryKey: ['meetings', group], queryFn: async () => (await answer(all.$get({ param: { group } }))).meetings })

/** One meeting, which guests of it may ask for, too. */
export const meetingQuery = (group: string, meeting: string) =>
  queryOptions({ queryKey: ['meetings', group, meeting], queryFn: () => answer(one.$get({ param: { group, meeting } })) })

export const openMeeting = (group: string, title: string) => answer(all.$post({ param: { group }, json: { title } }))

type Act = 'start' | 'end' | { lead: string; instead: string | null }

/** Starts or ends a meeting, or says who leads it. */
export const useMeetingAct = (group: string, meeting: string) =>
  useMutation({
    mutationFn: async (act: Act) => {
      const param = { group, meeting }
      if (act === 'start') await answer(one.start.$post({ param }))
      else if (act === 'end') await answer(one.end.$post({ param }))
      else await answer(one.facilitator.$post({ param, json: { member: act.lead, instead: act.instead } }))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['meetings', group] }),
    onError: error => toast(sentenceOf(error), { key: 'meeting', tone: 'warn' }),
  })

/** How often (ms) the server is asked anew what time it is: quartz drifts by some ms in that time. */
const tuneEvery = 120_000

/** Goes by the server's clock while a meeting is shown: asked at the start, after each lost connection, when the device wakes, and now and then. */
export const useTunedClock = (connected: boolean) =>
  useEffect(() => {
    if (!connected) return
    // Without a connection the clock stays as it was told last.
    const tune = () => void tuneClock(askTime).catch(() => undefined)
    const wake = () => document.visibilityState === 'visible' && tune()
    tune()
    const timer = setInterval(tune, tuneEvery)
    document.addEventListener('visibilitychange', wake)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [connected])

/** What time it is at the server. */
const askTime = async () => (await answer(api.time.$get())).now
