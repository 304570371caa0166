import { useEffect } from 'react'

/** From the field of the search into what it found: asked for by a key, done once what is in the field is answered. */
export interface Entering {
  wanted: boolean
  /** What is shown answers what is in the field. */
  ready: boolean
  onDone: () => void
}

/** Moves the focus to the first hit when that is asked for. */
export const useEntering = ({ wanted, ready, onDone }: Entering, focusFirst: () => void) => {
  useEffect(() => {
    if (!wanted || !ready) return
    focusFirst()
    onDone()
  })
}
