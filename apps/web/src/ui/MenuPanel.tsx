import { DropdownMenu } from 'radix-ui'
import { use, useRef, useState } from 'react'
import floating from './floating.module.css'
import { CheckIcon } from './icons.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './Menu.module.css'
import type { MenuContent, MenuItem, MenuSection } from './Menu.tsx'
import type { Trigger } from './onFirstUse.tsx'
import { Portal } from './portal.ts'

/** The open menu; comes on first use. */
export default function MenuPanel({ trigger, sections, align = 'start' }: MenuContent & { trigger: Trigger }) {
  const [open, setOpen] = useState(true)
  const portal = use(Portal)
  const chosen = useRef<(() => void) | null>(null)

  // What is chosen is done when the focus is back on the trigger: a dialog that it opens will give the focus back there.
  const act = () => {
    queueMicrotask(chosen.current ?? (() => undefined))
    chosen.current = null
  }
  const choose = (item: MenuItem) => {
    chosen.current = item.onSelect
  }

  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={portal}>
        <DropdownMenu.Content className={`${floating.panel} ${styles.menu}`} align={align} sideOffset={6} collisionPadding={8} loop onCloseAutoFocus={act}>
          {open && sections().map((section, place) => <Section key={section.heading ?? place} first={place === 0} onChoose={choose} {...section} />)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface Choosing {
  onChoose: (item: MenuItem) => void
}

const Section = ({ heading, items, first, onChoose }: MenuSection & Choosing & { first: boolean }) => (
  <>
    {!first && <DropdownMenu.Separator className={styles.line} />}
    <DropdownMenu.Group>
      {heading && <DropdownMenu.Label className={styles.heading}>{heading}</DropdownMenu.Label>}
      {items.map(item => (
        <Item key={item.key ?? item.label} item={item} onChoose={onChoose} />
      ))}
    </DropdownMenu.Group>
  </>
)

function Item({ item, onChoose }: Choosing & { item: MenuItem }) {
  const { label, detail, icon: Icon, kbd, checked, danger, denied } = item
  const look = { className: styles.item, 'data-danger': danger || undefined, disabled: typeof denied === 'string', onSelect: () => onChoose(item) }
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
