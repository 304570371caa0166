/** Asks as one types: at once for the first letter, then for what has become of it, one question at a time. */

interface Asking<Answer> {
  /** What is typed goes to the server; `signal` ends when nobody waits for the answer any more. */
  ask: (text: string, signal: AbortSignal) => Promise<Answer>
  /** Shortest time (ms) between the beginnings of two questions. */
  between: number
  /** An answer that takes longer than this (ms) is waited for no more once something else is typed. */
  patience: number
  /** After how long (ms) what got no answer is asked again by itself; null for not at all. */
  again: (error: unknown) => number | null
  onAnswer: (text: string, answer: Answer) => void
  onError: (text: string, error: unknown) => void
}

export interface Asker {
  /** What is in the field now; null for nothing to ask. */
  want: (text: string | null) => void
  stop: () => void
}

/** Answers come in the order of what was typed, and each is the last one until the next is there. */
export const createAsker = <Answer>({ ask, between, patience, again, onAnswer, onError }: Asking<Answer>): Asker => {
  let wanted: string | null = null
  let asked: string | null = null
  let began = Number.NEGATIVE_INFINITY
  let flight: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const next = () => {
    clearTimeout(timer)
    if (wanted === null || wanted === asked) return
    const past = performance.now() - began
    const wait = flight === null ? between - past : patience - past
    if (wait > 0) timer = setTimeout(next, wait)
    else void send(wanted)
  }
  const repeat = (text: string) => {
    if (flight !== null || asked !== text) return
    asked = null
    next()
  }
  const send = async (text: string) => {
    clearTimeout(retry)
    flight?.abort()
    const mine = new AbortController()
    flight = mine
    asked = text
    began = performance.now()
    try {
      const answer = await ask(text, mine.signal)
      if (flight === mine) onAnswer(text, answer)
    } catch (error) {
      if (flight === mine) {
        onError(text, error)
        const pause = again(error)
        if (pause !== null) retry = setTimeout(() => repeat(text), pause)
      }
    }
    if (flight !== mine) return
    flight = null
    next()
  }
  return {
    want: text => {
      wanted = text
      if (text === null) {
        asked = null
        flight?.abort()
        flight = null
      }
      next()
    },
    stop: () => {
      clearTimeout(timer)
      clearTimeout(retry)
      wanted = null
      flight?.abort()
      flight = null
    },
  }
}
