/** Short messages at the edge of the screen. A store of its own, so that anything may speak, component or not. */
export interface Toast {
  /** Names it: a second toast of the same key takes the place of the first. */
  key: string
  message: string
  action?: { label: string; run: () => void }
  tone: 'plain' | 'warn'
  /** ms it stays; one with an action stays longer. */
  stays: number
}

let toasts: readonly Toast[] = []
const listeners = new Set<() => void>()
let count = 0

const set = (next: readonly Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says something that has happened: "Link copied", "Paper taken off the board" with Undo. Returns its key. */
export const toast = (message: string, options: Partial<Omit<Toast, 'message'>> = {}): string => {
  const key = options.key ?? `toast-${++count}`
  const next: Toast = { tone: 'plain', stays: options.action ? 8_000 : 4_500, ...options, key, message }
  set([...toasts.filter(shown => shown.key !== key), next].slice(-3))
  return key
}

export const dismissToast = (key: string) => set(toasts.filter(shown => shown.key !== key))

export const subscribeToasts = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const currentToasts = () => toasts
