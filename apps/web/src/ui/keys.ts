import { useEffect, useRef } from 'react'

/** Headings of the list of keys, in its order. */
export const keyHeadings = [
  'Through the papers',
  'Through what was found',
  'On a paper',
  'Through the days',
  'In a meeting',
  'Through what was',
  'Everywhere',
] as const

/** A key, what it does in words, and the act: what is listened to and what the list of keys shows are one thing. */
export interface KeyBinding {
  /** `j`, `?`, `enter`, `mod+enter`, or two in a row: `g b`. */
  keys: string
  does: string
  under: (typeof keyHeadings)[number]
  /** The key is the browser's while this is false. */
  when?: () => boolean
  /** Absent where an element listens itself, as a text field does to the key that sends it. */
  act?: () => void
}

const names: Record<string, string> = { Enter: 'enter', Escape: 'esc', ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', ' ': 'space' }
/** Longest pause (ms) between the two keys of a pair. */
const pairPause = 900

/** Whether keys that are pressed there are letters of a text. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
/** Over an open dialog the keys of the page rest: Escape is the dialog's own. A dialog that is a page itself (`data-page`) has all but that. */
const belongsToDialog = (key: string, target: EventTarget | null) => {
  const top = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1)
  if (top === undefined) return false
  return key === 'esc' || top.dataset.page === undefined || !(target instanceof Element && top.contains(target))
}
/** A menu or a focused button has its own use for these. */
const belongsToTarget = (key: string, target: EventTarget | null) =>
  target instanceof Element &&
  (target.closest('[role=menu]') !== null || ((key === 'enter' || key === 'space') && target.closest('a, button, summary, [role=button]') !== null))

const nameOf = (event: KeyboardEvent) =>
  `${event.metaKey || event.ctrlKey ? `mod+${event.shiftKey ? 'shift+' : ''}` : ''}${event.altKey ? 'alt+' : ''}${names[event.key] ?? event.key.toLowerCase()}`

/** What is listened to now, the latest last: a page's keys go before those of the shell around it. */
const listening: { current: readonly KeyBinding[] }[] = []
let first = ''
let at = 0

const actOf = (...names: string[]) => {
  const bindings = listening.flatMap(({ current }) => current).reverse()
  for (const name of names) {
    const act = bindings.find(({ keys, when }) => keys === name && when?.() !== false)?.act
    if (act !== undefined) return act
  }
}

const listen = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing) return
  const key = nameOf(event)
  if (isTyping(event.target) && !key.startsWith('mod+')) return
  if (belongsToDialog(key, event.target) || belongsToTarget(key, event.target)) return
  const act = event.timeStamp - at < pairPause ? actOf(`${first} ${key}`, key) : actOf(key)
  first = act === undefined ? key : ''
  at = event.timeStamp
  if (act === undefined) return
  event.preventDefault()
  act()
}

/**
 * Keyboard shortcuts of a page, while it is mounted. They rest while one types, in menus, and behind an open dialog.
 * `on: false` switches them off.
 */
export const useKeys = (bindings: readonly KeyBinding[], on = true) => {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    if (!on) return
    if (listening.push(latest) === 1) document.addEventListener('keydown', listen)
    return () => {
      listening.splice(listening.indexOf(latest), 1)
      if (listening.length === 0) document.removeEventListener('keydown', listen)
    }
  }, [on])
}

/** Does what a key would do: for the menu that names it. */
export const pressKey = (keys: string) => actOf(keys)?.()

/** What the keys do on this page now, by heading. */
export const keysInUse = (): { heading: string; bindings: KeyBinding[] }[] => {
  const bindings = listening.flatMap(({ current }) => current)
  return keyHeadings.map(heading => ({ heading, bindings: bindings.filter(({ under }) => under === heading) })).filter(of => of.bindings.length > 0)
}

/** Whether an event is the key of a binding that an element listens to itself. */
export const isKey = (event: KeyboardEvent, { keys }: KeyBinding): boolean => nameOf(event) === keys

/** Whether there are keys to press: a screen for fingers alone is not told of them. */
export const hasKeys = (): boolean => matchMedia('(any-hover: hover)').matches
