import { useCallback, useState } from 'react'

interface Said {
  text: string
  n: number
}

/** What is told to screen readers alone, and how to say it. */
export const useSpoken = (): [said: Said, say: (text: string) => void] => {
  const [said, setSaid] = useState<Said>({ text: '', n: 0 })
  return [said, useCallback(text => setSaid(({ n }) => ({ text, n: n + 1 })), [])]
}

/** Made anew with each sentence: the same words as before, such as of one more vote, would not be heard. */
export const Spoken = ({ said: { text, n } }: { said: Said }) => (
  <p className="visually-hidden" role="status">
    <span key={n}>{text}</span>
  </p>
)
