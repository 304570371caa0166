import { useEffect, useRef, useState } from 'react'
import { Kbd } from './Kbd.tsx'
import styles from './Tooltip.module.css'

/**
 * Attributes that give an element a tooltip. One layer listens for all of them, so that a board of five hundred rows
 * carries no component per button. The element still needs an accessible name of its own: the tip is for the eye.
 */
export const tip = (text: string, kbd?: string) => ({ 'data-tip': text, 'data-tip-keys': kbd })

interface Shown {
  text: string
  keys: string | undefined
  x: number
  y: number
  below: boolean
}

const delay = 350
const roomAbove = 48

const shownFor = (element: Element): Shown | null => {
  const text = element.getAttribute('data-tip')
  if (text === null || element.getAttribute('aria-expanded') === 'true') return null
  const box = element.getBoundingClientRect()
  const below = box.top < roomAbove
  return { text, keys: element.getAttribute('data-tip-keys') ?? undefined, x: box.left + box.width / 2, y: below ? box.bottom + 6 : box.top - 6, below }
}

/** Shows the tooltips of the whole page; stands once in the shell. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null)
  const layer = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let timer = 0
    let over: Element | null = null
    const show = (target: EventTarget | null, wait: number) => {
      const element = target instanceof Element ? target.closest('[data-tip]') : null
      if (element === over) return
      over = element
      clearTimeout(timer)
      setShown(null)
      if (element !== null) timer = window.setTimeout(() => element.isConnected && setShown(shownFor(element)), wait)
    }
    const hide = () => show(null, 0)
    const onPointer = (event: PointerEvent) => event.pointerType === 'mouse' && show(event.target, delay)
    const onFocus = (event: FocusEvent) => event.target instanceof Element && event.target.matches(':focus-visible') && show(event.target, delay)
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    document.addEventListener('pointerover', onPointer)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('focusout', hide)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('keydown', onKey)
    document.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', onPointer)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('scroll', hide, { capture: true })
    }
  }, [])

  useEffect(() => {
    const element = layer.current
    if (element === null || shown === null) return
    const half = element.offsetWidth / 2 + 8
    element.style.left = `${Math.min(Math.max(shown.x, half), document.documentElement.clientWidth - half)}px`
  }, [shown])

  if (shown === null) return null
  return (
    <div ref={layer} className={styles.tip} data-below={shown.below || undefined} style={{ left: shown.x, top: shown.y }} aria-hidden="true">
      {shown.text}
      {shown.keys && <Kbd keys={shown.keys} />}
    </div>
  )
}
