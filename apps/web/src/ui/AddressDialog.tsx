import { type ReactNode, useRef, useState } from 'react'
import styles from './AddressDialog.module.css'
import { Button } from './Button.tsx'
import { copyText } from './copy.ts'
import { Dialog } from './Dialog.tsx'
import { CheckIcon, CopyIcon } from './icons.tsx'

interface AddressDialogProps {
  title: string
  lead: string
  url: string
  /** What it is, for those who do not see it, such as "Invitation link". */
  label: string
  /** What the button says, such as "Copy link". */
  copyLabel: string
  hint: (copied: boolean) => ReactNode
  onClose: () => void
}

/** An address that was just made. It is shown once, since the server keeps only its hash: a click beside the dialog does not close it. */
export function AddressDialog({ title, lead, url, label, copyLabel, hint, onClose }: AddressDialogProps) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    setCopied(await copyText(url))
    // For the eye; and where the browser did not allow it, for the hand.
    field.current?.select()
  }
  return (
    <Dialog title={title} lead={lead} onClose={onClose} dismissable={false} footer={<Button onClick={onClose}>Done</Button>}>
      <div className={styles.address}>
        <input ref={field} aria-label={label} readOnly value={url} onFocus={event => event.target.select()} />
        <Button variant="primary" icon={copied ? CheckIcon : CopyIcon} onClick={() => void copy()}>
          {copied ? 'Copied' : copyLabel}
        </Button>
      </div>
      <p className={styles.hint} role="status">
        {hint(copied)}
      </p>
    </Dialog>
  )
}
