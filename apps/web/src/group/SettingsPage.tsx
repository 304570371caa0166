import type { Group } from '@paperboard/shared/api'
import type { GroupSettings } from '@paperboard/shared/members'
import { mayConfigure } from '@paperboard/shared/rules'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'wouter'
import { TimeZoneSelect } from '../account/TimeZoneSelect.tsx'
import { answer, api, groupQuery, queries, sentenceOf, useGroup } from '../api.ts'
import { paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { FormFailure, Stack } from '../ui/Front.tsx'
import { bySchema, useForm } from '../ui/form.ts'
import { Page, Section } from '../ui/Page.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { ErrorState, Notice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import { Feeds } from './Feeds.tsx'
import styles from './SettingsPage.module.css'
import { VoteBudget } from './VoteBudget.tsx'

export default function SettingsPage({ group }: { group: string }) {
  const { data, error, refetch } = useGroup(group)
  if (data !== undefined) return <Settings group={data} />
  return (
    <Page title="Settings">
      {error === null ? <SkeletonText lines={5} label="Loading the settings" /> : <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
    </Page>
  )
}

const everyoneOr = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'organizers', label: 'Organizers' },
] as const

const guests = [
  { value: 'take-part', label: 'Take part' },
  { value: 'listen', label: 'Listen' },
  { value: 'none', label: 'No guests' },
] as const

function Settings({ group }: { group: Group }) {
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (settings: Partial<GroupSettings>) => answer(api.groups[':group'].$patch({ param: { group: group.id }, json: { settings } })),
    onSuccess: changed => {
      queries.setQueryData(groupQuery(group.id).queryKey, changed)
      toast('Saved', { key: 'settings', stays: 2_000 })
    },
    onError: error => toast(`Not saved. ${sentenceOf(error)}`, { tone: 'warn', key: 'settings' }),
  })
  const fixed = mayConfigure(group.role) !== null
  // What was chosen shows at once; the controls stay as they are, so that the focus does.
  const settings = { ...group.settings, ...(isPending ? variables : {}) }
  return (
    <Page title="Settings">
      {fixed && (
        <div className={styles.notice}>
          <Notice>Only organizers change these. You can see how your group has decided.</Notice>
        </div>
      )}
      <Section title="The group" hint="A new board begins at midnight in the group’s time zone.">
        <GroupForm key={`${group.name} ${group.timeZone}`} group={group} fixed={fixed} />
      </Section>
      <Section title="Votes" hint="With a limit, a vote is a choice: up-votes can be moved, not multiplied.">
        <VoteBudget key={settings.voteBudget} budget={settings.voteBudget} disabled={fixed} onChange={voteBudget => mutate({ voteBudget })} />
      </Section>
      <Section title="Papers" hint="Who may put papers on a board.">
        <Segmented
          label="Who may put papers on a board"
          options={everyoneOr}
          value={settings.whoAdds}
          onChange={whoAdds => mutate({ whoAdds })}
          disabled={fixed}
        />
        <p className={styles.link}>
          <Link href={paths.sources(group.id)}>Sources</Link>, from which papers come by themselves
        </p>
      </Section>
      <Section title="Readings" hint="Who may hand readings to others. Everybody may take one themselves.">
        <Segmented
          label="Who may hand readings to others"
          options={everyoneOr}
          value={settings.whoAssigns}
          onChange={whoAssigns => mutate({ whoAssigns })}
          disabled={fixed}
        />
      </Section>
      <Section title="Guests" hint="Who leads a meeting can let guests into it by a link: people without an account, for that meeting alone.">
        <Segmented label="What guests may do in a meeting" options={guests} value={settings.guests} onChange={guests => mutate({ guests })} disabled={fixed} />
      </Section>
      <Feeds group={group} />
    </Page>
  )
}

function GroupForm({ group, fixed }: { group: Group; fixed: boolean }) {
  const { form, field, values, busy, failure } = useForm({
    initial: { name: group.name, timeZone: group.timeZone },
    check: bySchema(schemas => schemas.ChangeGroup),
    submit: async json => {
      const changed = await answer(api.groups[':group'].$patch({ param: { group: group.id }, json }))
      queries.setQueryData(groupQuery(group.id).queryKey, changed)
      void queries.invalidateQueries({ queryKey: ['me'] })
      toast('Saved', { key: 'settings', stays: 2_000 })
    },
  })
  const same = values.name.trim() === group.name && values.timeZone === group.timeZone
  return (
    <form {...form} className={styles.form}>
      <Stack>
        <TextField label="Name of the group" {...field('name')} disabled={fixed} autoComplete="off" required />
        <TimeZoneSelect {...field('timeZone')} disabled={fixed} />
        <FormFailure>{failure}</FormFailure>
        {!fixed && (
          <div>
            <Button type="submit" busy={busy} denied={same ? 'Nothing has changed yet.' : null}>
              Save
            </Button>
          </div>
        )}
      </Stack>
    </form>
  )
}
