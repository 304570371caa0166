import { type ChangeEvent, type FormEvent, useRef, useState } from 'react'
import type { z } from 'zod'

type Texts = Record<string, string>
type Errors<T> = Partial<Record<keyof T & string, string>>

/** A check of a form by the schema of the request it makes: the first sentence for each field. */
export const bySchema =
  (schema: z.ZodType) =>
  (values: Texts): Texts => {
    const errors: Texts = {}
    for (const issue of schema.safeParse(values).error?.issues ?? []) {
      const field = String(issue.path[0] ?? '')
      errors[field] ??= issue.message
    }
    return errors
  }

/** The sentence and the fields of a failed request. */
interface Failure {
  message: string
  fields: Readonly<Texts>
}
const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { message: 'Something went wrong. Please try again.', fields: {} }
  return { message: error.message, fields: 'fields' in error && typeof error.fields === 'object' ? { ...error.fields } : {} }
}

/**
 * A form of text fields. A field is checked when one leaves it with something in it, and again with every letter once
 * it has shown an error; an empty one only when the form is sent. What the server says goes to the field it names.
 */
export function useForm<T extends Texts>({ initial, check, submit }: { initial: T; check: (values: T) => Texts; submit: (values: T) => Promise<unknown> }) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Errors<T>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const element = useRef<HTMLFormElement>(null)

  const focusFirst = (wrong: Texts) => {
    const first = Object.keys(initial).find(name => wrong[name] !== undefined)
    const control = first === undefined ? null : element.current?.elements.namedItem(first)
    if (control instanceof HTMLElement) control.focus()
  }

  const field = <K extends keyof T & string>(name: K) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) => {
      const next = { ...values, [name]: event.target.value }
      setValues(next)
      setFailure(null)
      if (errors[name] !== undefined) setErrors({ ...errors, [name]: check(next)[name] })
    },
    onBlur: () => {
      if (values[name] !== '' && errors[name] === undefined) setErrors({ ...errors, [name]: check(values)[name] })
    },
  })

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const wrong = check(values)
    setErrors({ ...wrong } as Errors<T>)
    if (Object.keys(wrong).length > 0) return focusFirst(wrong)
    setBusy(true)
    setFailure(null)
    try {
      await submit(values)
    } catch (error) {
      const { message, fields } = failureOf(error)
      const known = Object.fromEntries(Object.entries(fields).filter(([name]) => name in initial))
      setErrors({ ...known } as Errors<T>)
      if (Object.keys(known).length === 0) setFailure(message)
      focusFirst(known)
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    set: (change: Partial<T>) => setValues({ ...values, ...change }),
    reset: () => setValues(initial),
    field,
    busy,
    /** The sentence of an error that belongs to no field. */
    failure,
    form: { ref: element, onSubmit, noValidate: true },
  }
}
