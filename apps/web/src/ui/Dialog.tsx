import { type ReactNode, useId, useRef } from 'react'
import { Button, IconButton } from './Button.tsx'
import styles from './Dialog.module.css'
import { CloseIcon } from './icons.tsx'
import { useModal } from './modals.ts'
import { Portal } from './portal.ts'

interface DialogProps {
  title: string
  /** One or two sentences below the title. */
  lead?: ReactNode
  size?: 'small' | 'medium' | 'large'
  onClose: () => void
  /** False where a press beside the dialog would lose what was typed. */
  dismissable?: boolean
  role?: 'dialog' | 'alertdialog'
  /** Stands at the bottom; the page scrolls above it. */
  footer?: ReactNode
  children?: ReactNode
}

/**
 * A modal dialog, open as long as it is mounted. The platform's own element: it keeps the focus inside, makes the page
 * behind it inert, and gives the focus back. The close button comes last, so that the first field has the focus.
 */
export function Dialog({ title, lead, size = 'medium', onClose, dismissable = true, role = 'dialog', footer, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const portal = useModal(element)
  const id = useId()
  const pressedOutside = useRef(false)

  return (
    <dialog
      ref={element}
      role={role}
      className={`${styles.dialog} ${styles[size]}`}
      aria-labelledby={`${id}-title`}
      aria-describedby={lead ? `${id}-lead` : undefined}
      onCancel={event => {
        // A file input inside tells its own cancel; that is none of ours.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClose={event => {
        if (event.target === event.currentTarget && !event.currentTarget.open) onClose()
      }}
      onPointerDown={event => {
        pressedOutside.current = event.target === event.currentTarget
      }}
      onPointerUp={event => {
        if (dismissable && pressedOutside.current && event.target === event.currentTarget) onClose()
      }}
    >
      <Portal value={portal}>
        <div className={styles.panel}>
          <header className={styles.header}>
            <h2 id={`${id}-title`}>{title}</h2>
            {lead && (
              <div id={`${id}-lead`} className={styles.lead}>
                {lead}
              </div>
            )}
          </header>
          {children && <div className={styles.content}>{children}</div>}
          {footer && <footer className={styles.footer}>{footer}</footer>}
          <IconButton icon={CloseIcon} label="Close" kbd="esc" onClick={onClose} className={styles.close} />
        </div>
      </Portal>
    </dialog>
  )
}

interface ConfirmProps {
  title: string
  /** What will happen, and whether it can be undone. */
  children: ReactNode
  /** The verb on the button: "Remove Grace". */
  confirm: string
  danger?: boolean
  busy?: boolean
  error?: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be undone. Cancel has the focus. */
export function ConfirmDialog({ title, children, confirm, danger = true, busy, error, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      lead={children}
      size="small"
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </Dialog>
  )
}
