import type { ReadingNotes } from '@paperboard/shared/api'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answer, api, sentenceOf } from '../../api.ts'
import { useDraft } from '../../board/drafts.ts'
import { serverNow } from '../../live/clock.ts'

/** ms without a letter, after which a note is saved; and between attempts. */
const pause = 800
const again = 15_000

const notesQuery = queryOptions({ queryKey: ['reading-notes'], queryFn: () => answer(api.readings.notes.$get()) })

/** `waiting`: it is kept in this browser until it can be saved, for the reason that is told. */
export type Saving = { state: 'saved' | 'saving' } | { state: 'waiting'; why: string }

/** A private note on a reading, saved by itself. What is not saved yet is a draft of this browser: a reload loses nothing. */
export function useNote({ me, group, reading }: { me: string; group: string; reading: string }) {
  const client = useQueryClient()
  const { data } = useQuery(notesQuery)
  const stored = data?.notes.find(note => note.group === group && note.reading === reading)?.text ?? ''
  // A mark before the text tells a note that was emptied from none.
  const [draft, keep] = useDraft(me, `note:${group}:${reading}`)
  const [saving, setSaving] = useState<Saving>({ state: 'saved' })
  useEffect(() => {
    if (draft === '') return
    let current = true
    const text = draft.slice(1)
    const save = async () => {
      setSaving({ state: 'saving' })
      try {
        await answer(api.groups[':group'].readings[':reading'].note.$put({ param: { group, reading }, json: { text } }))
        if (!current) return
        client.setQueryData<ReadingNotes>(notesQuery.queryKey, ({ notes } = { notes: [] }) => ({
          notes: [
            ...notes.filter(note => note.group !== group || note.reading !== reading),
            ...(text === '' ? [] : [{ group, reading, text, at: serverNow() }]),
          ],
        }))
        keep('')
        setSaving({ state: 'saved' })
      } catch (error) {
        if (current) setSaving({ state: 'waiting', why: sentenceOf(error) })
      }
    }
    const first = setTimeout(save, pause)
    const more = setInterval(save, again)
    window.addEventListener('online', save)
    return () => {
      current = false
      clearTimeout(first)
      clearInterval(more)
      window.removeEventListener('online', save)
    }
  }, [client, draft, group, keep, reading])
  return { text: draft === '' ? stored : draft.slice(1), write: (text: string) => keep(`=${text}`), saving, known: data !== undefined }
}
