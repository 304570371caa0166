/** What the web app asks of the server over HTTP: one typed client, errors as sentences, and a hook for each question. */

import type { App } from '@paperboard/server/api'
import type { Me } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { type ErrorCode, errorCodes } from '@paperboard/shared/errorCodes'
import { MutationCache, QueryCache, QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { type ClientResponse, hc } from 'hono/client'
import { setServerTime } from './live/clock.ts'

export const { api } = hc<App>(location.origin)

/** An answer that is not what was asked for. `message` is a sentence for people; `fields` says what to mend in a form. */
export class RequestError extends Error {
  readonly code: ErrorCode | 'offline'
  readonly fields: Readonly<Record<string, string>>
  /** How long the server wants to be left alone, ms; null where it does not say. */
  readonly pause: number | null

  constructor(code: ErrorCode | 'offline', message: string, fields: Record<string, string> = {}, pause: number | null = null) {
    super(message)
    this.code = code
    this.fields = fields
    this.pause = pause
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Reads an error's body; one that a proxy wrote in its own form is no answer of ours. */
export const errorFrom = async (response: { status: number; headers: Headers; json: () => Promise<unknown> }): Promise<RequestError> => {
  const body = await response.json().catch(() => null)
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  const code = errorCodes.find(known => known === error.code)
  if (code === undefined || typeof error.message !== 'string')
    return new RequestError('unavailable', `The server did not answer as expected (${response.status}). Please try again.`, {}, pauseIn(response.headers))
  const fields = isRecord(error.fields) ? Object.entries(error.fields).filter((field): field is [string, string] => typeof field[1] === 'string') : []
  return new RequestError(code, error.message, Object.fromEntries(fields), pauseIn(response.headers))
}

/** Retry-After in seconds, as our server writes it. */
const pauseIn = (headers: Headers): number | null => {
  const seconds = headers.get('Retry-After')
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : null
}

/** The body of a good answer. Throws `RequestError` for any other, and when the server cannot be reached. */
export const answer = async <T>(asked: Promise<ClientResponse<T>>): Promise<T> => {
  const response = await asked.catch(() => {
    throw new RequestError('offline', navigator.onLine ? 'The server cannot be reached.' : 'You are offline.')
  })
  if (!response.ok) throw await errorFrom(response)
  // T is never anything else for an answer without a body.
  if (response.status === 204) return undefined as T
  return response.json() as Promise<T>
}

/** What went wrong, as a sentence. */
export const sentenceOf = (error: unknown): string => (error instanceof RequestError ? error.message : 'Something went wrong. Please try again.')

export const isCode = (error: unknown, ...codes: (ErrorCode | 'offline')[]): boolean => error instanceof RequestError && codes.includes(error.code)

/** A session that ended elsewhere shows in any answer; asking who we are again leads to the sign-in page. */
const onError = (error: Error) => {
  if (isCode(error, 'not-signed-in')) void queries.invalidateQueries({ queryKey: ['me'] })
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'me' && onError(error) }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // Asked without a connection too: an answer that fails at once shows what is kept, one that waits shows nothing.
      networkMode: 'always',
      staleTime: 30_000,
      gcTime: 24 * 3_600_000,
      retry: (failures, error) => failures < 2 && isCode(error, 'unavailable'),
    },
    mutations: { networkMode: 'always' },
  },
})

/** Asks anew what is on the screen and got no answer. */
export const askAgain = () => void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await answer(api.me.$get())
    setServerTime(me.now)
    return me
  },
  // Without this answer there is no page at all: it comes as soon as the server is there.
  refetchInterval: ({ state }) => (state.status === 'error' && state.data === undefined ? 5_000 : false),
})
export const groupQuery = (group: string) =>
  queryOptions({ queryKey: ['group', group], queryFn: () => answer(api.groups[':group'].$get({ param: { group } })) })
export const invitationsQuery = (group: string) =>
  queryOptions({
    queryKey: ['invitations', group],
    queryFn: async () => (await answer(api.groups[':group'].invitations.$get({ param: { group } }))).invitations,
  })
export const invitationQuery = (token: string) =>
  queryOptions({ queryKey: ['invitation', token], queryFn: () => answer(api.invitations[':token'].$get({ param: { token } })), retry: false })

export const boardPapersQuery = (group: string, day: Day) =>
  queryOptions({
    queryKey: ['papers', group, day],
    queryFn: async () => (await answer(api.groups[':group'].boards[':day'].$get({ param: { group, day } }))).papers,
  })
export const daysQuery = (group: string, from: Day, to: Day) =>
  queryOptions({
    queryKey: ['days', group, from, to],
    queryFn: () => answer(api.groups[':group'].days.$get({ param: { group }, query: { from, to } })),
  })
export const countsQuery = (group: string, from: Day, to: Day) =>
  queryOptions({
    queryKey: ['counts', group, from, to],
    queryFn: () => answer(api.groups[':group'].counts.$get({ param: { group }, query: { from, to } })),
  })

/** How many notices I have not read. Who has a board open is told at once; others ask each minute. */
export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: async () => (await answer(api.notices.unread.$get())).unread,
  refetchInterval: 60_000,
})
export const noticesQuery = queryOptions({ queryKey: ['notices', 'all'], queryFn: () => answer(api.notices.$get()), staleTime: 0 })
export const remindersQuery = queryOptions({ queryKey: ['reminders'], queryFn: () => answer(api.reminders.$get()) })

/** Who is signed in, and in which groups. */
export const useMe = () => useQuery(meQuery)
/** The group with its members and settings. */
export const useGroup = (group: string) => useQuery(groupQuery(group))
/** The metadata of the papers on a board. */
export const useBoardPapers = (group: string, day: Day) => useQuery(boardPapersQuery(group, day))

/** The person who is signed in, for pages that are only shown to one. */
export const usePerson = (): NonNullable<Me['person']> => {
  const person = useMe().data?.person
  if (!person) throw new Error('A page for members was shown to somebody who is not signed in')
  return person
}
