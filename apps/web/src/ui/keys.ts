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

/**
 * Keyboard shortcuts of a page, while it is mounted. They rest while one types, in menus, and behind an open dialog.
 * `on: false` switches them off.
 */
export const useKeys = (keys: Keys, on = true) => {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!on) return
    let first = ''
    let at = 0
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const key = nameOf(event)
      if (isTyping(event.target) && !key.startsWith('mod+')) return
      if (isBehindDialog(event.target) || belongsToTarget(key, event.target)) return
      const pair = event.timeStamp - at < pairPause ? `${first} ${key}` : ''
      const act = latest.current[pair] ?? latest.current[key]
      first = key
      at = event.timeStamp
      if (act === undefined) return
      event.preventDefault()
      first = ''
      act(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on])
}
