import type { GuestLinkPreview } from '@paperboard/shared/guests'
import { useQuery } from '@tanstack/react-query'
import { Redirect } from 'wouter'
import { answer, api, isCode, queries, sentenceOf, useMe } from '../../api.ts'
import { paths } from '../../routes.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { FormFailure, Front, FrontLoading, FrontTitle, Stack } from '../../ui/Front.tsx'
import { useForm } from '../../ui/form.ts'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { guestLinkQuery } from './guests.ts'

/** Where the link of a meeting leads: in, with only a name. Members and those who are in already go straight on. */
export default function MeetPage({ token }: { token: string }) {
  const me = useMe().data
  const { data: link, error, refetch } = useQuery(guestLinkQuery(token))
  if (link !== undefined)
    return link.member || me?.guest?.meeting === link.meeting ? (
      <Redirect to={paths.meeting(link.group, link.meeting)} replace />
    ) : (
      <ComeIn token={token} link={link} signedInAs={me?.guest === null ? (me.person?.name ?? null) : null} />
    )
  if (error === null) return <FrontLoading />
  return (
    <Front>
      {isCode(error, 'not-found', 'invalid') ? (
        <EmptyState as="h1" drawing="lost" title="This link does not lead into a meeting any more">
          The meeting has ended, or its door was shut. Ask somebody in the meeting for a new link.
        </EmptyState>
      ) : (
        <ErrorState title="The link could not be opened" onRetry={() => void refetch()}>
          {sentenceOf(error)}
        </ErrorState>
      )}
    </Front>
  )
}

function ComeIn({ token, link, signedInAs }: { token: string; link: GuestLinkPreview; signedInAs: string | null }) {
  const { form, field, busy, failure } = useForm({
    initial: { name: '' },
    check: async ({ name }): Promise<Record<string, string>> => (name.trim() === '' ? { name: 'Please give a name' } : {}),
    submit: async values => queries.setQueryData(['me'], await answer(api['guest-links'][':token'].$post({ param: { token }, json: values }))),
  })
  return (
    <Front>
      <FrontTitle title={link.title === '' ? `Meeting of ${link.groupName}` : link.title}>
        {link.title !== '' && `A meeting of ${link.groupName}. `}
        {link.takePart ? 'As a guest you follow it, ask, vote and raise your hand.' : 'As a guest you follow it.'} No account is needed.
      </FrontTitle>
      <form {...form}>
        <Stack>
          <TextField label="Your name" {...field('name')} autoComplete="name" autoFocus required maxLength={80} hint="All in the meeting see it." />
          {signedInAs !== null && <p>You are signed in as {signedInAs}, who is not in this group. Coming in as a guest signs you out here.</p>}
          <FormFailure>{failure}</FormFailure>
          <Button type="submit" variant="primary" wide busy={busy}>
            Come in
          </Button>
        </Stack>
      </form>
    </Front>
  )
}
