import { useEffect } from 'react'
import { queries } from '../api.ts'
import { setKeeper } from '../keptAnswers.ts'

/**
 * What happens as long as somebody is signed in: their answers are kept in this browser, changes that earlier visits
 * left unsaved are saved in the background, and when the server ends the session the page learns of it. `person` is
 * undefined until it is known who it is.
 */
export const useSignedIn = (person: string | null | undefined) => {
  useEffect(() => {
    if (person === undefined) return
    setKeeper(person)
    // What the one before has asked is not for the next one's eyes.
    if (person === null) return queries.removeQueries({ predicate: ({ queryKey: [kind] }) => kind !== 'me' && kind !== 'invitation' })
    let stop: (() => void) | undefined
    let over = false
    const begin = async () => {
      const { keepSaving, onSignedOut } = await import('../live/rooms.ts')
      if (over) return
      const stops = [keepSaving(person), onSignedOut(() => void queries.invalidateQueries({ queryKey: ['me'] }))]
      stop = () => {
        for (const each of stops) each()
      }
    }
    void begin()
    return () => {
      over = true
      stop?.()
    }
  }, [person])
}
