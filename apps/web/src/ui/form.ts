import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'

type Schemas = typeof import('@paperboard/shared/api')
type Texts = Record<string, string>
type Errors = Partial<Texts>

const loadSchemas = () => import('@paperboard/shared/api').catch(() => null)

/** For rules that bring no sentence of their own: the library's speak to programmers. */
const wordless: z.core.$ZodErrorMap = issue => (issue.code === 'too_small' ? 'Please fill this in' : issue.code === 'too_big' ? 'This is too long' : undefined)

/**
 * A check of a form by the schema of the request it makes: the first sentence for each field. The schemas come when the
 * form is there already: they weigh as much as all else on the first page. Should they not come, the server still checks.
 */
export const bySchema =
  (of: (schemas: Schemas) => z.ZodType) =>
  async (values: object): Promise<Texts> => {
    const errors: Texts = {}
    const schemas = await loadSchemas()
    if (schemas === null) return errors
    for (const issue of of(schemas).safeParse(values, { error: wordless }).error?.issues ?? []) {
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
export function useForm<T extends Texts>({
  initial,
  check,
  submit,
}: {
  initial: T
  check: (values: T) => Promise<Texts>
  submit: (values: T) => Promise<unknown>
}) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Errors>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const element = useRef<HTMLFormElement>(null)

  // Brings the schemas before they are needed.
  useEffect(() => {
    void loadSchemas()
  }, [])

  const focusFirst = (wrong: Errors) => {
    const first = Object.keys(initial).find(name => wrong[name] !== undefined)
    const control = first === undefined ? null : element.current?.elements.namedItem(first)
    if (control instanceof HTMLElement) control.focus()
  }

  const checkOne = async (name: keyof T & string, now: T) => {
    const wrong = await check(now)
    setErrors(shown => ({ ...shown, [name]: wrong[name] }))
  }

  const field = <K extends keyof T & string>(name: K) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) => {
      const next = { ...values, [name]: event.target.value }
      setValues(next)
      setFailure(null)
      if (errors[name] !== undefined) void checkOne(name, next)
    },
    onBlur: () => {
      if (values[name] !== '' && errors[name] === undefined) void checkOne(name, values)
    },
  })

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      const wrong = await check(values)
      setErrors(wrong)
      if (Object.keys(wrong).length > 0) focusFirst(wrong)
      else await submit(values)
    } catch (error) {
      const { message, fields } = failureOf(error)
      const known = Object.fromEntries(Object.entries(fields).filter(([name]) => name in initial))
      setErrors(known)
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
