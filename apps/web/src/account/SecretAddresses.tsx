import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { queries, sentenceOf } from '../api.ts'
import { dateAtBrief } from '../board/dates.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { RetryNotice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import styles from './SecretAddresses.module.css'

/** An address that lets whoever has it read something; the server keeps only a hash of it. */
interface SecretAddress {
  id: string
  /** What it tells of: one group, or null for all of the member's. */
  group: string | null
  createdAt: number
  lastUsedAt: number | null
}

/** What an address can be made for. */
interface Scope {
  group: string | null
  name: string
  about: string
}

interface SecretAddressesProps<Made extends SecretAddress> {
  query: { queryKey: readonly string[]; queryFn: () => Promise<SecretAddress[]> }
  scopes: readonly Scope[]
  /** What one is called, such as "feed address". */
  what: string
  /** What a new address means for those who use the old one. */
  onReplace: string
  make: (group: string | null) => Promise<Made>
  end: (id: string) => Promise<unknown>
  /** Shows an address that was just made, for the only time. */
  show: (made: Made, name: string, onClose: () => void) => ReactNode
}

/** The member's addresses of one kind, one for each scope: made, replaced and ended here. */
export function SecretAddresses<Made extends SecretAddress>({ query, scopes, show, ...row }: SecretAddressesProps<Made>) {
  const { data, error, refetch } = useQuery(query)
  const [made, setMade] = useState<Made | null>(null)
  if (error !== null) {
    return <RetryNotice onRetry={() => void refetch()}>{sentenceOf(error)}</RetryNotice>
  }
  if (data === undefined) return <SkeletonText lines={2} label="Loading the addresses" />
  return (
    <>
      <ul className={styles.list}>
        {scopes.map(scope => (
          <Row
            key={scope.group ?? ''}
            {...row}
            scope={scope}
            address={data.find(({ group }) => group === scope.group)}
            onMade={setMade}
            refresh={() => queries.invalidateQueries({ queryKey: query.queryKey })}
          />
        ))}
      </ul>
      {made !== null && show(made, scopes.find(({ group }) => group === made.group)?.name ?? '', () => setMade(null))}
    </>
  )
}

interface RowProps<Made extends SecretAddress> extends Pick<SecretAddressesProps<Made>, 'what' | 'onReplace' | 'make' | 'end'> {
  scope: Scope
  address: SecretAddress | undefined
  onMade: (made: Made) => void
  refresh: () => Promise<void>
}

function Row<Made extends SecretAddress>({ scope: { group, name, about }, address, what, onReplace, onMade, refresh, ...ask }: RowProps<Made>) {
  const [asking, setAsking] = useState(false)
  const onError = (error: unknown) => toast(sentenceOf(error), { tone: 'warn' })
  const make = useMutation({
    mutationFn: () => ask.make(group),
    onSuccess: made => {
      onMade(made)
      return refresh()
    },
    onError,
  })
  const end = useMutation({
    mutationFn: ask.end,
    onSuccess: () => {
      toast('The address no longer works')
      return refresh()
    },
    onError,
  })
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>{name}</p>
        <p className={styles.about}>{address === undefined ? about : stateOf(address)}</p>
      </div>
      {address === undefined ? (
        <Button size="small" busy={make.isPending} aria-label={`Make a${/^[aeiou]/.test(what) ? 'n' : ''} ${what}: ${name}`} onClick={() => make.mutate()}>
          Make an address
        </Button>
      ) : (
        <div className={styles.acts}>
          <Button size="small" busy={make.isPending} aria-label={`Replace the ${what}: ${name}`} onClick={() => setAsking(true)}>
            Replace…
          </Button>
          <Button size="small" variant="quiet" busy={end.isPending} aria-label={`End the ${what}: ${name}`} onClick={() => end.mutate(address.id)}>
            End
          </Button>
        </div>
      )}
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
          The address you have now stops working. {onReplace}
        </ConfirmDialog>
      )}
    </li>
  )
}

const stateOf = ({ createdAt, lastUsedAt }: SecretAddress): string =>
  `Address made on ${dateAtBrief(createdAt)}, ${lastUsedAt === null ? 'not used yet' : `last read on ${dateAtBrief(lastUsedAt)}`}`
