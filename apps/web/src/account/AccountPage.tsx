import { useState } from 'react'
import { answer, api, meQuery, queries, usePerson } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { FormFailure, Stack } from '../ui/Front.tsx'
import { bySchema, useForm } from '../ui/form.ts'
import { Page, Section } from '../ui/Page.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { setTheme, useTheme } from '../ui/theme.ts'
import { toast } from '../ui/toast.ts'
import styles from './AccountPage.module.css'
import { passwordHint } from './passwordHint.ts'
import { signOut } from './signOut.ts'

export default function AccountPage() {
  const person = usePerson()
  return (
    <Page title="Your account" lead={person.email} width="page">
      <Section title="Name" hint="What others see beside your votes and comments.">
        <NameForm key={person.name} name={person.name} />
      </Section>
      <Section title="Appearance" hint="In this browser.">
        <Appearance />
      </Section>
      <Section title="Password" hint="Changing it ends every other session.">
        <PasswordForm email={person.email} />
      </Section>
      <Section title="Sessions" hint="Signing out removes everything this browser keeps for work without a connection.">
        <Sessions />
      </Section>
    </Page>
  )
}

function NameForm({ name }: { name: string }) {
  const { form, field, values, busy, failure } = useForm({
    initial: { name },
    check: bySchema(schemas => schemas.ChangeName),
    submit: async json => {
      queries.setQueryData(meQuery.queryKey, await answer(api.account.$patch({ json })))
      void queries.invalidateQueries({ queryKey: ['group'] })
      toast('Your name is changed')
    },
  })
  return (
    <form {...form} className={styles.form}>
      <Stack>
        <TextField label="Your name" {...field('name')} autoComplete="name" required />
        <FormFailure>{failure}</FormFailure>
        <div>
          <Button type="submit" busy={busy} denied={values.name.trim() === name ? 'Nothing has changed yet.' : null}>
            Save name
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function Appearance() {
  const theme = useTheme()
  return (
    <Segmented
      label="Appearance"
      options={[
        { value: 'system', label: 'As the system' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
      value={theme}
      onChange={setTheme}
    />
  )
}

function PasswordForm({ email }: { email: string }) {
  const { form, field, busy, failure, reset } = useForm({
    initial: { current: '', next: '' },
    check: bySchema(schemas => schemas.ChangePassword),
    submit: async json => {
      await answer(api.account.password.$post({ json }))
      reset()
      toast('Your password is changed. Other sessions have ended.')
    },
  })
  return (
    <form {...form} className={styles.form}>
      <Stack>
        {/* Tells password managers whose password this is. */}
        <input type="email" value={email} autoComplete="username" readOnly hidden />
        <PasswordField label="Password now" {...field('current')} autoComplete="current-password" required />
        <PasswordField label="New password" {...field('next')} hint={passwordHint} autoComplete="new-password" required />
        <FormFailure>{failure}</FormFailure>
        <div>
          <Button type="submit" busy={busy}>
            Change password
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function Sessions() {
  const [asking, setAsking] = useState(false)
  return (
    <div className={styles.buttons}>
      <Button onClick={() => void signOut()}>Sign out</Button>
      <Button variant="quiet" onClick={() => setAsking(true)}>
        Sign out everywhere…
      </Button>
      {asking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          confirm="Sign out everywhere"
          danger={false}
          onConfirm={() => {
            setAsking(false)
            void signOut({ everywhere: true })
          }}
          onClose={() => setAsking(false)}
        >
          Every browser and device that is signed in with your account will have to sign in again, this one too.
        </ConfirmDialog>
      )}
    </div>
  )
}
