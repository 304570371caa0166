import { useEffect, useRef } from 'react'

/** What keys do: `j`, `?`, `enter`, `mod+enter`, or two in a row: `g b`. */
export type Keys = Record<string, (event: KeyboardEvent) => void>

const names: Record<string, string> = { Enter: 'enter', Escape: 'esc', ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', ' ': 'space' }
/** Longest pause (ms) between the two keys of a pair. */
const pairPause = 900

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
const isBehindDialog = (target: EventTarget | null) =>
  document.querySelector('dialog[open]') !== null && !(target instanceof Element && target.closest('dialog[open]'))
/** A menu or a focused button has its own use for these. */
const belongsToTarget = (key: string, target: EventTarget | null) =>
  target instanceof Element &&
  (target.closest('[role=menu]') !== null || ((key === 'enter' || key === 'space') && target.closest('a, button, summary, [role=button]') !== null))

const nameOf = (event: KeyboardEvent) =>
  `${event.metaKey || event.ctrlKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${names[event.key] ?? event.key.toLowerCase()}`

/** What is listened to now, the latest last: a page's keys go before those of the shell around it. */
const listening: { current: Keys }[] = []
let first = ''
let at = 0

const actOf = (...keys: string[]) => {
  for (const name of keys) {
    const keysOf = listening.findLast(({ current }) => current[name] !== undefined)
    if (keysOf !== undefined) return keysOf.current[name]
  }
}

const listen = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing) return
  const key = nameOf(event)
  if (isTyping(event.target) && !key.startsWith('mod+')) return
  if (isBehindDialog(event.target) || belongsToTarget(key, event.target)) return
  const act = event.timeStamp - at < pairPause ? actOf(`${first} ${key}`, key) : actOf(key)
  first = act === undefined ? key : ''
  at = event.timeStamp
  if (act === undefined) return
  event.preventDefault()
  act(event)
}

/**
 * Keyboard shortcuts of a page, while it is mounted. They rest while one types, in menus, and behind an open dialog.
 * `on: false` switches them off.
 */
export const useKeys = (keys: Keys, on = true) => {
  const latest = useRef(keys)
  latest.current = keys
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
export const pressKey = (key: string) => actOf(key)?.(new KeyboardEvent('keydown', { key }))
