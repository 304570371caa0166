import { useEffect, useRef, useState } from 'react'

/** The value, and what it becomes at most once in so many ms: at once after a pause, and the last one in any case. */
export function usePaced<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value)
  const since = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (value === shown) return
    const show = () => {
      since.current = performance.now()
      setShown(value)
    }
    const wait = since.current + ms - performance.now()
    if (wait <= 0) return show()
    const timer = setTimeout(show, wait)
    return () => clearTimeout(timer)
  }, [value, shown, ms])
  return shown
}
