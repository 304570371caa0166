import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'paperboard.theme'
const listeners = new Set<() => void>()

export const currentTheme = (): Theme => themes.find(theme => theme === localStorage.getItem(storageKey)) ?? 'system'

/** Puts the theme on <html>, where the tokens look for it. Called before the first paint. */
export const applyTheme = () => {
  const theme = currentTheme()
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export const setTheme = (theme: Theme) => {
  if (theme === 'system') localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, theme)
  applyTheme()
  for (const listener of listeners) listener()
}

export const useTheme = (): Theme =>
  useSyncExternalStore(listener => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, currentTheme)
