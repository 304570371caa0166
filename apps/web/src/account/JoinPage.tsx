import type { InvitationPreview } from '@paperboard/shared/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect } from 'wouter'
import { answer, api, invitationQuery, isCode, queries, sentenceOf, useMe } from '../api.ts'
import { roleWords } from '../group/roleWords.ts'
import { paths } from '../routes.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { FormFailure, Front, FrontLoading, FrontTitle, Stack } from '../ui/Front.tsx'
import { bySchema, useForm } from '../ui/form.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { NewAccountFields } from './NewAccountFields.tsx'
import { SignInForm } from './SignInForm.tsx'
import { signOut } from './signOut.ts'

/** Where an invitation link leads: what it is an invitation to, and the shortest way in. */
export default function JoinPage({ token }: { token: string }) {
  const me = useMe().data
  const { data: invitation, error, refetch } = useQuery(invitationQuery(token))
  if (invitation !== undefined) {
    const isIn = me?.groups.some(({ id }) => id === invitation.group.id)
    return isIn ? <Redirect to={paths.board(invitation.group.id)} replace /> : <Invitation token={token} invitation={invitation} />
  }
  if (error === null) return <FrontLoading />
  return (
    <Front>
      {isCode(error, 'not-found', 'invalid') ? (
        <EmptyState
          as="h1"
          drawing="lost"
          title="This invitation is no longer open"
          actions={<ButtonLink href={paths.home}>{me?.person ? 'Go to today’s board' : 'Sign in'}</ButtonLink>}
        >
          It was used up, withdrawn, or has expired. Ask whoever sent it for a new link.
        </EmptyState>
      ) : (
        <ErrorState title="The invitation could not be opened" onRetry={() => void refetch()}>
          {sentenceOf(error)}
        </ErrorState>
      )}
    </Front>
  )
}

const accept = (token: string) => answer(api.invitations[':token'].accept.$post({ param: { token } }))

function Invitation({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  // A guest of a meeting has no account yet.
  const me = useMe().data
  const person = me?.guest === null ? me.person : null
  const [way, setWay] = useState<'up' | 'in'>('up')
  return (
    <Front>
      <FrontTitle title={`Join ${invitation.group.name}`}>
        {invitation.invitedBy} invites you to the group as {roleWords[invitation.role].a}.
      </FrontTitle>
      {person !== null ? (
        <Accept token={token} name={person.name} />
      ) : (
        <Stack>
          <Segmented
            label="Do you have an account?"
            options={[
              { value: 'up', label: 'I am new here' },
              { value: 'in', label: 'I have an account' },
            ]}
            value={way}
            onChange={setWay}
          />
          {way === 'up' ? <Join token={token} /> : <SignInForm first={() => accept(token)} />}
        </Stack>
      )}
    </Front>
  )
}

function Accept({ token, name }: { token: string; name: string }) {
  const join = useMutation({ mutationFn: () => accept(token), onSuccess: () => queries.invalidateQueries({ queryKey: ['me'] }) })
  return (
    <Stack>
      <Button variant="primary" wide busy={join.isPending} onClick={() => join.mutate()}>
        Join as {name}
      </Button>
      <Button variant="quiet" wide onClick={() => void signOut()}>
        Use another account
      </Button>
      <FormFailure>{join.error && sentenceOf(join.error)}</FormFailure>
    </Stack>
  )
}

function Join({ token }: { token: string }) {
  const { form, field, busy, failure } = useForm({
    initial: { name: '', email: '', password: '' },
    check: bySchema(schemas => schemas.SignUp),
    submit: async values => queries.setQueryData(['me'], await answer(api.account.$post({ json: { ...values, invitation: token } }))),
  })
  return (
    <form {...form}>
      <Stack>
        <NewAccountFields field={field} />
        <FormFailure>{failure}</FormFailure>
        <Button type="submit" variant="primary" wide busy={busy}>
          {busy ? 'Joining…' : 'Create account and join'}
        </Button>
      </Stack>
    </form>
  )
}
