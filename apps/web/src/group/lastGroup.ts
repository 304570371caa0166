import { readItem, writeItem } from '../live/storage.ts'

const key = 'paperboard:group'

/** The group that was open last in this browser. */
export const lastGroup = (): string | null => readItem(key)
export const setLastGroup = (group: string) => {
  if (lastGroup() !== group) writeItem(key, group)
}
