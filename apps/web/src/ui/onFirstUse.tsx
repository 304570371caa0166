import { type ComponentType, cloneElement, type ReactElement, Suspense, useState } from 'react'
import { toast } from './toast.ts'

/** What a trigger must pass on: `Button` and `IconButton` do. */
export type Trigger = ReactElement<{
  onClick?: () => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
}>

/**
 * A floating panel that costs nothing before it is used: until the first press there is only its trigger, and the
 * panel's code comes when the pointer or the focus reaches that.
 */
export function OnFirstUse<Props extends object>({
  trigger,
  haspopup,
  load,
  panel: Panel,
  props,
}: {
  trigger: Trigger
  haspopup: 'menu' | 'dialog'
  load: () => Promise<unknown>
  panel: ComponentType<Props & { trigger: Trigger }>
  props: Props
}) {
  const [used, setUsed] = useState(false)
  const prepare = () => void load().catch(() => undefined)
  const use = () =>
    void load().then(
      () => setUsed(true),
      () => toast('This needs a connection the first time.', { tone: 'warn' }),
    )
  const waiting = cloneElement(trigger, {
    onClick: use,
    onPointerEnter: prepare,
    onFocus: prepare,
    'aria-haspopup': haspopup,
    'aria-expanded': false,
  })
  if (!used) return waiting
  return (
    <Suspense fallback={waiting}>
      <Panel {...props} trigger={trigger} />
    </Suspense>
  )
}
