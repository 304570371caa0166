import { PasswordField, TextField } from '../ui/Field.tsx'
import type { useForm } from '../ui/form.ts'
import { passwordHint } from './passwordHint.ts'

type NewAccountForm = ReturnType<typeof useForm<{ name: string; email: string; password: string }>>

/** Who somebody without an account is, and how they will sign in. */
export const NewAccountFields = ({ field }: Pick<NewAccountForm, 'field'>) => (
  <>
    <TextField label="Your name" {...field('name')} autoComplete="name" autoFocus required />
    <TextField label="E-mail" {...field('email')} type="email" autoComplete="username" inputMode="email" required />
    <PasswordField label="Password" {...field('password')} hint={passwordHint} autoComplete="new-password" required />
  </>
)
