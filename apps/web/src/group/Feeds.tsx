import type { Group } from '@paperboard/shared/api'
import { useState } from 'react'
import { SecretAddresses } from '../account/SecretAddresses.tsx'
import { answer, api } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { CopyIcon } from '../ui/icons.tsx'
import { Section } from '../ui/Page.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { toast } from '../ui/toast.ts'
import styles from './Feeds.module.css'

const feedsQuery = { queryKey: ['feeds'], queryFn: async () => (await answer(api.feeds.$get())).feeds }

/** Addresses by which feed readers follow the group, or all groups of the member. */
export function Feeds({ group }: { group: Pick<Group, 'id' | 'name'> }) {
  return (
    <Section title="Feeds" hint="Follow with any feed reader. Whoever has an address can read what it tells, so keep it to yourself.">
      <SecretAddresses
        query={feedsQuery}
        scopes={[
          { group: group.id, name: group.name, about: 'New papers, what is top, and mentions of you' },
          { group: null, name: 'All of your groups', about: 'The same over every group you are in' },
        ]}
        what="feed address"
        onReplace="Feed readers that use it need the new one."
        make={of => answer(api.feeds.$post({ json: { group: of } }))}
        end={id => answer(api.feeds[':id'].$delete({ param: { id } }))}
        show={({ url }, name, onClose) => <Addresses url={url} name={name} onClose={onClose} />}
      />
    </Section>
  )
}

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
    if (await copyText(address)) toast(`Address copied: ${what}`)
    else toast('The browser did not allow copying. Select the address and copy it by hand.', { tone: 'warn' })
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
