import type { Reminders } from '@paperboard/shared/api'
import { leadDays, type Reminder, type ReminderKind, type ReminderSettings, type ReminderWay, reminderKinds } from '@paperboard/shared/reminders'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TimeZoneSelect, zoneHere } from '../account/TimeZoneSelect.tsx'
import { answer, api, queries, remindersQuery, sentenceOf, usePerson } from '../api.ts'
import { TextField } from '../ui/Field.tsx'
import { Stack } from '../ui/Front.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { ErrorState, Notice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import { Calendars } from './Calendars.tsx'
import styles from './RemindersPage.module.css'

/** How I am reminded, and the calendars that I can subscribe to. */
export default function RemindersPage() {
  const person = usePerson()
  const { data, error, refetch } = useQuery(remindersQuery)
  return (
    <Page title="Reminders and calendars" lead={`For ${person.name}, in all groups.`}>
      {data !== undefined && <Settings reminders={data} email={person.email} />}
      {data === undefined &&
        (error === null ? (
          <SkeletonText lines={6} label="Loading your reminders" />
        ) : (
          <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
        ))}
      <Calendars />
    </Page>
  )
}

const kinds: Record<ReminderKind, { title: string; hint: string }> = {
  reading: { title: 'Readings', hint: 'Before a reading is due, until you have read it.' },
  presenting: { title: 'Presenting', hint: 'Before you present a paper, until you are ready.' },
  session: { title: 'Sessions', hint: 'Before your groups meet.' },
}
const ways: readonly { value: ReminderWay; label: string }[] = [
  { value: 'both', label: 'Mail and app' },
  { value: 'mail', label: 'Mail' },
  { value: 'app', label: 'App' },
  { value: 'none', label: 'Not at all' },
]

function Settings({ reminders, email }: { reminders: Reminders; email: string }) {
  // What was chosen shows at once, in the same frame: a mutation tells of itself only after it.
  const [chosen, setChosen] = useState<ReminderSettings | null>(null)
  const { mutate } = useMutation({
    mutationFn: (json: ReminderSettings) => answer(api.reminders.$put({ json })),
    onSuccess: saved => {
      queries.setQueryData(remindersQuery.queryKey, saved)
      toast('Saved', { key: 'reminders', stays: 2_000 })
    },
    onError: error => toast(`Not saved. ${sentenceOf(error)}`, { tone: 'warn', key: 'reminders' }),
  })
  const settings = chosen ?? reminders.settings
  const change = (more: Partial<ReminderSettings>) => {
    const next = { ...settings, ...more }
    setChosen(next)
    mutate(next, { onSettled: () => setChosen(null) })
  }
  return (
    <>
      <div className={styles.notice}>
        <Notice tone={reminders.mail ? 'plain' : 'warn'}>
          {reminders.mail
            ? `Mail goes to ${email}.`
            : 'This server sends no mail: whoever runs it has not named a mail server. What you want by mail comes in the app, under the bell.'}
        </Notice>
      </div>
      {reminderKinds.map(kind => (
        <Section key={kind} title={kinds[kind].title} hint={kinds[kind].hint}>
          <Kind title={kinds[kind].title} reminder={settings[kind]} onChange={reminder => change({ [kind]: reminder })} />
        </Section>
      ))}
      <Section title="Minutes" hint="After a meeting: what was decided, and who does what.">
        <Segmented label="Minutes: how they come" options={ways} value={settings.minutes} onChange={minutes => change({ minutes })} />
      </Section>
      <Section title="When" hint="Nothing comes in quiet hours; what falls into them comes when they end.">
        <When settings={settings} onChange={change} />
      </Section>
    </>
  )
}

const leadWords = (days: number): string =>
  days === 0 ? 'On the day' : days === 1 ? 'The day before' : days === 7 ? 'A week' : days === 14 ? 'Two weeks' : days === 30 ? 'A month' : `${days} days`

function Kind({ title, reminder, onChange }: { title: string; reminder: Reminder; onChange: (reminder: Reminder) => void }) {
  const toggle = (day: (typeof leadDays)[number], on: boolean) =>
    onChange({ ...reminder, days: leadDays.filter(each => (each === day ? on : reminder.days.includes(each))) })
  return (
    <Stack>
      <Segmented label={`${title}: how you are reminded`} options={ways} value={reminder.way} onChange={way => onChange({ ...reminder, way })} />
      {reminder.way !== 'none' && (
        <fieldset className={styles.days}>
          <legend className="visually-hidden">{title}: how long before</legend>
          {leadDays.map(day => (
            <label key={day} className={styles.day}>
              <input type="checkbox" checked={reminder.days.includes(day)} onChange={event => toggle(day, event.target.checked)} />
              {leadWords(day)}
            </label>
          ))}
        </fieldset>
      )}
      {reminder.way !== 'none' && reminder.days.length === 0 && <p className={styles.hint}>Choose a day, or nothing comes.</p>}
    </Stack>
  )
}

function When({ settings, onChange }: { settings: ReminderSettings; onChange: (more: Partial<ReminderSettings>) => void }) {
  const { at, quiet, timeZone } = settings
  return (
    <Stack>
      <div className={styles.times}>
        <TimeOfDayField label="Time of day" value={at} onChange={time => onChange({ at: time })} />
      </div>
      <Segmented
        label="Quiet hours"
        options={[
          { value: 'on', label: 'Quiet hours' },
          { value: 'off', label: 'None' },
        ]}
        value={quiet === null ? 'off' : 'on'}
        onChange={value => onChange({ quiet: value === 'on' ? { from: '22:00', to: '07:00' } : null })}
      />
      {quiet !== null && (
        <div className={styles.times}>
          <TimeOfDayField label="From" value={quiet.from} onChange={from => onChange({ quiet: { ...quiet, from } })} />
          <TimeOfDayField label="To" value={quiet.to} onChange={to => onChange({ quiet: { ...quiet, to } })} />
        </div>
      )}
      <Segmented
        label="Whose clock"
        options={[
          { value: 'group', label: 'By each group’s clock' },
          { value: 'own', label: 'By mine' },
        ]}
        value={timeZone === null ? 'group' : 'own'}
        onChange={value => onChange({ timeZone: value === 'group' ? null : zoneHere() })}
      />
      {timeZone !== null && (
        <div className={styles.zone}>
          <TimeZoneSelect value={timeZone} onChange={event => onChange({ timeZone: event.target.value })} />
        </div>
      )}
    </Stack>
  )
}

/** Saved when it is whole: while one types, browsers tell an empty time. */
const TimeOfDayField = ({ label, value, onChange }: { label: string; value: string; onChange: (time: string) => void }) => (
  <TextField
    key={value}
    label={label}
    type="time"
    required
    defaultValue={value}
    onBlur={event => /^\d\d:\d\d$/.test(event.target.value) && event.target.value !== value && onChange(event.target.value)}
  />
)
