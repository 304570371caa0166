import { answer, api, meQuery, queries, sentenceOf } from '../api.ts'
import { forgetAnswers } from '../keptAnswers.ts'
import { toast } from '../ui/toast.ts'

/**
 * Ends this session, or all of them, and removes what this browser kept for the member. Needs a connection: the session
 * is the server's to end.
 */
export const signOut = async ({ everywhere = false } = {}): Promise<void> => {
  const member = queries.getQueryData(meQuery.queryKey)?.person?.id
  try {
    await answer(everywhere ? api.sessions.$delete() : api.session.$delete())
  } catch (error) {
    toast(`You are still signed in. ${sentenceOf(error)}`, { tone: 'warn', key: 'sign-out' })
    return
  }
  queries.removeQueries({ predicate: query => query.queryKey[0] !== 'me' })
  queries.setQueryData(meQuery.queryKey, me => me && { ...me, person: null, groups: [] })
  if (member === undefined) return
  const { deleteLocalCopies } = await import('../live/localCopy.ts')
  await Promise.all([forgetAnswers(member), deleteLocalCopies(member)])
}
