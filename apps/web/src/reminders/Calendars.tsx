import type { Calendar, CreatedCalendar } from '@paperboard/shared/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, calendarsQuery, queries, sentenceOf, useMe } from '../api.ts'
import { dateAtBrief } from '../board/dates.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { Section } from '../ui/Page.tsx'
import { Notice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import { CalendarAddress } from './CalendarAddress.tsx'
import styles from './Calendars.module.css'

/** Addresses by which calendar programs read what is planned: one for oneself, and one for each group. */
export function Calendars() {
  const groups = useMe().data?.groups ?? []
  const { data, error, refetch } = useQuery(calendarsQuery)
  const [made, setMade] = useState<CreatedCalendar | null>(null)
  const scopes = [
    { group: null, name: 'Everything of yours', about: 'Your readings and sessions, of all groups' },
    ...groups.map(({ id, name }) => ({ group: id, name, about: 'Sessions and everybody’s readings' })),
  ]
  return (
    <Section
      title="Calendars"
      hint="Subscribe with any calendar program: it stays up to date by itself. Whoever has an address can read that calendar, so keep it to yourself."
    >
      {data === undefined && error === null && <SkeletonText lines={3} label="Loading the addresses" />}
      {error !== null && (
        <Notice
          tone="warn"
          action={
            <Button size="small" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        >
          {sentenceOf(error)}
        </Notice>
      )}
      {data !== undefined && (
        <ul className={styles.list}>
          {scopes.map(scope => (
            <Row key={scope.group ?? ''} {...scope} calendar={data.find(({ group }) => group === scope.group)} onMade={setMade} />
          ))}
        </ul>
      )}
      {made !== null && <CalendarAddress url={made.url} name={scopes.find(({ group }) => group === made.group)?.name ?? ''} onClose={() => setMade(null)} />}
    </Section>
  )
}

interface RowProps {
  group: string | null
  name: string
  about: string
  calendar: Calendar | undefined
  onMade: (calendar: CreatedCalendar) => void
}

function Row({ group, name, about, calendar, onMade }: RowProps) {
  const [asking, setAsking] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: calendarsQuery.queryKey })
  const onError = (error: unknown) => toast(sentenceOf(error), { tone: 'warn' })
  const make = useMutation({
    mutationFn: () => answer(api.calendars.$post({ json: { group } })),
    onSuccess: created => {
      onMade(created)
      return refresh()
    },
    onError,
  })
  const end = useMutation({
    mutationFn: (id: string) => answer(api.calendars[':id'].$delete({ param: { id } })),
    onSuccess: () => {
      toast('The address no longer works')
      return refresh()
    },
    onError,
  })
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.about}>{calendar === undefined ? about : stateOf(calendar)}</p>
      </div>
      <div className={styles.acts}>
        {calendar === undefined ? (
          <Button size="small" busy={make.isPending} aria-label={`Make an address: ${name}`} onClick={() => make.mutate()}>
            Make an address
          </Button>
        ) : (
          <>
            <Button size="small" busy={make.isPending} aria-label={`Replace the address: ${name}`} onClick={() => setAsking(true)}>
              Replace…
            </Button>
            <Button size="small" variant="quiet" busy={end.isPending} aria-label={`End the address: ${name}`} onClick={() => end.mutate(calendar.id)}>
              End
            </Button>
          </>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title="Replace the address?"
          confirm="Make a new address"
          danger={false}
          onConfirm={() => {
            setAsking(false)
            make.mutate()
          }}
          onClose={() => setAsking(false)}
        >
          The address you have now stops working. Programs that use it need the new one.
        </ConfirmDialog>
      )}
    </li>
  )
}

const stateOf = ({ createdAt, lastUsedAt }: Calendar): string =>
  `Address made on ${dateAtBrief(createdAt)}, ${lastUsedAt === null ? 'not used yet' : `last read on ${dateAtBrief(lastUsedAt)}`}`
