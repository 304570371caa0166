/**
 * Small facts of this browser in localStorage, told to every listener in this tab and the others. Where storage is
 * denied (private windows, full disks) they live in memory, for as long as the tab does.
 */
const memory = new Map<string, string>()
const listeners = new Set<(key: string) => void>()

const storage = () => {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

export const readItem = (key: string): string | null => {
  const held = memory.get(key)
  if (held !== undefined) return held
  try {
    return storage()?.getItem(key) ?? null
  } catch {
    return null
  }
}

/** Null removes it. */
export const writeItem = (key: string, value: string | null) => {
  memory.delete(key)
  const store = storage()
  try {
    if (value === null) store?.removeItem(key)
    else if (store === null) memory.set(key, value)
    else store.setItem(key, value)
  } catch {
    if (value !== null) memory.set(key, value)
  }
  for (const listener of listeners) listener(key)
}

/** Keys that begin with `prefix`. */
export const itemKeys = (prefix: string): string[] => {
  const keys = new Set(memory.keys())
  try {
    const store = storage()
    for (let i = 0; store !== null && i < store.length; i++) keys.add(store.key(i) ?? '')
  } catch {
    // Denied: what is in memory is all there is.
  }
  return [...keys].filter(key => key.startsWith(prefix))
}

const fromOtherTab = (event: StorageEvent) => {
  for (const listener of listeners) listener(event.key ?? '')
}

/** Calls `listener` with the key of each change; an empty key means that anything may have changed. */
export const onItem = (listener: (key: string) => void): (() => void) => {
  if (listeners.size === 0 && typeof window !== 'undefined') window.addEventListener('storage', fromOtherTab)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && typeof window !== 'undefined') window.removeEventListener('storage', fromOtherTab)
  }
}
