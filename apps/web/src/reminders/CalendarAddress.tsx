import { useRef, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { CheckIcon, CopyIcon } from '../ui/icons.tsx'
import styles from './CalendarAddress.module.css'

/** An address that was just made. It is shown once: the server keeps only its hash. */
export function CalendarAddress({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    // Without https there is no clipboard; the selected address can be copied by hand.
    await navigator.clipboard?.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Dialog
      title="Your calendar’s address"
      lead={`${name}. Copy it now: for safety it is not stored and cannot be shown again. You can replace it at any time.`}
      onClose={onClose}
      dismissable={false}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <div className={styles.address}>
        <input ref={field} aria-label="Calendar address" readOnly value={url} onFocus={event => event.target.select()} />
        <Button variant="primary" icon={copied ? CheckIcon : CopyIcon} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy address'}
        </Button>
      </div>
      <p className={styles.hint} role="status">
        {copied ? 'Copied. ' : ''}In your calendar program, choose “Subscribe” or “Add by URL” and paste it, or{' '}
        <a href={url.replace(/^https?:/, 'webcal:')}>open it in the calendar of this device</a>.
      </p>
    </Dialog>
  )
}
