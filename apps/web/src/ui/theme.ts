import { useSyncExternalStore } from 'react'
import { onItem, readItem, writeItem } from '../live/storage.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** public/theme.js reads the same key before the first paint. */
const key = 'paperboard:theme'

const currentTheme = (): Theme => themes.find(theme => theme === readItem(key)) ?? 'system'

/** Puts the theme on <html>, where the tokens look for it, and remembers it in this browser. */
export const setTheme = (theme: Theme) => {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  writeItem(key, theme === 'system' ? null : theme)
}

export const useTheme = (): Theme => useSyncExternalStore(onItem, currentTheme)
