import { useRef } from 'react'

/** Why there was no answer to what is asked, also while it is asked again: what stands there in its place would else come and go. */
export const useLastError = (asked: string, { data, error }: { data: unknown; error: unknown }): unknown => {
  const last = useRef({ asked, error })
  if (last.current.asked !== asked || error !== null || data !== undefined) last.current = { asked, error }
  return last.current.error
}
