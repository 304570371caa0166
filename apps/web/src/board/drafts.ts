/** What is being written, kept in this browser until it is sent: a reload, a lost connection or a closed thread loses nothing. */
import { useCallback, useState } from 'react'
import { itemKeys, readItem, writeItem } from '../live/storage.ts'

const prefix = (member: string) => `paperboard:draft:${member}:`

/** A draft by the place it is written for: a paper, a reply to a comment, an edit of one. */
export const useDraft = (member: string, place: string, initial = '') => {
  const key = `${prefix(member)}${place}`
  const [draft, setDraft] = useState({ key, text: readItem(key) ?? initial })
  const current = draft.key === key ? draft : { key, text: readItem(key) ?? initial }
  if (current !== draft) setDraft(current)
  const write = useCallback(
    (text: string) => {
      setDraft({ key, text })
      writeItem(key, text === '' ? null : text)
    },
    [key],
  )
  return [current.text, write] as const
}

/** Whether something is begun at a place. */
export const hasDraft = (member: string, place: string) => readItem(`${prefix(member)}${place}`) !== null

/** At sign-out. */
export const forgetDrafts = (member: string) => {
  for (const key of itemKeys(prefix(member))) writeItem(key, null)
}
