import { mayLetIn } from '@paperboard/shared/rules'
import { lazy, Suspense, useState } from 'react'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copy.ts'
import { Select } from '../../ui/Field.tsx'
import { CheckIcon, CopyIcon } from '../../ui/icons.tsx'
import { toast } from '../../ui/toast.ts'
import { useEnded, useFloor, useLeads } from '../floor/floor.ts'
import { Nothing, Panel } from '../floor/Panel.tsx'
import styles from './Door.module.css'
import { chooseLan, type GuestAddress, useDoor, useDoorAct, useGuestAddress } from './guests.ts'

export const QrCode = lazy(() => import('./QrCode.tsx'))

/** The door of a meeting: the link by which guests come in, who has, and, for who leads, its handle. */
export function Door() {
  const { group, me } = useFloor()
  const leads = useLeads()
  const ended = useEnded()
  const door = useDoor()
  const act = useDoorAct()
  const address = useGuestAddress(door)
  if (ended || me.role === 'guest' || group.settings.guests === 'none' || door === undefined) return null
  const mayAct = mayLetIn(leads, group.settings) === null
  if (address === null && !mayAct) return null
  return (
    <Panel
      title="Guests"
      count={door.guests.length}
      actions={
        mayAct &&
        address !== null && (
          <>
            <Button size="small" variant="quiet" busy={act.isPending} onClick={() => act.mutate('open')}>
              New link
            </Button>
            <Button size="small" variant="quiet" busy={act.isPending} onClick={() => act.mutate('shut')}>
              Shut the door
            </Button>
          </>
        )
      }
    >
      {address === null ? (
        <>
          <Nothing>
            By a link, or its QR code, people without an account come into this meeting with only their name.{' '}
            {group.settings.guests === 'listen' ? 'In this group they listen.' : 'They ask, vote and raise their hands; they see nothing else of the group.'}
          </Nothing>
          <div>
            <Button size="small" busy={act.isPending} onClick={() => act.mutate('open')}>
              Let guests in
            </Button>
          </div>
        </>
      ) : (
        <Link {...address} />
      )}
      {door.guests.length > 0 && (
        <ul className={styles.guests} aria-label="Guests of this meeting">
          {door.guests.map(({ id, name }) => (
            <li key={id}>
              <Avatar id={id} name={name} size="small" />
              <span className={styles.name}>{name}</span>
              {mayAct && (
                <Button size="small" variant="quiet" aria-label={`Show out ${name}`} onClick={() => act.mutate({ showOut: id })}>
                  Show out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Link({ url, onlyHere, networks, network }: GuestAddress) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    if (await copyText(url)) setCopied(true)
    else toast('The browser did not allow copying. Select the link and copy it by hand.', { tone: 'warn' })
  }
  return (
    <div className={styles.link}>
      <div className={styles.code}>
        <Suspense>
          <QrCode text={url} />
        </Suspense>
      </div>
      <div className={styles.words}>
        <p>Scan it with a phone, or open the link:</p>
        <p className={styles.address}>{url}</p>
        {onlyHere && (
          <p className={styles.warn}>
            This address works on this machine alone. Open Paperboard by the address that others use, and show the code from there. If there is none, start the
            server with HOST=0.0.0.0.
          </p>
        )}
        {networks.length > 1 && (
          <Select label="Network of the phones" hint="This machine is in several." value={network} onChange={event => chooseLan(event.target.value)}>
            {networks.map(origin => (
              <option key={origin} value={origin}>
                {new URL(origin).hostname}
              </option>
            ))}
          </Select>
        )}
        <div>
          <Button size="small" icon={copied ? CheckIcon : CopyIcon} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy link'}
          </Button>
        </div>
      </div>
    </div>
  )
}
