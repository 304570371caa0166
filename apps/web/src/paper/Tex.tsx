import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import styles from './Tex.module.css'

type Typeset = typeof import('./typeset.ts').typeset

let typeset: Typeset | null = null
let asked = false
const listeners = new Set<() => void>()

const ask = async () => {
  asked = true
  try {
    ;({ typeset } = await import('./typeset.ts'))
    for (const listener of listeners) listener()
  } catch {
    // Without a connection formulas stay as their source; the next one to appear asks again.
    asked = false
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  if (!asked) void ask()
  return () => void listeners.delete(listener)
}
const current = () => typeset

/** A long formula scrolls by keyboard too, so it takes the focus. */
const scrolls = { tabIndex: 0, role: 'group', 'aria-label': 'Formula' }

/** A formula. Its source stands in its place until KaTeX is there, and where KaTeX cannot read it. */
export function Tex({ tex, display = false, source }: { tex: string; display?: boolean; source: string }) {
  const write = useSyncExternalStore(subscribe, current)
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (element.current !== null && write !== null) write(element.current, { tex, display, source })
  }, [write, tex, display, source])
  return (
    // A new element for each formula: React does not know what KaTeX wrote into the old one.
    <span key={source} ref={element} className={display ? styles.display : styles.inline} {...(display ? scrolls : {})}>
      {source}
    </span>
  )
}
