import styles from './Kbd.module.css'

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform)
const names: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  enter: '↵',
  esc: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  space: 'Space',
}

/** Different keys to press, one after another: `j`, `g b`, or together: `mod+enter`. Read by the eye only; name the act in words beside it. */
export function Kbd({ keys }: { keys: string }) {
  const shown = keys.split(' ').map(step =>
    step
      .split('+')
      .map(key => names[key] ?? key.toUpperCase())
      .join(isMac ? '' : ' '),
  )
  return (
    <span className={styles.keys} aria-hidden="true">
      {shown.map(step => (
        <kbd key={step}>{step}</kbd>
      ))}
    </span>
  )
}
