import type { ButtonHTMLAttributes, ComponentType, MouseEvent, ReactNode, Ref } from 'react'
import { Link } from 'wouter'
import styles from './Button.module.css'
import type { IconProps } from './icons.tsx'
import { Kbd } from './Kbd.tsx'
import { tip } from './Tooltip.tsx'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'disabled'>

interface Look {
  /** One primary a screen; `plain` has a border, `quiet` none. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'medium' | 'small'
  icon?: ComponentType<IconProps>
  wide?: boolean
}

interface Behaviour {
  /** Work is under way: shown, announced, and further presses do nothing. */
  busy?: boolean
  /** Why this is not possible now, as a sentence. The button stays reachable, so that the reason can be read. */
  denied?: string | null | undefined
  ref?: Ref<HTMLButtonElement>
}

const look = ({ variant = 'plain', size = 'medium', wide = false }: Look, more?: string) =>
  [styles.button, styles[variant], styles[size], wide && styles.wide, more].filter(Boolean).join(' ')

/** Props that stop a button without taking it out of the tab order. */
const stopping = ({ busy, denied, onClick }: Behaviour & Pick<Native, 'onClick'>) => {
  const stopped = busy === true || typeof denied === 'string'
  return {
    'aria-disabled': stopped || undefined,
    'aria-busy': busy || undefined,
    onClick: stopped ? (event: MouseEvent) => event.preventDefault() : onClick,
    ...(typeof denied === 'string' ? { 'aria-description': denied, ...tip(denied) } : {}),
  }
}

/** A button with a label. `kbd` shows the key that does the same. */
export function Button({
  variant,
  size,
  icon: Icon,
  wide,
  kbd,
  busy,
  denied,
  onClick,
  className,
  children,
  ...native
}: Native & Look & Behaviour & { kbd?: string; children: ReactNode }) {
  return (
    <button type="button" {...native} {...stopping({ busy, denied, onClick })} className={look({ variant, size, wide }, className)}>
      {Icon && <Icon size={16} />}
      <span className={styles.label}>{children}</span>
      {kbd && <Kbd keys={kbd} />}
    </button>
  )
}

/** A link that looks like a button: it goes somewhere. */
export function ButtonLink({ href, variant, size, icon: Icon, wide, children }: Look & { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={look({ variant, size, wide })}>
      {Icon && <Icon size={16} />}
      <span className={styles.label}>{children}</span>
    </Link>
  )
}

/** A square button of one icon; `label` is its name and its tooltip, with the key that does the same. */
export function IconButton({
  icon: Icon,
  label,
  kbd,
  size = 'medium',
  iconSize = 18,
  busy,
  denied,
  onClick,
  className,
  ...native
}: Native & Behaviour & { icon: ComponentType<IconProps>; label: string; kbd?: string; size?: 'medium' | 'small'; iconSize?: number }) {
  return (
    <button
      type="button"
      aria-label={label}
      {...tip(label, kbd)}
      {...native}
      {...stopping({ busy, denied, onClick })}
      className={[styles.icon, styles[size], className].filter(Boolean).join(' ')}
    >
      <Icon size={iconSize} />
    </button>
  )
}
