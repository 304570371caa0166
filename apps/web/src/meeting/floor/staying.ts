import { useEffect } from 'react'
import { useFloor } from './floor.ts'

/**
 * For a field whose words are about the item that is shown. Whoever is writing there when the meeting goes on stays at
 * that item: the field would go from under their fingers, and the next letters would be keys of the page. Once it is
 * sent, or empty again, they go along.
 */
export const useStaying = () => {
  const { at, item, writing, setWriting } = useFloor()
  return {
    /** Whether the meeting has gone on from what is written about here. */
    behind: writing === item && item !== at,
    write: (text: string) => setWriting(text === '' ? null : item),
    /** Whoever has left the field before the meeting goes on is not held back by what they began. */
    leave: () => item === at && setWriting(null),
    done: () => setWriting(null),
  }
}

/** While a dialog is open that is about the item that is shown. */
export const useStayingOpen = () => {
  const { item, setWriting } = useFloor()
  // Where it was opened, wherever the meeting goes meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is held once.
  useEffect(() => {
    setWriting(item)
    return () => setWriting(null)
  }, [])
}
