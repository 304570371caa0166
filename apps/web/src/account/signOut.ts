import { answer, api, meQuery, queries, sentenceOf } from '../api.ts'
import { forgetDrafts } from '../board/drafts.ts'
import { forgetAnswers } from '../keptAnswers.ts'
import { toast } from '../ui/toast.ts'

/**
 * Ends this session, or all of them, and removes what this browser kept for the member. Needs a connection: the session
 * is the server's to end. Asks first when changes would be lost; `losing` is the answer.
 */
export const signOut = async ({ everywhere = false, losing = false } = {}): Promise<void> => {
  const member = queries.getQueryData(meQuery.queryKey)?.person?.id
  const { forgetMember, unsavedOf } = await import('../live/rooms.ts')
  const unsaved = member === undefined ? 0 : unsavedOf(member).reduce((sum, { count }) => sum + count, 0)
  if (unsaved > 0 && !losing) {
    toast(
      `${unsaved === 1 ? 'One change of yours is' : `${unsaved} changes of yours are`} not saved yet. Signing out now would lose ${unsaved === 1 ? 'it' : 'them'}.`,
      {
        key: 'sign-out',
        tone: 'warn',
        stays: 20_000,
        action: { label: 'Sign out anyway', run: () => void signOut({ everywhere, losing: true }) },
      },
    )
    return
  }
  try {
    await answer(everywhere ? api.sessions.$delete() : api.session.$delete())
  } catch (error) {
    toast(`You are still signed in. ${sentenceOf(error)}`, { tone: 'warn', key: 'sign-out' })
    return
  }
  queries.setQueryData(meQuery.queryKey, me => me && { ...me, person: null, groups: [], guest: null })
  if (member === undefined) return
  forgetDrafts(member)
  await Promise.all([forgetAnswers(member), forgetMember(member)])
}
