import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { IconButton } from './Button.tsx'
import styles from './Field.module.css'
import { ChevronDownIcon, EyeIcon, EyeOffIcon } from './icons.tsx'

interface Field {
  label: string
  /** Stands below the field while there is no error. */
  hint?: ReactNode
  /** What to mend, as a sentence. */
  error?: string | null | undefined
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean
}

/** The label, hint and error of a control, tied to it by ids. */
function Labelled({
  label,
  hint,
  error,
  labelHidden,
  children,
}: Field & { children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode }) {
  const id = useId()
  const note = error || hint
  return (
    <div className={styles.field} data-invalid={error ? true : undefined}>
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {/* Always there, so that an error that appears is announced. */}
      <p id={`${id}-note`} className={error ? styles.error : styles.hint} aria-live="polite">
        {note}
      </p>
    </div>
  )
}

export function TextField({ label, hint, error, labelHidden, className, ...native }: Field & ComponentProps<'input'>) {
  return (
    <Labelled {...{ label, hint, error, labelHidden }}>
      {ids => <input type="text" {...native} {...ids} className={[styles.control, className].filter(Boolean).join(' ')} />}
    </Labelled>
  )
}

/** A password that can be shown; `autoComplete` tells password managers which one it is. */
export function PasswordField({
  label,
  hint,
  error,
  labelHidden,
  ...native
}: Field & Omit<ComponentProps<'input'>, 'type'> & { autoComplete: 'current-password' | 'new-password' }) {
  const [shown, setShown] = useState(false)
  return (
    <Labelled {...{ label, hint, error, labelHidden }}>
      {ids => (
        <div className={styles.withButton}>
          <input {...native} {...ids} type={shown ? 'text' : 'password'} className={styles.control} spellCheck={false} autoCapitalize="none" />
          <IconButton icon={shown ? EyeOffIcon : EyeIcon} label={shown ? 'Hide password' : 'Show password'} size="small" onClick={() => setShown(!shown)} />
        </div>
      )}
    </Labelled>
  )
}

export function TextArea({ label, hint, error, labelHidden, className, ...native }: Field & ComponentProps<'textarea'>) {
  return (
    <Labelled {...{ label, hint, error, labelHidden }}>
      {ids => <textarea rows={4} {...native} {...ids} className={[styles.control, styles.area, className].filter(Boolean).join(' ')} />}
    </Labelled>
  )
}

/** A choice from a list, by the platform's own control: best on phones, with a keyboard, and read aloud. */
export function Select({ label, hint, error, labelHidden, className, children, ...native }: Field & ComponentProps<'select'>) {
  return (
    <Labelled {...{ label, hint, error, labelHidden }}>
      {ids => (
        <div className={styles.withArrow}>
          <select {...native} {...ids} className={[styles.control, styles.select, className].filter(Boolean).join(' ')}>
            {children}
          </select>
          <ChevronDownIcon size={16} />
        </div>
      )}
    </Labelled>
  )
}
