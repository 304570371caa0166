import { Suspense } from 'react'
import { QrCode } from './Door.tsx'
import styles from './DoorOnScreen.module.css'
import { useDoor, useGuestAddress } from './guests.ts'

/** On a projector: how to come in. Large in the lobby, in a corner while something is discussed. */
export function DoorOnScreen({ large }: { large: boolean }) {
  const address = useGuestAddress(useDoor())
  if (address === null) return null
  return (
    <section className={styles.door} data-large={large || undefined} aria-label="Come in as a guest">
      <div className={styles.code}>
        <Suspense>
          <QrCode text={address.url} />
        </Suspense>
      </div>
      <div className={styles.words}>
        <p>{large ? 'Scan to come in. Your name is enough.' : 'Come in'}</p>
        {large && <p className={styles.address}>{address.url}</p>}
      </div>
    </section>
  )
}
