import { type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button, IconButton } from './Button.tsx'
import styles from './Dialog.module.css'
import { CloseIcon } from './icons.tsx'
import { useModal } from './modals.ts'
import { Portal } from './portal.ts'
import { useTyped } from './typed.ts'

interface DialogProps {
  title: string
  /** One or two sentences below the title. */
  lead?: ReactNode
  size?: 'small' | 'medium' | 'large'
  onClose: () => void
  /** False where a press beside the dialog does nothing: what it shows cannot be shown again, or was long in choosing. */
  dismissable?: boolean
  /** True where closing would lose more than what stands in its fields, such as files that were chosen. */
  unsaved?: boolean
  role?: 'dialog' | 'alertdialog'
  /** Stands at the bottom; the page scrolls above it. */
  footer?: ReactNode
  children?: ReactNode
}

/**
 * A modal dialog, open as long as it is mounted. The platform's own element: it keeps the focus inside, makes the page
 * behind it inert, and gives the focus back. The close button comes last, so that the first field has the focus.
 * Escape, a press beside it and the close button ask before what was typed is lost; a button that says "Cancel" does not.
 */
export function Dialog({ title, lead, size = 'medium', onClose, dismissable = true, unsaved = false, role = 'dialog', footer, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const { onFocusCapture, isTyped } = useTyped()
  const [asking, setAsking] = useState(false)
  const leave = () => (unsaved || isTyped() ? setAsking(true) : onClose())
  const portal = useModal(element)
  const id = useId()
  const pressedOutside = useRef(false)

  const panel = (
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
        leave()
      }}
      onClose={event => {
        if (event.target !== event.currentTarget || event.currentTarget.open) return
        // A browser lets no page keep a dialog open against one Escape after another: it is opened again, for the question.
        if (unsaved || isTyped()) event.currentTarget.showModal()
        leave()
      }}
      onFocusCapture={onFocusCapture}
      onPointerDown={event => {
        pressedOutside.current = event.target === event.currentTarget
      }}
      onPointerUp={event => {
        if (dismissable && pressedOutside.current && event.target === event.currentTarget) leave()
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
          <IconButton icon={CloseIcon} label="Close" kbd="esc" onClick={leave} className={styles.close} />
        </div>
      </Portal>
    </dialog>
  )
  return (
    <>
      {panel}
      {asking && (
        <ConfirmDialog
          title="Discard what you entered?"
          confirm="Discard"
          cancel="Go on"
          onClose={() => setAsking(false)}
          onConfirm={() => {
            // The question closes first: the focus goes back by way of the dialog to where that came from.
            flushSync(() => setAsking(false))
            onClose()
          }}
        >
          It has not been saved.
        </ConfirmDialog>
      )}
    </>
  )
}

interface ConfirmProps {
  title: string
  /** What will happen, and whether it can be undone. */
  children: ReactNode
  /** The verb on the button: "Remove Grace". */
  confirm: string
  /** What the other button says. */
  cancel?: string
  danger?: boolean
  busy?: boolean
  error?: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be undone. Cancel has the focus. */
export function ConfirmDialog({ title, children, confirm, cancel = 'Cancel', danger = true, busy, error, onConfirm, onClose }: ConfirmProps) {
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
            {cancel}
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
