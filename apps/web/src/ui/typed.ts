import { type FocusEvent, useRef } from 'react'

/** What people write in: not a field that searches, since what was found is all there is to lose. */
const written = 'textarea, input:not([type]), input:is([type=text], [type=url], [type=email], [type=password])'

type Written = HTMLInputElement | HTMLTextAreaElement
const isWritten = (element: EventTarget): element is Written => element instanceof HTMLElement && element.matches(`:is(${written}):not([readonly])`)

/** Notes what each field said when it was entered, and tells whether one that is still there says something else. */
export const useTyped = () => {
  const before = useRef(new Map<Written, string>())
  const onFocusCapture = ({ target }: FocusEvent) => {
    if (isWritten(target) && !before.current.has(target)) before.current.set(target, target.value)
  }
  const isTyped = () => [...before.current].some(([field, text]) => field.isConnected && field.value !== text)
  return { onFocusCapture, isTyped }
}
