/** The steps of an import of a schedule: a text, what it would become, and what is chosen of that. */
import type { SchedulePreview } from '@paperboard/shared/api'
import { decodeText } from '@paperboard/shared/decodeText'
import { limits } from '@paperboard/shared/limits'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, groupQuery, queries } from '../api.ts'
import { count } from '../board/names.ts'
import { toast } from '../ui/toast.ts'

/** What was read, with the choices of the importer. */
export interface ShownSchedule {
  text: string
  preview: SchedulePreview
  /** Lines of rows left out. */
  left: ReadonlySet<number>
  /** Who a name is, where that was changed: a member's id, or null for a guest. */
  people: ReadonlyMap<string, string | null>
}

/** The text of a file of a schedule, whatever has saved it; null, with a word about why, for one that is too large. */
export async function scheduleIn(file: File): Promise<string | null> {
  if (file.size <= limits.scheduleBytes) return decodeText(new Uint8Array(await file.arrayBuffer()))
  toast(`${file.name} is too large: at most ${limits.scheduleBytes / 1024} KB of text`, { tone: 'warn' })
  return null
}

export function useScheduleImport(group: string, onDone: () => void) {
  const [shown, setShown] = useState<ShownSchedule | null>(null)
  const look = useMutation({
    mutationFn: (text: string) => answer(api.groups[':group'].schedule.preview.$post({ param: { group }, json: { text } })),
    onSuccess: async (preview, text) => {
      // Who joined since the page was opened is a member to choose, too.
      await queries.refetchQueries({ queryKey: groupQuery(group).queryKey })
      setShown({ text, preview, left: new Set(), people: new Map() })
    },
  })
  const take = useMutation({
    mutationFn: ({ text, left, people }: ShownSchedule) =>
      answer(api.groups[':group'].schedule.$post({ param: { group }, json: { text, skip: [...left], people: Object.fromEntries(people) } })),
    onSuccess: ({ sessions, readings }) => {
      toast(
        sessions + readings === 0 ? 'All of this was in the plan already' : `${count(sessions, 'session')} planned, ${count(readings, 'reading')} handed out`,
      )
      for (const key of ['papers', 'days', 'counts']) void queries.invalidateQueries({ queryKey: [key, group] })
      onDone()
    },
  })
  return {
    shown,
    look: look.mutate,
    looking: look.isPending,
    take: take.mutate,
    taking: take.isPending,
    error: take.error ?? look.error,
    back: () => {
      take.reset()
      look.reset()
      setShown(null)
    },
    leave: (line: number, leave: boolean) =>
      setShown(now => {
        if (now === null) return now
        const left = new Set(now.left)
        if (leave) left.add(line)
        else left.delete(line)
        return { ...now, left }
      }),
    choose: (name: string, member: string | null) => setShown(now => now && { ...now, people: new Map(now.people).set(name, member) }),
  }
}
