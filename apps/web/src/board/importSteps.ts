import type { ImportPreview } from '@paperboard/shared/api'
import { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { paths } from '../routes.ts'
import { toast } from '../ui/toast.ts'
import { useBoard } from './board.ts'
import { dayNear } from './dates.ts'
import { useDraft } from './drafts.ts'
import { addPapers, type Given, papersInWords, previewFor, type Shown, type Typed, typedFrom } from './importing.ts'
import type { Progress } from './upload.ts'

/** What is typed, kept in this browser until it is on a board. */
export const useTyped = (): [typed: Typed, change: (more: Partial<Typed>) => void] => {
  const { group, me } = useBoard()
  const [draft, setDraft] = useDraft(me.id, `import:${group.id}`)
  const typed = typedFrom(draft)
  const change = (more: Partial<Typed>) => {
    const next = { ...typed, ...more }
    setDraft(Object.values(next).every(text => text === '') ? '' : JSON.stringify(next))
  }
  return [typed, change]
}

/** Asks what is understood, for the board of the page first, and for the day the text names where that is another. */
export const usePreview = () => {
  const { group, day: here } = useBoard()
  const [shown, setShown] = useState<Shown | null>(null)
  const [day, setDraft] = useState<string>(here)
  const { mutate, reset, error, isPending } = useMutation({
    mutationFn: ({ source, day }: { source: Given; day: Day }) => previewFor(group.id, day, source),
  })
  // Handlers given to mutate() run for the latest question only: an answer that comes late shows nothing.
  const ask = useCallback((source: Given, day: Day) => mutate({ source, day }, { onSuccess: setShown }), [mutate])
  const preview = useCallback(
    (source: Given) =>
      mutate(
        { source, day: here },
        {
          onSuccess: answered => {
            const proposed = answered.preview.day?.day ?? here
            setShown(answered)
            setDraft(proposed)
            if (proposed !== here) ask(source, proposed)
          },
        },
      ),
    [mutate, ask, here],
  )
  const setDay = (next: string) => {
    setDraft(next)
    // A year being typed passes through 0002 and 0020.
    if (shown !== null && Day.safeParse(next).success && next >= limits.firstBoardDay) ask(shown.source, next)
  }
  const back = () => {
    reset()
    setShown(null)
  }
  return { shown, day, error, asking: isPending, preview, setDay, again: () => setDay(day), back }
}

/** The numbers of the items to leave out. */
export const useLeftOut = () => {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const leave = useCallback((number: number, out: boolean) => {
    setLeft(now => {
      const next = new Set(now)
      if (out) next.add(number)
      else next.delete(number)
      return next
    })
  }, [])
  const forget = useCallback(() => setLeft(new Set()), [])
  return { left, leave, forget }
}

export const useAdding = (onAdded: () => void) => {
  const { group } = useBoard()
  const [, navigate] = useLocation()
  const [progress, setProgress] = useState<Progress>(null)
  const adding = useMutation({
    mutationFn: ({ shown, left }: { shown: Shown; left: ReadonlySet<number> }) => addPapers(group.id, shown, { left, onProgress: setProgress }),
    onSettled: () => setProgress(null),
    onSuccess: ({ added, day }) => {
      toast(`${papersInWords(added.length)} added to ${dayNear(day, group.today)}`)
      onAdded()
      navigate(paths.board(group.id, day))
    },
  })
  return { ...adding, progress }
}

/** ms without a key before a text is looked at: a pause, not each letter. */
const pause = 450
/** Longer texts are looked at when the preview is asked for. */
const longestLook = 100_000

/** What the text in the box is taken for while it is being written; null until that is known. */
export const useRecognised = (text: string): ImportPreview | null => {
  const { group, day } = useBoard()
  const [seen, setSeen] = useState<{ text: string; preview: ImportPreview } | null>(null)
  const asked = text.trim()
  useEffect(() => {
    if (asked === '' || asked.length > longestLook) return
    let current = true
    const timer = setTimeout(() => {
      // Whatever fails here is told when the preview is asked for.
      previewFor(group.id, day, { from: 'text', text: asked }).then(
        ({ preview }) => current && setSeen({ text: asked, preview }),
        () => {},
      )
    }, pause)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [asked, group.id, day])
  return seen?.text === asked ? seen.preview : null
}
