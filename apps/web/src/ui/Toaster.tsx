import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button, IconButton } from './Button.tsx'
import { CloseIcon } from './icons.tsx'
import styles from './Toaster.module.css'
import { currentToasts, dismissToast, subscribeToasts, type Toast } from './toast.ts'

/** Shows the toasts; stands once in the shell. The list is always there, so that what enters it is read aloud. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts)
  const [held, setHeld] = useState(false)
  const layer = useRef<HTMLElement>(null)
  const filled = toasts.length > 0

  // In the top layer, or an open dialog would hide it.
  useEffect(() => {
    if (filled) layer.current?.showPopover()
    else layer.current?.hidePopover()
  }, [filled])

  return (
    <section
      ref={layer}
      popover="manual"
      className={styles.toaster}
      aria-label="Messages"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <ol aria-live="polite" aria-relevant="additions">
        {toasts.map(toast => (
          <Item key={toast.key} toast={toast} held={held} />
        ))}
      </ol>
    </section>
  )
}

function Item({ toast, held }: { toast: Toast; held: boolean }) {
  const { key, stays } = toast
  // It stays as long as the pointer or the focus is on it.
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismissToast(key), stays)
    return () => clearTimeout(timer)
  }, [held, key, stays])

  const act = () => {
    toast.action?.run()
    dismissToast(key)
  }
  return (
    <li className={styles.toast} data-tone={toast.tone}>
      <span className={styles.message}>{toast.message}</span>
      {toast.action && (
        <Button variant="quiet" size="small" onClick={act} className={styles.action}>
          {toast.action.label}
        </Button>
      )}
      <IconButton icon={CloseIcon} label="Dismiss" size="small" iconSize={14} onClick={() => dismissToast(key)} />
    </li>
  )
}
