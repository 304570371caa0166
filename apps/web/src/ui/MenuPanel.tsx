import { DropdownMenu } from 'radix-ui'
import { use, useState } from 'react'
import floating from './floating.module.css'
import { CheckIcon } from './icons.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './Menu.module.css'
import type { MenuContent, MenuItem } from './Menu.tsx'
import type { Trigger } from './onFirstUse.tsx'
import { Portal } from './portal.ts'

/** The open menu; comes on first use. */
export default function MenuPanel({ trigger, sections, align = 'start' }: MenuContent & { trigger: Trigger }) {
  const [open, setOpen] = useState(true)
  const portal = use(Portal)
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={portal}>
        <DropdownMenu.Content className={`${floating.panel} ${styles.menu}`} align={align} sideOffset={6} collisionPadding={8} loop>
          {open && sections().map((section, place) => <Section key={section.heading ?? place} first={place === 0} {...section} />)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const Section = ({ heading, items, first }: { heading?: string; items: MenuItem[]; first: boolean }) => (
  <>
    {!first && <DropdownMenu.Separator className={styles.line} />}
    <DropdownMenu.Group>
      {heading && <DropdownMenu.Label className={styles.heading}>{heading}</DropdownMenu.Label>}
      {items.map(item => (
        <Item key={item.key ?? item.label} {...item} />
      ))}
    </DropdownMenu.Group>
  </>
)

function Item({ label, detail, icon: Icon, kbd, checked, danger, denied, onSelect }: MenuItem) {
  const look = { className: styles.item, 'data-danger': danger || undefined, disabled: typeof denied === 'string', onSelect }
  const content = (
    <>
      {Icon && <Icon size={16} />}
      <span className={styles.words}>
        {label}
        {(denied ?? detail) && <span className={styles.detail}>{denied ?? detail}</span>}
      </span>
      {kbd && <Kbd keys={kbd} />}
    </>
  )
  if (checked === undefined) return <DropdownMenu.Item {...look}>{content}</DropdownMenu.Item>
  return (
    <DropdownMenu.CheckboxItem {...look} checked={checked}>
      {content}
      <DropdownMenu.ItemIndicator>
        <CheckIcon size={16} className={styles.check} />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  )
}
