import type { Day } from '@paperboard/shared/days'

/** The address of every page, once. */
export const paths = {
  home: '/',
  start: '/start',
  signIn: (next?: string) => (next && next !== '/' ? `/signin?next=${encodeURIComponent(next)}` : '/signin'),
  join: (token: string) => `/join/${token}`,
  /** Where the link of a meeting leads guests. */
  meet: (token: string) => `/meet/${token}`,
  account: '/account',
  reminders: '/account/reminders',
  /** Mine, in all groups. */
  myReadings: '/readings',
  board: (group: string, day?: Day) => (day === undefined ? `/g/${group}` : `/g/${group}/${day}`),
  week: (group: string, day: Day) => `/g/${group}/week/${day}`,
  month: (group: string, day: Day) => `/g/${group}/month/${day}`,
  /** Since a day: since the last meeting, unless one is named. */
  since: (group: string, day?: Day) => (day === undefined ? `/g/${group}/since` : `/g/${group}/since/${day}`),
  recent: (group: string) => `/g/${group}/recent`,
  library: (group: string) => `/g/${group}/library`,
  search: (group: string, q = '') => (q === '' ? `/g/${group}/search` : `/g/${group}/search?q=${encodeURIComponent(q)}`),
  paper: (group: string, paper: string) => `/g/${group}/papers/${paper}`,
  readings: (group: string) => `/g/${group}/readings`,
  plan: (group: string) => `/g/${group}/plan`,
  rota: (group: string) => `/g/${group}/rota`,
  meetings: (group: string) => `/g/${group}/meetings`,
  /** `item`: what of it is shown first; where the meeting is, unless one is named. */
  meeting: (group: string, meeting: string, item?: string) => `/g/${group}/meetings/${meeting}${item === undefined ? '' : `?item=${item}`}`,
  minutes: (group: string, meeting: string) => `/g/${group}/meetings/${meeting}/minutes`,
  /** Why its papers are on the agenda of a meeting, or were. */
  meetingAgenda: (group: string, meeting: string) => `/g/${group}/meetings/${meeting}/agenda`,
  meetingScreen: (group: string, meeting: string) => `/g/${group}/meetings/${meeting}/screen`,
  /** How a meeting, or a board, came about. */
  meetingReplay: (group: string, meeting: string) => `/g/${group}/meetings/${meeting}/replay`,
  boardReplay: (group: string, day: Day) => `/g/${group}/${day}/replay`,
  meetingRemote: (group: string, meeting: string) => `/g/${group}/meetings/${meeting}/remote`,
  members: (group: string) => `/g/${group}/members`,
  sources: (group: string) => `/g/${group}/sources`,
  settings: (group: string) => `/g/${group}/settings`,
}

/** An address of our own to go to after signing in; anything else is not followed. */
export const nextFrom = (search: string): string => {
  const next = new URLSearchParams(search).get('next') ?? '/'
  return /^\/(?![/\\])/.test(next) ? next : '/'
}
