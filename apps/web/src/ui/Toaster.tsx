import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { Button, IconButton } from './Button.tsx'
import { CloseIcon } from './icons.tsx'
import { useTopModal } from './modals.ts'
import styles from './Toaster.module.css'
import { currentToasts, dismissToast, subscribeToasts, type Toast } from './toast.ts'

/**
 * Shows the toasts; stands once in the shell. The list is always there, so that what enters it is read aloud. Over a dialog it
 * stands in that dialog, where it can be pressed and heard, and at the upper edge, away from what one is about to press.
 */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts)
  const [held, setHeld] = useState(false)
  const layer = useRef<HTMLElement>(null)
  const filled = toasts.length > 0
  const modal = useTopModal()

  // In the top layer, or an open dialog would hide it; over another dialog it is another element.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const shown = layer.current
    // In a dialog that has just been closed it is gone, and comes again elsewhere.
    if (!filled || shown?.isConnected !== true) return
    shown.showPopover()
    return () => shown.hidePopover()
  }, [filled, modal])

  const list = (
    <section
      ref={layer}
      popover="manual"
      className={styles.toaster}
      data-over={(modal !== null && modal.dataset.page === undefined) || undefined}
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
  return modal === null ? list : createPortal(list, modal)
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
    // Before the act, which may say something in its place.
    dismissToast(key)
    toast.action?.run()
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
