import type { CreatedFeed, FeedAddress, Group } from '@paperboard/shared/api'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, queries, sentenceOf } from '../api.ts'
import { dateAtBrief } from '../board/dates.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog, Dialog } from '../ui/Dialog.tsx'
import { CopyIcon } from '../ui/icons.tsx'
import { Section } from '../ui/Page.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Notice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import styles from './Feeds.module.css'

const feedsQuery = queryOptions({ queryKey: ['feeds'], queryFn: async () => (await answer(api.feeds.$get())).feeds })

/** Addresses by which feed readers follow the group, or all groups of the member. */
export function Feeds({ group }: { group: Pick<Group, 'id' | 'name'> }) {
  const { data, error, refetch } = useQuery(feedsQuery)
  const [made, setMade] = useState<CreatedFeed | null>(null)
  const scopes = [
    { group: group.id, name: group.name, about: 'New papers, what is top, and mentions of you' },
    { group: null, name: 'All of your groups', about: 'The same over every group you are in' },
  ]
  return (
    <Section title="Feeds" hint="Follow with any feed reader. Whoever has an address can read what it tells, so keep it to yourself.">
      {data === undefined && error === null && <SkeletonText lines={2} label="Loading the addresses" />}
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
            <Row key={scope.group ?? ''} {...scope} feed={data.find(({ group }) => group === scope.group)} onMade={setMade} />
          ))}
        </ul>
      )}
      {made !== null && <Addresses url={made.url} name={scopes.find(({ group }) => group === made.group)?.name ?? ''} onClose={() => setMade(null)} />}
    </Section>
  )
}

interface RowProps {
  group: string | null
  name: string
  about: string
  feed: FeedAddress | undefined
  onMade: (feed: CreatedFeed) => void
}

function Row({ group, name, about, feed, onMade }: RowProps) {
  const [asking, setAsking] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: feedsQuery.queryKey })
  const onError = (error: unknown) => toast(sentenceOf(error), { tone: 'warn' })
  const make = useMutation({
    mutationFn: () => answer(api.feeds.$post({ json: { group } })),
    onSuccess: created => {
      onMade(created)
      return refresh()
    },
    onError,
  })
  const end = useMutation({
    mutationFn: (id: string) => answer(api.feeds[':id'].$delete({ param: { id } })),
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
        <p className={styles.about}>{feed === undefined ? about : stateOf(feed)}</p>
      </div>
      {feed === undefined ? (
        <Button size="small" busy={make.isPending} aria-label={`Make a feed address: ${name}`} onClick={() => make.mutate()}>
          Make an address
        </Button>
      ) : (
        <div className={styles.acts}>
          <Button size="small" busy={make.isPending} aria-label={`Replace the feed address: ${name}`} onClick={() => setAsking(true)}>
            Replace…
          </Button>
          <Button size="small" variant="quiet" busy={end.isPending} aria-label={`End the feed address: ${name}`} onClick={() => end.mutate(feed.id)}>
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
          The address you have now stops working. Feed readers that use it need the new one.
        </ConfirmDialog>
      )}
    </li>
  )
}

const stateOf = ({ createdAt, lastUsedAt }: FeedAddress): string =>
  `Address made on ${dateAtBrief(createdAt)}, ${lastUsedAt === null ? 'not used yet' : `last read on ${dateAtBrief(lastUsedAt)}`}`

const formats = [
  { value: 'atom', label: 'Atom' },
  { value: 'rss', label: 'RSS' },
] as const
const kinds = [
  { kind: 'new', name: 'New papers' },
  { kind: 'top', name: 'Top recent' },
  { kind: 'mentions', name: 'Mentions of you' },
] as const

/** Addresses that were just made. They are shown once: the server keeps only a hash. */
function Addresses({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  const [format, setFormat] = useState<'atom' | 'rss'>('atom')
  const copy = async (address: string, what: string) => {
    try {
      await navigator.clipboard.writeText(address)
      toast(`Address copied: ${what}`)
    } catch {
      toast('The browser did not allow copying. Select the address and copy it by hand.', { tone: 'warn' })
    }
  }
  return (
    <Dialog
      title="Your feed addresses"
      lead={`${name}. Copy what you need now: for safety the addresses are not stored and cannot be shown again. You can replace them at any time.`}
      onClose={onClose}
      dismissable={false}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <Segmented label="Format" options={formats} value={format} onChange={setFormat} />
      <ul className={styles.addresses}>
        {kinds.map(({ kind, name: what }) => {
          const address = `${url}/${kind}.${format}`
          return (
            <li key={kind}>
              <label>
                <span className={styles.name}>{what}</span>
                <input readOnly value={address} onFocus={event => event.target.select()} />
              </label>
              <Button icon={CopyIcon} aria-label={`Copy the address: ${what}`} onClick={() => void copy(address, what)}>
                Copy
              </Button>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
