import { Popover } from 'radix-ui'
import { use, useState } from 'react'
import floating from './floating.module.css'
import type { Trigger } from './onFirstUse.tsx'
import styles from './Popover.module.css'
import type { PopoverContent } from './Popover.tsx'
import { Portal } from './portal.ts'

/** The open panel; comes on first use. */
export default function PopoverPanel({ trigger, label, align = 'start', children }: PopoverContent & { trigger: Trigger }) {
  const [open, setOpen] = useState(true)
  const portal = use(Portal)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal container={portal}>
        <Popover.Content className={`${floating.panel} ${styles.popover}`} aria-label={label} align={align} sideOffset={6} collisionPadding={8}>
          {open && children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
