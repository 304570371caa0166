import { type ReactNode, useMemo, useState } from 'react'
import { signOut } from '../../account/signOut.ts'
import { usePerson } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Portal } from '../../ui/portal.ts'
import { ShellSlots } from '../../ui/ShellSlot.tsx'
import { Sign } from '../../ui/Wordmark.tsx'
import styles from './GuestShell.module.css'

/** The frame around the one page of a guest: who one is, whether what one does is saved, and the way out. */
export function GuestShell({ children }: { children: ReactNode }) {
  const { name } = usePerson()
  const [connection, setConnection] = useState<HTMLElement | null>(null)
  const [banner, setBanner] = useState<HTMLElement | null>(null)
  const [floor, setFloor] = useState<HTMLElement | null>(null)
  const slots = useMemo(() => ({ presence: null, connection, banner }), [connection, banner])
  return (
    <ShellSlots value={slots}>
      <Portal value={floor}>
        <header className={styles.bar}>
          <Sign />
          <span className={styles.name}>{name}, guest</span>
          <div ref={setConnection} className={styles.slot} />
          <Button size="small" variant="quiet" onClick={() => void signOut()}>
            Leave
          </Button>
        </header>
        <div ref={setBanner} />
        <main id="main">
          {children}
          <div ref={setFloor} />
        </main>
      </Portal>
    </ShellSlots>
  )
}
