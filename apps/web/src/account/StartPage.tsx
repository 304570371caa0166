import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { answer, api, useMe } from '../api.ts'
import { paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { FormFailure, Front, FrontTitle, Stack } from '../ui/Front.tsx'
import { bySchema, useForm } from '../ui/form.ts'
import { NewAccountFields } from './NewAccountFields.tsx'
import { TimeZoneSelect, zoneHere } from './TimeZoneSelect.tsx'

/** The first visit: an account, then a group. Whoever has an account comes here to found another group. */
export default function StartPage() {
  const me = useMe().data
  return me?.person ? <NameGroup first={me.groups.length === 0} /> : <FirstAccount />
}

function FirstAccount() {
  const queryClient = useQueryClient()
  const { form, field, busy, failure } = useForm({
    initial: { name: '', email: '', password: '' },
    check: bySchema(schemas => schemas.SignUp),
    submit: async values => queryClient.setQueryData(['me'], await answer(api.account.$post({ json: values }))),
  })
  return (
    <Front>
      <FrontTitle title="Welcome to Paperboard" step="1 of 2">
        Papers of the day, votes and talk about them, and who reads what. You are the first here, so this account will own the place.
      </FrontTitle>
      <form {...form}>
        <Stack>
          <NewAccountFields field={field} />
          <FormFailure>{failure}</FormFailure>
          <Button type="submit" variant="primary" wide busy={busy}>
            {busy ? 'Creating your account…' : 'Create account'}
          </Button>
        </Stack>
      </form>
    </Front>
  )
}

function NameGroup({ first }: { first: boolean }) {
  const queryClient = useQueryClient()
  const [, navigate] = useLocation()
  const { form, field, busy, failure } = useForm({
    initial: { name: '', timeZone: zoneHere() },
    check: bySchema(schemas => schemas.NewGroup),
    submit: async values => {
      const group = await answer(api.groups.$post({ json: values }))
      queryClient.setQueryData(['group', group.id], group)
      await queryClient.fetchQuery({ queryKey: ['me'], queryFn: () => answer(api.me.$get()), staleTime: 0 })
      navigate(paths.board(group.id))
    },
  })
  return (
    <Front aside={first ? null : <Link href={paths.home}>Back to the board</Link>}>
      <FrontTitle title={first ? 'Name your group' : 'Start another group'} step={first ? '2 of 2' : undefined}>
        A group has its own boards, members and settings. Nothing of it is seen outside.
      </FrontTitle>
      <form {...form}>
        <Stack>
          <TextField label="Name of the group" {...field('name')} placeholder="Tuesday journal club" autoComplete="off" autoFocus required />
          <TimeZoneSelect {...field('timeZone')} hint="Decides when a new day, and with it a new board, begins." />
          <FormFailure>{failure}</FormFailure>
          <Button type="submit" variant="primary" wide busy={busy}>
            {busy ? 'Opening the board…' : 'Open today’s board'}
          </Button>
        </Stack>
      </form>
    </Front>
  )
}
