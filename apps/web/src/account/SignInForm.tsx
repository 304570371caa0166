import { answer, api, queries } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { FormFailure, Stack } from '../ui/Front.tsx'
import { bySchema, useForm } from '../ui/form.ts'

/** E-mail and password. `first` is done as soon as one is signed in, before the page learns of it. */
export function SignInForm({ first }: { first?: () => Promise<unknown> }) {
  const { form, field, busy, failure } = useForm({
    initial: { email: '', password: '' },
    check: bySchema(schemas => schemas.SignIn),
    submit: async values => {
      const me = await answer(api.session.$post({ json: values }))
      if (first === undefined) queries.setQueryData(['me'], me)
      else await first().finally(() => queries.invalidateQueries({ queryKey: ['me'] }))
    },
  })
  return (
    <form {...form}>
      <Stack>
        <TextField label="E-mail" {...field('email')} type="email" autoComplete="username" inputMode="email" autoFocus required />
        <PasswordField label="Password" {...field('password')} autoComplete="current-password" required />
        <FormFailure>{failure}</FormFailure>
        <Button type="submit" variant="primary" wide busy={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </Stack>
    </form>
  )
}
